"""Routes of safeguarding. Their addresses stand in a browser's history, so they say no more than they must."""

from django.urls import path

from wraparound.web.safeguarding import answering, views

urlpatterns = [
    path("concerns/", views.concerns, name="concerns"),
    path("raise/<int:pk>/", views.raise_now, name="raise-concern"),
    path("raise/<int:pk>/colleague/", views.raise_about_colleague, name="raise-about-colleague"),
    path("concerns/<int:pk>/", views.concern, name="concern"),
    path("concerns/<int:pk>/acknowledge/", answering.acknowledge, name="concern-acknowledge"),
    path("concerns/<int:pk>/own/", answering.own, name="concern-own"),
    path("concerns/<int:pk>/look-again/", answering.look_again, name="concern-look-again"),
    path("concerns/<int:pk>/hand-on/", answering.hand_on, name="concern-hand-on"),
    path("concerns/<int:pk>/practice/", answering.practice, name="concern-practice"),
    path("concerns/<int:pk>/end/", answering.end, name="concern-end"),
]
