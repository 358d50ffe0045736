"""What pages of medical evidence are about, and what somebody gets wrong on them."""

from collections.abc import Callable

from django.urls import reverse

from tests.factories import World, details
from tests.house.evidence import (
    a_letter,
    a_request,
    an_advice_case,
    let_use,
    on_paper,
    prepared,
    signed_consent,
    used,
)
from tests.journeys import given
from tests.journeys.bad import Bad
from wraparound.casework.models import Case
from wraparound.evidence.models import EvidenceRequest


def a_case(world: World) -> Case:
    """An advisers' case with a signed mandate."""
    person = details(nhs_number="9990000042", date_of_birth=None)
    case = an_advice_case(world, given.a_referral(world, person=person))
    signed_consent(world, case)
    return case


MAKES: dict[str, Callable[[World], EvidenceRequest]] = {
    "evidence-request": a_request,
    "evidence-record": prepared,
    "evidence-picks": prepared,
    "evidence-send": prepared,
    "evidence-received": lambda world: a_letter(world).request,
    "evidence-agreed": lambda world: a_letter(world).request,
    "evidence-used": let_use,
    "evidence-outcome": used,
    "evidence-unlikely": a_request,
    "evidence-withdraw": a_request,
    "evidence-signed-paper": on_paper,
    "evidence-print": on_paper,
    "evidence-paper": on_paper,
    "evidence-letter": lambda world: a_letter(world).request,
    "evidence-asked": a_request,
    "evidence-take-up": a_request,
    "evidence-leave-out": a_request,
    "evidence-send-back": a_request,
    "evidence-asked-letter": lambda world: a_letter(world).request,
}
OBJECTS: dict[str, Callable[[World], object]] = {
    f"{name}.pk": lambda world, make=make: make(world).pk for name, make in MAKES.items()
} | {
    "evidence-of-case.pk": lambda world: a_case(world).pk,
    "evidence-ask.pk": lambda world: a_case(world).pk,
}
FORMS: dict[str, Bad] = {
    "evidence-ask": Bad(
        "adviser",
        {
            "Select how the letter is prepared": "How is the letter prepared?",
            "Enter who is asked, and where": "Who, and where",
            "Day of the decision (optional) must be a real date": "Day of the decision",
        },
        "Ask", {"What else do you ask?": "How far can she walk?", "Day": "31", "Month": "2", "Year": "2026"},
        ("Preparing food", "Somebody outside the scheme"),
    ),
    "evidence-record": Bad("adviser", {"Choose a file, or paste the text": "A file"}, "Look for passages"),
    "evidence-send": Bad(
        "adviser", {"What else do you ask? (optional) must be 2000 characters or fewer": "What else do you ask?"},
        "Ask",
        {"What else do you ask?": "é" * 2001},
    ),
    "evidence-agreed": Bad(
        "adviser",
        {"Select how they agreed. Without that the letter goes nowhere": "How did they agree that it is used?"},
        "Put on record",
    ),
    "evidence-used": Bad(
        "adviser", {"Select where it went": "Where did it go?", "When was it sent? must be a real date": "When was it"},
        "Save", {"Day": "31", "Month": "2", "Year": "2026"},
    ),
    "evidence-outcome": Bad("adviser", {"Select what came of it": "What came of it?"}, "Save"),
    "evidence-unlikely": Bad(
        "adviser", {"Enter what you told them and what else may help": "What did you tell them"},
        "Put on record and end it",
    ),
    "evidence-withdraw": Bad("adviser", {"Enter why it is withdrawn": "Why is it withdrawn?"}, "Withdraw"),
    "evidence-signed-paper": Bad(
        "adviser", {"Enter the name under it": "Name under it", "Enter where the paper is kept": "Where is the paper"},
        "Save", {"Day": "1", "Month": "2", "Year": "2026", "What it says": "She burns herself."},
    ),
    "evidence-asked": Bad(
        "clinician", {"Enter an amount in pounds, like 25 or 25.50": "How much, in pounds"}, "Sign and send",
        {"The letter": "She burns herself.", "How much, in pounds": "some"}, ("There is a fee",),
    ),
    "evidence-send-back": Bad("clinician", {"Enter why you send it back": "Why do you send it back?"}, "Send it back"),
}  # fmt: skip


def path_of(form: str, world: World) -> str:
    return reverse(form, kwargs={"pk": OBJECTS[f"{form}.pk"](world)})
