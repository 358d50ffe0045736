"""Routes under `/fhir/R4`."""

from django.urls import path, re_path

from wraparound.interop.fhir import views

urlpatterns = [
    path("fhir/R4", views.receive),
    path("fhir/R4/", views.receive, name="fhir-receive"),
    path("fhir/R4/metadata", views.metadata, name="fhir-metadata"),
    re_path(r"^fhir/", views.elsewhere),
]
