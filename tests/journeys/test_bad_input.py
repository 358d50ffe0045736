"""Every form says what is wrong above itself and beside the field, and loses nothing that was typed."""

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.factories import World, referral_to
from tests.journeys import (
    advising,
    documents,
    evidencing,
    given,
    managing,
    money,
    planning,
    referring_in,
    rights,
    setting_up,
    signing_in,
    the_day,
    then,
)
from tests.journeys.bad import Bad
from tests.journeys.screens import Screens
from wraparound.organisations.actor import acting_as
from wraparound.pathways.vocabulary import UrgentFlag
from wraparound.referrals.models import SameDayAlert

# By the name of the form's route.
ELSEWHERE = (advising, documents, evidencing, setting_up, rights, signing_in, referring_in, the_day, planning, money)
FORMS: dict[str, Bad] = {name: bad for each in ELSEWHERE for name, bad in each.FORMS.items()} | {
    "ask": Bad("nobody", {"Select who needs help": "Who needs help?"}, "Continue"),
    "sign-in": Bad(
        "nobody", {"Email address must be like name@example.com": "Email address", "Enter your password": "Password"},
        "Sign in", {"Email address": "amara"},
    ),
    "refer": Bad(
        "clinician", {"Date of birth must be a real date": "Date of birth"}, "Find",
        {"Name or NHS number": "Rosa", "Day": "31", "Month": "2", "Year": "1980"},
    ),
    "refer-person": Bad(
        "clinician",
        {
            "Select at least one thing that they would like help with": "What would they like help with?",
            "Enter what the concern is and why they were not asked": "What the concern is, and why they were not asked",
        },
        "Send the referral", {"Anything the services need to know (optional)": "Ring before noon"},
        ("They also want welfare advice", "Safeguarding concern"),
    ),
    "refer-new": Bad(
        "clinician",
        {
            "Enter at least one name": "First names",
            "Date of birth must include a year": "Date of birth",
            "This is not a valid NHS number. Check each digit.": "NHS number",
            "Enter a phone number, like 07700 900123": "Mobile phone",
            "Enter a full UK postcode, like E3 4QX.": "Postcode",
            "Select how they agreed. Ask them first; without that the referral cannot be sent": "How did they agree?",
        },
        "Send the referral",
        {
            "Day": "3", "Month": "7", "NHS number": "943 476 5918", "Mobile phone": "none", "Postcode": "nowhere",
            "Address": "4 Tallow Lane\nEastmarsh", "Email address": "rosa@mail.example",
        },
        ("Yes", "Loneliness", "They need an interpreter"),
    ),
    "decline": Bad(
        "link_worker", {"Select why your team does not take this on": "Why does your team"},
        "Decline and tell the referrer",
    ),
    "contact-attempt": Bad(
        "adviser",
        {
            "Select what came of it": "What came of it?",
            "Day and time must include a time, such as 14:30 or 2:30pm": "Day and time",
        },
        "Record",
        {"Day": "1", "Month": "2", "Year": "2026", "Time": "soon", "Anything your team needs": "Ask for Rosa"},
        ("Phone", "Earlier"),
    ),
    "note": Bad("adviser", {"Note must be 20000 characters or fewer": "Note"}, "Save the note", {"Note": "é" * 20_001}),
    "handover": Bad(
        "link_worker",
        {
            "Enter what they have already told you": "What have they already told you?",
            "Enter why they cannot decide this and why it is best for them": "Why they cannot decide this",
        },
        "Hand over", {}, ("Bereavement", "Best-interests decision"),
    ),
    "close": Bad("adviser", {"Select how it ended for the person": "How did it end for the person?"}, "Close"),
    "alert-help": Bad(
        "advice_supervisor", {"Enter what help they were given": "What help were they given?"},
        "They were helped: end the alert",
    ),
    "unmet-end": Bad("clinician", {"Enter how it ended": "How did it end?"}, "Save how it ended"),
    "concern": Bad("link_worker", {"Write what was said or seen": "What was said or seen"}, "Save"),
    "concern-end": Bad(
        "link_supervisor", {"Enter what was done and why it can end": "What was done, and why it can end"}, "End it"
    ),
    "concern-hand-on": Bad("link_supervisor", {"Select who takes it on": "Who takes it on?"}, "Hand it on"),
    "concern-practice": Bad(
        "link_supervisor", {"Enter why the practice is not told": "Why the practice is not told"},
        "Put this on record", {}, ("No",),
    ),
    "raise-about-colleague": Bad(
        "link_worker", {"Select what it is about": "What is it about?"}, "Raise it", {}, ("Grace Obi",),
    ),
    "journey-contact": Bad(
        "adviser",
        {
            "Mobile number must be a phone number, like 07700 900123": "Mobile number",
            "Email address must be like name@example.com": "Email address",
        },
        "Save", {"Mobile number": "ask her sister", "Email address": "rosa@", "When is it safe": "Before noon"},
        ("They need an interpreter",),
    ),
    "team-capacity": Bad(
        "advice_supervisor",
        {
            "People the team can work with at once must be a whole number": "People the team can work with at once",
            "Closed until must be a real date": "Closed until",
        },
        "Save", {"People the team": "many", "Day": "31", "Month": "2", "Year": "2027"}, ("Share out what arrives",),
    ),
    "working-hours": Bad(
        "adviser",
        {
            "Monday must be hours, like 7.5 or 7:30": "Monday",
            "Enter how many people at once": "People at once",
            "Share of new people, in per cent must be a whole number": "Share of new people, in per cent",
        },
        "Save", {"Monday": "seven", "Tuesday": "7:30", "Share of new people": "half"},
    ),
    "leave": Bad(
        "adviser",
        {"First day away must be a real date": "First day away", "Enter the last day away": "Last day away"},
        "Save", {"Day": "31", "Month": "2", "Year": "2027"},
    ),
    "give-people": Bad(
        "advice_supervisor",
        {"Select to whom": "To whom?", "Select why": "Why?"}, "See what would happen", {}, ("Everybody here",),
    ),
}  # fmt: skip
# Forms that nobody can fill in wrongly: all is optional, or they are filled in like another.
NOTHING_TO_GET_WRONG = (
    {"hearing", "self-description", "refer-launch", "leave-change"}
    | setting_up.NOTHING_TO_GET_WRONG
    | referring_in.NOTHING_TO_GET_WRONG
    | the_day.NOTHING_TO_GET_WRONG
    | documents.NOTHING_TO_GET_WRONG
)


def path_of(form: str, world: World) -> str:
    for each in ELSEWHERE:
        if form in each.FORMS:
            return each.path_of(form, world)
    journey = given.a_referral(world, urgent_flags=frozenset({UrgentFlag.HOMELESS_TONIGHT}))
    case = given.accepted(journey, world.adviser)
    if form == "handover":
        case = given.accepted(given.a_referral(world, advice_ticked=False), world.link_worker)
    with acting_as(world.advice_supervisor):
        alert = SameDayAlert.objects.get(journey=journey)
    if form == "unmet-end":
        return f"/unmet-needs/{given.an_unmet_need(world).pk}/end/"
    if form in managing.FORMS:
        return managing.path_of(form, world)
    if form.startswith(("concern", "raise")):
        return given.path_of_a_concern(world, form)
    to_link_workers = referral_to(journey, world.link_worker)
    return {
        "ask": f"/ask/{world.scheme.slug}/questions/",
        "refer-person": f"/refer/person/{journey.person_id}/",
        "decline": f"/referral/{to_link_workers.pk}/decline/",
        "alert-help": f"/alerts/{alert.pk}/help/",
        "journey-contact": f"/journey/{journey.reference}/contact/",
        "refer": "/refer/", "refer-new": "/refer/new/", "sign-in": "/sign-in/",
    }.get(form, f"/case/{case.pk}/{form}/")  # fmt: skip


def fill_in(page: Page, bad: Bad) -> None:
    for choice in bad.ticked:
        tick_of(page, choice).check()
    for label, text in bad.typed.items():
        box_of(page, label).fill(text)


def box_of(page: Page, label: str) -> Locator:
    return page.get_by_label(label, exact=len(label) < 10).and_(page.locator("input, textarea")).first


def tick_of(page: Page, label: str) -> Locator:
    return page.get_by_label(label).and_(page.locator("[type=checkbox], [type=radio]")).first


@pytest.mark.parametrize("scripts", [True, False], ids=["with scripts", "without scripts"])
@pytest.mark.parametrize("form", FORMS)
def test_a_form_says_what_is_wrong_and_keeps_what_was_typed(
    form: str, scripts: bool, world: World, screens: Screens
) -> None:
    bad = FORMS[form]
    page = screens(world.actors.get(bad.who), scripts=scripts)
    page.goto(path_of(form, world))
    fill_in(page, bad)
    page.get_by_role("button", name=bad.button, exact=True).click()
    expect(page.get_by_role("heading", name="There is a problem")).to_be_visible()
    if scripts:
        expect(page.locator(".nhsuk-error-summary")).to_be_focused()
        then.everybody_can_use(page)
    assert page.locator(".nhsuk-error-summary li").count() == len(bad.errors)
    for sentence, label in bad.errors.items():
        then.the_error_is(page, sentence, label)
    for label, text in bad.typed.items():
        expect(box_of(page, label)).to_have_value(text)
    for choice in bad.ticked:
        expect(tick_of(page, choice)).to_be_checked()
