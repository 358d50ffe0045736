"""The routes of hours, leave and the sharing out of work."""

from django.urls import path

from wraparound.web.managing import giving, hours, views

urlpatterns = [
    path("team/", views.team, name="team"),
    path("team/give/", giving.give_people, name="give-people"),
    path("teams/<int:pk>/capacity/", views.capacity, name="team-capacity"),
    path("teams/<int:pk>/share-out/", views.share_out, name="share-out"),
    path("hours/", hours.mine, name="my-hours"),
    path("workers/<int:pk>/", hours.worker, name="worker"),
    path("workers/<int:pk>/hours/", hours.change_hours, name="working-hours"),
    path("workers/<int:pk>/leave/", hours.add_leave, name="leave"),
    path("leave/<int:pk>/", hours.change_leave, name="leave-change"),
    path("leave/<int:pk>/cancel/", hours.end_leave, name="leave-cancel"),
]
