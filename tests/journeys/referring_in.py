"""Every way in by staff: a call list to ring from, slips, and what somebody may get wrong on these pages."""

from collections.abc import Callable

from playwright.sync_api import Page, expect

from tests.factories import World, details
from tests.journeys.bad import Bad
from wraparound.organisations.actor import Actor, acting_as
from wraparound.pathways.vocabulary import Service
from wraparound.people.models import Person
from wraparound.referrals.calling import add_people_to_call_list, make_call_list, take_call
from wraparound.referrals.models import Call, CallList, Signpost
from wraparound.referrals.signposting import signpost_only

FILE = "name,birth date,NHS number,phone,language\nNgozi Adichie,3/7/1968,,07700 900456,Igbo\nNobody,,,,\n"


def a_call_list(world: World, people: int = 2) -> CallList:
    by = world.receptionist
    with acting_as(by):
        made = make_call_list(by=by, name="Living alone, winter", why="We ring people before winter.")
        rows = [details(given_names="Ada", family_name=f"Okoro{'a' * n}", date_of_birth=None) for n in range(people)]
        add_people_to_call_list(by=by, call_list=made, people=rows)
    return made


def a_call(world: World, taker: Actor | None = None) -> Call:
    made = a_call_list(world, 1)
    with acting_as(world.receptionist):
        call = Call.objects.get(call_list=made)
        return take_call(by=taker, call=call) if taker else call


def a_slip(world: World) -> Signpost:
    with acting_as(world.clinician):
        return signpost_only(by=world.clinician, service=Service.WELFARE_ADVICE)


# What stands for a route's parameter, by the route's name and the parameter's.
OBJECTS: dict[str, Callable[[World], object]] = {
    "signpost.reference": lambda world: a_slip(world).reference,
    "call.pk": lambda world: a_call(world, world.clinician).pk,
    "call-refer.pk": lambda world: a_call(world, world.clinician).pk,
    "call-take.pk": lambda world: a_call(world).pk,
    "call-put-back.pk": lambda world: a_call(world).pk,
    "call-answer.pk": lambda world: a_call(world).pk,
} | {
    f"{name}.pk": lambda world: a_call_list(world).pk
    for name in ("call-list", "call-list-next", "call-list-add", "call-list-file", "call-list-close")
}  # fmt: skip

_WHO = {"First names": "Ngozi", "Last name": "Adichie"}
_KNOWN = ("Not known", "In person")
FORMS: dict[str, Bad] = {
    "call-list-new": Bad(
        "receptionist",
        {"Enter a name": "Name of the list",
         "Enter why you are calling, in words that a caller can read out": "Why are you calling?"},
        "Make the list",
    ),
    "call-list-file": Bad("receptionist", {"Choose a file": "CSV file"}, "Look at the file"),
    "call-list-add": Bad(
        "receptionist", {"Date of birth must be a real date": "Date of birth"}, "Find",
        {"Name or NHS number": "Ada", "Day": "31", "Month": "2", "Year": "1980"},
    ),
    "refer-new from reception": Bad(
        "receptionist",
        {"Select at least one thing that they would like help with": "What would they like help with?"},
        "Send the referral", _WHO, _KNOWN,
    ),
    "refer-new from a ward": Bad(
        "ward",
        {"Enter the ward": "Ward",
         "Enter who to ring on the ward, with a phone number or a bleep": "Who to ring on the ward"},
        "Send the referral", _WHO, ("Housing", *_KNOWN),
    ),
    "refer-new from a health visitor": Bad(
        "health_visitor",
        {"Enter the month in which the baby is due": "Month in which it is due",
         "Select what they said about money worries": "Do you have any money worries"},
        "Send the referral", _WHO, ("Housing", "One is due", *_KNOWN),
    ),
    "refer-new from the council": Bad(
        "council", {"Enter the department": "Department"}, "Send the referral",
        {**_WHO, "Its reference": "HX-1"}, ("Housing", *_KNOWN),
    ),
    "refer-new from a voluntary organisation": Bad(
        "voluntary",
        {"Enter who can be asked about this referral": "Who can be asked about this referral?",
         "Enter a phone number, like 07700 900123": "Their phone number"},
        "Send the referral", {**_WHO, "Their phone number": "in the book"}, ("Housing", *_KNOWN),
    ),
    "refer-new from a worker": Bad(
        "link_worker",
        {"Enter what they have already told you, so that they need not tell it again":
         "What have they already told you?"},
        "Send the referral", _WHO, ("Housing", *_KNOWN),
    ),
}  # fmt: skip
# Filled in like another page, which is in FORMS.
NOTHING_TO_GET_WRONG = {"call-refer"}


def path_of(form: str, world: World) -> str:
    if form.startswith("refer-new"):
        return "/refer/new/"
    if form == "call-list-new":
        return "/call-lists/new/"
    return f"/call-lists/{a_call_list(world).pk}/{form.rpartition('-')[2]}/"


def says_who_it_is(page: Page, given_names: str, family_name: str) -> None:
    """Somebody new, without a number."""
    page.goto("/refer/new/")
    page.get_by_label("First names").fill(given_names)
    page.get_by_label("Last name").fill(family_name)
    page.get_by_role("radio", name="Not known").check()
    page.get_by_label("Mobile phone").fill("07700 900456")


def calls_the_next(page: Page) -> str:
    """The name of whom it is."""
    page.get_by_role("button", name="Call the next person").click()
    heading = page.get_by_role("heading", name="Call ", exact=False).first
    expect(heading).to_be_visible()
    return heading.inner_text().split("\n")[0].removeprefix("Call ")


def chooses_a_file(page: Page, content: str) -> None:
    page.locator("input[type=file]").set_input_files(
        {"name": "people.csv", "mimeType": "text/csv", "buffer": content.encode()}
    )


def nobody_is_known(world: World) -> bool:
    with acting_as(world.receptionist):
        return not Person.objects.exists()
