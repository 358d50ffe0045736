"""The route of the first page."""

from django.urls import path

from wraparound.web.home import views

urlpatterns = [path("home/", views.home, name="now")]
