"""Routes of somebody's money, of what came of matters, and of time."""

from django.urls import path

from wraparound.web.money import budget, outcomes, statements, time

urlpatterns = [
    path("money/case/<int:pk>/", budget.money, name="money"),
    path("money/case/<int:pk>/budget/", budget.budget, name="money-budget"),
    path("money/case/<int:pk>/debt/", budget.debt_new, name="debt-new"),
    path("money/case/<int:pk>/statement/", statements.make, name="statement-make"),
    path("debts/<int:pk>/", budget.debt_change, name="debt"),
    path("statements/<int:pk>/", statements.statement, name="statement"),
    path("statements/<int:pk>/statement.pdf", statements.statement_pdf, name="statement-pdf"),
    path("matter/<int:pk>/outcome/", outcomes.outcome_new, name="outcome-new"),
    path("matter/<int:pk>/said/", outcomes.what_changed, name="what-changed"),
    path("outcomes/<int:pk>/", outcomes.outcome_correct, name="outcome"),
    path("outcomes/<int:pk>/take-out/", outcomes.outcome_withdraw, name="outcome-withdraw"),
    path("outcomes/meaning/", outcomes.meaning, name="outcomes-meaning"),
    path("my-day/", time.my_day, name="my-day"),
    path("team/time/", time.team_time, name="team-time"),
]
