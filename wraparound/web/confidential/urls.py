"""Routes of records that are kept from some, and of emergencies."""

from django.urls import path

from wraparound.web.confidential import emergency, restricting

urlpatterns = [
    path("journey/<reference:reference>/restrict/", restricting.restricted, name="restrict"),
    path("journey/<reference:reference>/restrict/lift/", restricting.lift, name="restriction-lift"),
    path("emergency/", emergency.open_record, name="emergency"),
    path("emergency/openings/", emergency.openings, name="openings"),
    path("emergency/openings/<int:pk>/", emergency.look, name="opening"),
    path("emergency/openings/<int:pk>/end/", emergency.end, name="opening-end"),
]
