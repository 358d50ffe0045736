"""The product's routes, and those that it is measured against."""

from django.urls import path

from bench.admin import site
from bench.bare import bare
from wraparound.config import urls as product

urlpatterns = [*product.urlpatterns, path("bench-admin/", site.urls), path("bench-bare/", bare)]
