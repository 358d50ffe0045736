"""The public's routes."""

from django.urls import path

from wraparound.web.asking import views

urlpatterns = [
    path("ask/", views.places, name="ask-places"),
    path("ask/<slug:slug>/", views.start, name="ask-start"),
    path("ask/<slug:slug>/questions/", views.ask, name="ask"),
]
