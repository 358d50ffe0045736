"""Routes of an adviser's matters and time limits, and of who may take what."""

from django.urls import path

from wraparound.web.advice import competence, ending, limits, matters

urlpatterns = [
    path("matters/for/<int:pk>/", matters.new, name="matter-new"),
    path("matter/<int:pk>/", matters.matter, name="matter"),
    path("matter/<int:pk>/change/", matters.change, name="matter-change"),
    path("matter/<int:pk>/split/", matters.split, name="matter-split"),
    path("matter/<int:pk>/move/", ending.move, name="matter-move"),
    path("matter/<int:pk>/give/", ending.give, name="matter-give"),
    path("matter/<int:pk>/join/", ending.join, name="matter-join"),
    path("matter/<int:pk>/close/", ending.close, name="matter-close"),
    path("matter/<int:pk>/reopen/", ending.reopen, name="matter-reopen"),
    path("matter/<int:pk>/time-limit/", limits.new, name="limit-new"),
    path("matter/<int:pk>/day/", limits.new_day, name="limit-day"),
    path("time-limits/", limits.ahead, name="limits"),
    path("time-limit/<int:pk>/", limits.limit, name="limit"),
    path("time-limit/<int:pk>/confirm/", limits.confirm, name="limit-confirm"),
    path("time-limit/<int:pk>/day/", limits.other_day, name="limit-other-day"),
    path("time-limit/<int:pk>/done/", limits.done, name="limit-done"),
    path("time-limit/<int:pk>/aside/", limits.aside, name="limit-aside"),
    path("team/competence/", competence.competences, name="competences"),
    path("team/competence/<int:pk>/", competence.sign_off, name="sign-off"),
    path("team/permission/", competence.add_permission, name="permission-new"),
    path("team/permission/<int:pk>/end/", competence.end_permission, name="permission-end"),
]
