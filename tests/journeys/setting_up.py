"""What a scheme's administrator may get wrong, and what stands for the parameters of their routes."""

from collections.abc import Callable
from itertools import count
from typing import Any

from tests.factories import NOW, World
from tests.house.confidential import an_opening, somebody
from tests.house.consenting import a_translation, signed_agreement
from tests.house.members import a_colleague, a_system, an_own_invitation
from tests.house.one_time import a_page, signed_for
from tests.journeys.bad import Bad
from wraparound.organisations.actor import acting_as
from wraparound.organisations.drafting import begin_draft, draft_of
from wraparound.organisations.invitations import Made, Offer, invite
from wraparound.organisations.models import HelpNow
from wraparound.organisations.roles import Role

_numbers = count(1)
UNDERSTOOD = (
    "I know that this is written down, that whoever has this record is told, and that a manager asks me about it"
)


def an_invitation(world: World, email: str = "") -> Made:
    offer = Offer(
        name="Mei Chen", email=email or f"mei{next(_numbers)}@example.org", role=Role.CLINICIAN,
        organisation_id=world.practice.pk,
    )  # fmt: skip
    with acting_as(world.administrator):
        return invite(by=world.administrator, offer=offer)


def a_draft(world: World, name: str = "advice-first") -> None:
    with acting_as(world.administrator):
        held = draft_of(world.scheme)
        begin_draft(by=world.administrator, name=name, seen=held.seen if held else "")


def _unsigned(world: World) -> int:
    """An agreement that the practice has left, so that somebody may sign."""
    agreement = signed_agreement(world)
    agreement.parties.filter(organisation=world.practice).update(left_on=NOW.date())
    return agreement.pk


OBJECTS: dict[str, Callable[[World], Any]] = {
    "one-time-page.token": lambda world: a_page(world).token,
    "one-time-page-end.pk": lambda world: a_page(world).page.pk,
    "one-time-page-make.pk": lambda world: signed_for(world)[1].pk,
    "invitation.token": lambda world: an_invitation(world).token,
    "member.pk": lambda world: a_colleague(world).pk,
    "system-end.pk": lambda world: a_system(world).pk,
    "member-end.pk": lambda world: a_colleague(world).pk,
    "member-invitation-withdraw.pk": lambda world: an_own_invitation(world).invitation.pk,
    "opening.pk": lambda world: an_opening(world).pk,
    "opening-end.pk": lambda world: an_opening(world).pk,
    "scheme-sharing-agreement.pk": lambda world: signed_agreement(world).pk,
    "scheme-translation.pk": lambda world: a_translation(world).pk,
    "scheme-translation-withdraw.pk": lambda world: a_translation(world).pk,
    "scheme-sharing-sign.pk": lambda world: signed_agreement(world).pk,
    "scheme-sharing-end.pk": lambda world: signed_agreement(world).pk,
    "scheme-sharing-leave.pk": lambda world: signed_agreement(world).parties.get(organisation=world.practice).pk,
    "scheme-version.pk": lambda world: world.scheme.pathway_version_id,
    "scheme-organisation-remove.pk": lambda world: world.practice.pk,
    "scheme-lead.pk": lambda world: world.practice.pk,
    "scheme-team.pk": lambda world: world.social.pk,
    "scheme-number-end.pk": lambda world: HelpNow.objects.filter(scheme=world.scheme, ended=None)[0].pk,
    "scheme-member.pk": lambda world: world.receptionist.membership_id,
    "scheme-member-end.pk": lambda world: world.receptionist.membership_id,
    "scheme-invitation-withdraw.pk": lambda world: an_invitation(world).invitation.pk,
}

FORMS: dict[str, Bad] = {
    "scheme-settings": Bad(
        "administrator",
        {"Use small letters, digits and single hyphens, at most 60 in all.": "Name in the public address"},
        "Save", {"Name in the public address": "North Side!"}, ("Single service",),
    ),
    "scheme-organisation-new": Bad(
        "administrator", {"Enter the organisation’s name": "Name", "Select what kind it is": "Kind"},
        "Add it to the scheme", {"Postcode": "nowhere", "Phone number": "ring us"},
    ),
    "abuse-marker": Bad(
        "link_worker",
        {"Write what whoever makes contact must know": "What must whoever makes contact know?"}, "Save",
    ),
    "one-time-page-make": Bad(
        "link_worker", {"Write what you ask them to do": "What do you ask them to do?"}, "Make the page",
    ),
    "one-time-page": Bad("nobody", {"Enter the code of 8 numbers": "Code"}, "Open the page"),
    "restrict": Bad("link_worker", {"Select why it is restricted": "Why is this record restricted?"}, "Save"),
    "emergency": Bad(
        "clinician",
        {
            "An NHS number has 10 digits.": "NHS number", "Enter the date of birth": "Date of birth",
            "Select what the emergency is": "What is the emergency?",
        },
        "Open the record", {"NHS number": "123", "Why do you need this record now?": "Found confused"},
        (UNDERSTOOD,),
    ),
    "opening": Bad(
        "link_supervisor", {"Select what you found": "What did you find?"}, "Write down what you found",
        {"What has to be followed up, and by whom?": "Ask Dr Petrov"},
    ),
    "scheme-translation-new": Bad(
        "administrator",
        {
            "Select which words": "Which words?",
            "Select the language": "Which language?",
            "Enter who checked it": "Who checked it?",
            "Checked on must be a real date": "Checked on",
            "Tick that somebody who speaks both languages well has read it": "Somebody who speaks both languages",
        },
        "Save the translation", {"The translation": "هل توافق؟", "Day": "31", "Month": "2", "Year": "2026"},
    ),
    "scheme-sharing-new": Bad(
        "administrator",
        {
            "Enter what the agreement is called": "What the agreement is called",
            "First day must include a month and a year": "First day",
        },
        "Save and say who signed", {"Lawful basis": "Article 6(1)(e)", "Day": "1"},
    ),
    "scheme-sharing-sign": Bad("administrator", {"Enter the day on which they signed": "Signed on"}, "They signed it"),
    "scheme-sharing-end": Bad("administrator", {"Enter its last day": "Last day"}, "Save"),
    "scheme-lead": Bad("administrator", {"Select the safeguarding lead": "Safeguarding lead"}, "Save"),
    "scheme-team-new": Bad(
        "administrator",
        {
            "Select the organisation whose team it is": "Organisation", "Enter the team’s name": "Name of the team",
            "Select the service": "Service",
        },
        "Add the team", {"Phone number": "020 7946 0009"}, ("Elm Street Surgery",),
    ),
    "scheme-team": Bad(
        "administrator", {"Enter a phone number, like 020 7946 0000.": "Phone number"}, "Save",
        {"Phone number": "ring us", "Name of the team": "Walkers"}, ("Oak Road Surgery",),
    ),
    "scheme-teams-file": Bad("administrator", {"Choose a CSV file": "CSV file"}, "Take in the file"),
    "scheme-users-file": Bad("administrator", {"Choose a CSV file": "CSV file"}, "Take in the file"),
    "scheme-number-new": Bad(
        "administrator",
        {
            "Select what the number is for": "What it is for", "Select when it answers": "When it answers",
            "Enter whom it reaches": "Whom it reaches",
        },
        "Add the number", {"Phone number": "020 7946 0009"},
    ),
    "scheme-invite": Bad(
        "administrator",
        {
            "Email address must be like name@example.com": "Email address",
            "Select the organisation they work for": "Organisation", "Select their role": "Role",
        },
        "Invite", {"Full name": "Mei Chen", "Email address": "mei"},
    ),
    "system-new": Bad(
        "voluntary",
        {
            "Enter what the system is called": "What is the system called?", "Select what it may do": "Make referrals",
            "Select how it shows who it is": "A token",
        },
        "Connect it",
    ),
    "member-invite": Bad(
        "voluntary",
        {"Email address must be like name@example.com": "Email address", "Select their role": "Role"},
        "Invite", {"Full name": "Mei Chen", "Email address": "mei"}, ("Also administers the organisation",),
    ),
    "scheme-draft-settings": Bad(
        "administrator",
        {
            "Accept or decline within must be 1 or more": "Accept or decline within",
            "First contact within must be a whole number": "First contact within",
        },
        "Save the draft", {"Accept or decline within": "0", "First contact within": "soon"}, ("No food",),
    ),
    "invitation": Bad(
        "nobody", {"Enter a password": "Choose a password"}, "Accept", {"Your full name": "Mei C"},
    ),
}  # fmt: skip
# Filled in like another, and chosen from lists that hold no wrong choice.
NOTHING_TO_GET_WRONG = {"scheme-member", "scheme-people", "member", "members"}


def path_of(form: str, world: World) -> str:
    if form == "scheme-draft-settings":
        a_draft(world)
    if form == "abuse-marker":
        return f"/journey/{somebody(world).reference}/marker/"
    if form == "one-time-page-make":
        return f"/once/for/{signed_for(world)[1].pk}/"
    if form == "one-time-page":
        return f"/shown/{a_page(world).token}/"
    if form == "restrict":
        return f"/journey/{somebody(world).reference}/restrict/"
    if form == "opening":
        return f"/emergency/openings/{an_opening(world).pk}/"
    if form == "scheme-sharing-sign":
        return f"/scheme/sharing/{_unsigned(world)}/sign/"
    return {
        "scheme-lead": f"/scheme/organisations/{world.practice.pk}/lead/",
        "scheme-organisation-new": "/scheme/organisations/new/", "scheme-team-new": "/scheme/teams/new/",
        "scheme-team": f"/scheme/teams/{world.social.pk}/", "scheme-teams-file": "/scheme/teams/file/",
        "scheme-users-file": "/scheme/people/file/", "scheme-number-new": "/scheme/numbers/new/",
        "scheme-invite": "/scheme/people/invite/", "scheme-draft-settings": "/scheme/pathway/draft/settings/",
        "scheme-settings": "/scheme/settings/", "member-invite": "/members/invite/",
        "system-new": "/members/systems/new/",
        "scheme-translation-new": "/scheme/translations/new/",
        "scheme-sharing-new": "/scheme/sharing/new/", "emergency": "/emergency/",
        "scheme-sharing-end": f"/scheme/sharing/{signed_agreement(world).pk}/end/",
    }.get(form) or f"/invitation/{an_invitation(world).token}/"  # fmt: skip
