"""The routes of figures."""

from django.urls import path

from wraparound.web.figures import views

urlpatterns = [
    path("figures/", views.figures, name="figures"),
    path("figures/meaning/", views.meaning, name="figures-meaning"),
    path("figures/people/", views.people, name="figures-people"),
]
