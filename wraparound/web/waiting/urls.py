"""Routes of waiting lists and of what no service could take."""

from django.urls import path

from wraparound.web.waiting import unmet, views

urlpatterns = [
    path("waiting-list/", views.waiting, name="waiting-list"),
    path("waiting-list/<int:pk>/offer/", views.offer, name="offer-place"),
    path("unmet-needs/", unmet.to_manage, name="unmet-needs"),
    path("unmet-needs/<int:pk>/seen/", unmet.seen, name="unmet-seen"),
    path("unmet-needs/<int:pk>/end/", unmet.end, name="unmet-end"),
]
