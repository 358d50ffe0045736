"""A team's routes."""

from django.urls import path

from wraparound.web.team import answering, views

urlpatterns = [
    path("worklist/", views.work, name="worklist"),
    path("alerts/", views.alerts, name="alerts"),
    path("alerts/<int:pk>/acknowledge/", views.take_alert, name="alert-acknowledge"),
    path("alerts/<int:pk>/help/", views.give_help, name="alert-help"),
    path("referral/<int:pk>/", answering.referral, name="answer"),
    path("referral/<int:pk>/claim/", answering.claim, name="claim"),
    path("referral/<int:pk>/release/", answering.release, name="release"),
    path("referral/<int:pk>/accept/", answering.accept, name="accept"),
    path("referral/<int:pk>/withdraw/", answering.withdraw, name="handover-withdraw"),
    path("referral/<int:pk>/seen/", answering.seen, name="handover-seen"),
    path("referral/<int:pk>/decline/", answering.decline, name="decline"),
]
