"""How a reader hears of what they sent, and the stand-in for the emails of a development server."""

from django.urls import path

from wraparound.web.hearing import views

urlpatterns = [
    path("hearing/", views.hearing, name="hearing"),
    path("news/<int:pk>/", views.digest, name="digest"),
    path("letters/", views.letters, name="letters"),
]
