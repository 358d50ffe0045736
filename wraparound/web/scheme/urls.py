"""The scheme administrator's routes, and the one that an invitation leads to."""

from django.urls import path

from wraparound.web.scheme import accepting, files, organisations, pathway, people, sharing, teams, views

urlpatterns = [
    path("scheme/", views.overview, name="scheme"),
    path("scheme/settings/", views.settings, name="scheme-settings"),
    path("scheme/pathway/", pathway.now, name="scheme-pathway"),
    path("scheme/pathway/versions/<int:pk>/", pathway.version, name="scheme-version"),
    path("scheme/pathway/library/", pathway.library, name="scheme-library"),
    path("scheme/pathway/draft/", pathway.draft, name="scheme-draft"),
    path("scheme/pathway/draft/settings/", pathway.parameters, name="scheme-draft-settings"),
    path("scheme/pathway/draft/publish/", pathway.publish, name="scheme-publish"),
    path("scheme/organisations/", organisations.listed, name="scheme-organisations"),
    path("scheme/organisations/add/", organisations.add, name="scheme-organisation-add"),
    path("scheme/organisations/new/", organisations.new, name="scheme-organisation-new"),
    path("scheme/organisations/<int:pk>/remove/", organisations.remove, name="scheme-organisation-remove"),
    path("scheme/organisations/<int:pk>/lead/", organisations.lead, name="scheme-lead"),
    path("scheme/sharing/", sharing.listed, name="scheme-sharing"),
    path("scheme/sharing/new/", sharing.new, name="scheme-sharing-new"),
    path("scheme/sharing/<int:pk>/", sharing.one, name="scheme-sharing-agreement"),
    path("scheme/sharing/<int:pk>/sign/", sharing.sign, name="scheme-sharing-sign"),
    path("scheme/sharing/<int:pk>/end/", sharing.end, name="scheme-sharing-end"),
    path("scheme/sharing-parties/<int:pk>/leave/", sharing.leave, name="scheme-sharing-leave"),
    path("scheme/teams/", teams.listed, name="scheme-teams"),
    path("scheme/teams/new/", teams.new, name="scheme-team-new"),
    path("scheme/teams/file/", files.teams, name="scheme-teams-file"),
    path("scheme/teams/<int:pk>/", teams.change, name="scheme-team"),
    path("scheme/numbers/", teams.numbers, name="scheme-numbers"),
    path("scheme/numbers/new/", teams.number_new, name="scheme-number-new"),
    path("scheme/numbers/<int:pk>/end/", teams.number_end, name="scheme-number-end"),
    path("scheme/people/", people.listed, name="scheme-people"),
    path("scheme/people/invite/", people.invite_member, name="scheme-invite"),
    path("scheme/people/file/", files.users, name="scheme-users-file"),
    path("scheme/people/<int:pk>/", people.member, name="scheme-member"),
    path("scheme/people/<int:pk>/end/", people.end, name="scheme-member-end"),
    path("scheme/invitations/<int:pk>/withdraw/", people.withdraw, name="scheme-invitation-withdraw"),
    path("invitation/<str:token>/", accepting.invitation, name="invitation"),
]
