"""Routes of what a person has agreed to."""

from django.urls import path

from wraparound.web.consents import mandates, views

urlpatterns = [
    path("journey/<reference:reference>/consents/", views.consents, name="consents"),
    path("journey/<reference:reference>/consents/ask/<str:purpose>/", views.ask, name="consent-ask"),
    path("journey/<reference:reference>/still/", views.still, name="still"),
    path("consents/<int:pk>/confirm/", views.confirm, name="consent-confirm"),
    path("consents/<int:pk>/take-back/", views.take_back, name="consent-take-back"),
    path("consents/<int:pk>/mandate/", mandates.mandate, name="mandate"),
    path("consents/<int:pk>/mandate/sign/", mandates.sign, name="mandate-sign"),
    path("consents/<int:pk>/mandate/paper/", mandates.paper, name="mandate-paper"),
    path("consents/<int:pk>/mandate/print/", mandates.prepare, name="mandate-print"),
    path("consents/<int:pk>/mandate/mandate.pdf", mandates.pdf, name="mandate-pdf"),
    path("signatures/<int:pk>/print/", mandates.prepare_signed, name="signature-print"),
    path("signatures/<int:pk>/mandate.pdf", mandates.signed_pdf, name="signature-pdf"),
]
