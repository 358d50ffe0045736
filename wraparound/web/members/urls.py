"""The routes of an organisation's own administrator."""

from django.urls import path

from wraparound.web.members import systems, views

urlpatterns = [
    path("members/", views.listed, name="members"),
    path("members/invite/", views.invite_member, name="member-invite"),
    path("members/systems/", systems.listed, name="systems"),
    path("members/systems/new/", systems.connect, name="system-new"),
    path("members/systems/<int:pk>/end/", systems.end, name="system-end"),
    path("members/<int:pk>/", views.member, name="member"),
    path("members/<int:pk>/end/", views.end, name="member-end"),
    path("members/invitations/<int:pk>/withdraw/", views.withdraw, name="member-invitation-withdraw"),
]
