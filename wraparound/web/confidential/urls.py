"""Routes of records that are kept from some, and of emergencies."""

from django.urls import path

from wraparound.web.confidential import emergency, marking, restricting

urlpatterns = [
    path("journey/<reference:reference>/restrict/", restricting.restricted, name="restrict"),
    path("journey/<reference:reference>/restrict/lift/", restricting.lift, name="restriction-lift"),
    path("journey/<reference:reference>/marker/", marking.marker, name="abuse-marker"),
    path("journey/<reference:reference>/marker/end/", marking.end, name="abuse-marker-end"),
    path("emergency/", emergency.open_record, name="emergency"),
    path("emergency/openings/", emergency.openings, name="openings"),
    path("emergency/openings/<int:pk>/", emergency.look, name="opening"),
    path("emergency/openings/<int:pk>/end/", emergency.end, name="opening-end"),
]
