"""The routes of an organisation's own administrator."""

from django.urls import path

from wraparound.web.members import views

urlpatterns = [
    path("members/", views.listed, name="members"),
    path("members/invite/", views.invite_member, name="member-invite"),
    path("members/<int:pk>/", views.member, name="member"),
    path("members/<int:pk>/end/", views.end, name="member-end"),
    path("members/invitations/<int:pk>/withdraw/", views.withdraw, name="member-invitation-withdraw"),
]
