"""Routes of what a person has agreed to."""

from django.urls import path

from wraparound.web.consents import views

urlpatterns = [
    path("journey/<reference:reference>/consents/", views.consents, name="consents"),
    path("journey/<reference:reference>/consents/ask/<str:purpose>/", views.ask, name="consent-ask"),
    path("journey/<reference:reference>/still/", views.still, name="still"),
    path("consents/<int:pk>/confirm/", views.confirm, name="consent-confirm"),
    path("consents/<int:pk>/take-back/", views.take_back, name="consent-take-back"),
]
