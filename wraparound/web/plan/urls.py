"""Routes of the conversation and the plan of a case of social prescribing."""

from django.urls import path

from wraparound.web.plan import paper, talking, views

urlpatterns = [
    path("case/<int:pk>/plan/", views.plan, name="plan"),
    path("case/<int:pk>/plan/goal/", views.goal_add, name="goal-add"),
    path("case/<int:pk>/plan/measure/", views.measure_ask, name="measure-ask"),
    path("case/<int:pk>/plan/paper/", paper.plan_paper, name="plan-paper"),
    path("case/<int:pk>/plan/plan.pdf", paper.plan_pdf, name="plan-pdf"),
    path("case/<int:pk>/conversation/", talking.conversation, name="conversation"),
    path("goals/<int:pk>/step/", views.step_add, name="step-add"),
    path("goals/<int:pk>/review/", views.goal_review, name="goal-review"),
    path("steps/<int:pk>/done/", views.step_done, name="step-done"),
    path("steps/<int:pk>/not-needed/", views.step_not_needed, name="step-not-needed"),
]
