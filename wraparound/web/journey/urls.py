"""Routes of the journey page, and of a service's own work."""

from django.urls import path

from wraparound.web.journey import ending, seen, specialist, views, working

urlpatterns = [
    path("journey/<reference:reference>/", views.journey, name="journey"),
    path("journey/<reference:reference>/contact/", views.contact, name="journey-contact"),
    path("journey/<reference:reference>/self-description/", views.self_description, name="self-description"),
    path("journey/<reference:reference>/who-has-seen/", seen.who_has_seen, name="who-has-seen"),
    path("journey/<reference:reference>/who-has-seen.pdf", seen.who_has_seen_paper, name="who-has-seen-paper"),
    path("case/<int:pk>/contact-attempt/", working.contact_attempt, name="contact-attempt"),
    path("case/<int:pk>/note/", working.note, name="note"),
    path("case/<int:pk>/notes/", working.notes, name="notes"),
    path("case/<int:pk>/handover/", working.handover, name="handover"),
    path("case/<int:pk>/close/", ending.close, name="close"),
    path("case/<int:pk>/lost-contact/", ending.lost_contact, name="lost-contact"),
    path("case/<int:pk>/decide/", ending.decide, name="decide"),
    path("case/<int:pk>/reopen/", ending.reopen, name="reopen"),
    path("matter/<int:pk>/specialist/", specialist.specialist, name="matter-specialist"),
    path("case/<int:pk>/advice-issue/", working.advice_issue, name="advice-issue"),
]
