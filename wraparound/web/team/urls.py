"""A team's routes."""

from django.urls import path

from wraparound.web.team import answering, passing, to_do, transfers, views

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
    path("referral/<int:pk>/send-on/", passing.send_on, name="reroute"),
    path("referral/<int:pk>/ask/", passing.ask, name="ask-referrer"),
    path("referral/<int:pk>/pause/", passing.pause, name="pause"),
    path("referral/<int:pk>/resume/", passing.resume, name="resume"),
    path("referral/<int:pk>/give/", transfers.give, name="transfer"),
    path("transfers/<int:pk>/take/", transfers.take, name="transfer-take"),
    path("transfers/<int:pk>/not-take/", transfers.not_take, name="transfer-not-take"),
    path("transfers/<int:pk>/take-back/", transfers.take_back, name="transfer-take-back"),
    path("questions/<int:pk>/", passing.question, name="question"),
    path("tasks/", to_do.tasks, name="tasks"),
    path("tasks/new/", to_do.new_task, name="task-new"),
    path("tasks/<int:pk>/give/", to_do.give_task, name="task-give"),
    path("tasks/<int:pk>/done/", to_do.done, name="task-done"),
    path("tasks/<int:pk>/not-needed/", to_do.not_needed, name="task-not-needed"),
    path("case/<int:pk>/task/", to_do.add_to_case, name="task-add"),
]
