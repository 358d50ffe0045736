"""Each way in has its own short form, and the receiving team reads what it asked."""

import re
import uuid
from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest
from django.utils import timezone

from tests.factories import NOW, World, handover_agreed, referral_to, referred
from tests.web.conftest import SignIn
from tests.web.reading import errors, text
from wraparound.casework.actions import accept, hand_over
from wraparound.consent.agreed import AgreedHow
from wraparound.organisations.actor import acting_as
from wraparound.organisations.models import Scheme
from wraparound.organisations.pathways import publish
from wraparound.pathways.library import load
from wraparound.pathways.vocabulary import ClinicalReason, Entry, Need, Service
from wraparound.referrals.models import Journey, Signpost

WHO = {"given_names": "Ngozi", "family_name": "Adichie", "nhs_number_known": "not_known", "mobile": "07700 900456"}
SHORT = {"agreed_how": "in_person", **WHO}
SOON = timezone.localdate() + timedelta(days=3)
OWN: dict[str, dict[str, Any]] = {
    "clinician": {"needs": "benefits", "clinical_reason": "cancer"},
    "receptionist": {"broad": ["money", "company"]},
    "health_visitor": {
        "needs": "benefits", "baby": "born", "baby_born-month": f"{SOON.month}", "baby_born-year": f"{SOON.year - 1}",
        "money_worries": "yes",
    },
    "ward": {
        "needs": "housing", "ward": "Willow", "ward_contact": "Sister Ade, bleep 4410",
        "discharge_date-day": SOON.day, "discharge_date-month": SOON.month, "discharge_date-year": SOON.year,
    },
    "council": {"needs": "housing", "department": "Housing options", "department_reference": "HX-1"},
    "voluntary": {"needs": "debt", "contact_person": "Mina Kaya", "contact_phone": "020 7946 0002"},
    "link_worker": {"needs": "debt", "told": "Rent arrears since May; the letter is from the court."},
    "adviser": {"needs": "loneliness", "told": "Sleeps badly since her sister died."},
}  # fmt: skip
ENTRIES = {
    "clinician": "clinician", "receptionist": "reception", "health_visitor": "health_visitor", "ward": "hospital_ward",
    "council": "council", "voluntary": "voluntary", "link_worker": "worker", "adviser": "worker",
}  # fmt: skip


def sent(world: World, sign_in: SignIn, chair: str, **changes: Any) -> Any:
    answers = {**SHORT, **OWN[chair], "submission": str(uuid.uuid4()), **changes}
    return sign_in(world.actors[chair]).post("/refer/new/", answers)


def journey_of(world: World, chair: str) -> Journey:
    by = world.actors[chair]
    with acting_as(by):
        return Journey.objects.visible_to(by).latest("pk")


def page_of(world: World, sign_in: SignIn, chair: str) -> str:
    return sign_in(world.actors[chair]).get("/refer/new/", follow=True).content.decode()


@pytest.mark.parametrize("chair", OWN)
def test_each_way_in_sends_with_its_own_few_answers(world: World, sign_in: SignIn, chair: str) -> None:
    answer = sent(world, sign_in, chair)
    assert answer.status_code == 302, errors(answer)
    assert journey_of(world, chair).entry == ENTRIES[chair]


@pytest.mark.parametrize("chair", OWN)
def test_who_sent_it_finds_it_again(world: World, sign_in: SignIn, chair: str) -> None:
    client = sign_in(world.actors[chair])
    page = text(client.get(sent(world, sign_in, chair)["Location"]))
    assert "Referral sent" in page
    assert "Ngozi Adichie" in text(client.get("/referrals/"))
    colleague = replace(world.actors[chair], user_id=world.other_clinician.user_id)
    assert "Ngozi Adichie" not in text(sign_in(colleague).get("/referrals/"))


@pytest.mark.parametrize(
    ("chair", "missing"),
    [
        ("receptionist", ["Select at least one thing that they would like help with"]),
        ("health_visitor", ["Select whether there is a baby", "Select what they said about money worries"]),
        ("ward", ["Enter the ward", "Enter who to ring on the ward, with a phone number or a bleep"]),
        ("council", ["Enter the department"]),
        ("voluntary", ["Enter who can be asked about this referral",
                       "Enter a phone number for questions about this referral"]),
        ("link_worker", ["Enter what they have already told you, so that they need not tell it again"]),
    ],
)  # fmt: skip
def test_what_a_way_in_needs_is_asked_for_beside_its_field(
    world: World, sign_in: SignIn, chair: str, missing: list[str]
) -> None:
    answers = {**SHORT, "submission": "one"} | ({} if chair == "receptionist" else {"needs": "debt"})
    page = sign_in(world.actors[chair]).post("/refer/new/", answers)
    assert errors(page) == missing
    for sentence in missing:
        assert page.content.decode().count(sentence) == 2
    assert 'value="Adichie"' in page.content.decode()


def test_impossible_details_are_told_each_and_stay(world: World, sign_in: SignIn) -> None:
    wrong = {"baby": "expected", "baby_due-month": "13", "baby_due-year": "2027"}
    page = sent(world, sign_in, "health_visitor", **wrong)
    assert errors(page) == ["Month in which it is due must be a real date"]
    assert 'value="13"' in page.content.decode()
    long_ago = {"discharge_date-year": "2001"}
    assert errors(sent(world, sign_in, "ward", **long_ago)) == [
        "The day they leave hospital must be within a year of today"
    ]
    assert errors(sent(world, sign_in, "voluntary", contact_phone="ask")) == ["Enter a phone number, like 07700 900123"]


ONLY_OTHERS = {"clinician": ("broad", "ward", "told", "baby", "department", "contact_person"),
               "receptionist": ("needs", "reason", "advice", "clinical_reason", "told", "hide_from_online_view"),
               "ward": ("broad", "told", "baby"), "link_worker": ("reason", "clinical_reason", "broad"),
               "council": ("clinical_reason", "broad"), "voluntary": ("clinical_reason",)}  # fmt: skip


@pytest.mark.parametrize("chair", ONLY_OTHERS)
def test_nobody_is_asked_what_is_anothers_to_say(world: World, sign_in: SignIn, chair: str) -> None:
    page = page_of(world, sign_in, chair)
    assert not [name for name in ONLY_OTHERS[chair] if f'name="{name}"' in page]


def test_what_was_not_asked_is_not_taken(world: World, sign_in: SignIn) -> None:
    sent(world, sign_in, "receptionist", clinical_reason="cancer", reason="Has cancer", told="Has cancer", ward="W")
    journey = journey_of(world, "receptionist")
    assert (journey.clinical_reason, journey.entry_details) == ("", {"broad": ["money", "company"]})
    referral = referral_to(journey, world.adviser)
    assert (referral.reason, referral.told) == ("", "")
    assert {"benefits", "debt", "loneliness"} <= set(journey.needs)


def test_reception_reads_no_reason_afterwards(world: World, sign_in: SignIn) -> None:
    clinical = referred(world, clinical_reason=ClinicalReason.CANCER, reason="Chemotherapy on Mondays")
    page = text(sign_in(world.receptionist).get(f"/referrals/{clinical.reference}/"))
    assert "Rosa Duarte" in page
    for said in ("Cancer", "363346000", "Chemotherapy"):
        assert said not in page
    assert "Cancer" in text(sign_in(world.clinician).get(f"/referrals/{clinical.reference}/"))


def test_a_clinical_reason_goes_with_its_code_to_who_may_see_it(world: World, sign_in: SignIn) -> None:
    sent(world, sign_in, "clinician", advice="yes")
    journey = journey_of(world, "clinician")
    page = text(sign_in(world.adviser).get(f"/journey/{journey.reference}/"))
    assert "Cancer SNOMED CT 363346000" in page


def test_the_receiving_team_reads_what_the_ward_said(world: World, sign_in: SignIn) -> None:
    sent(world, sign_in, "ward", advice="yes")
    journey = journey_of(world, "ward")
    client = sign_in(world.adviser)
    page = text(client.get(f"/journey/{journey.reference}/"))
    assert "Ward Willow Leaves hospital" in page and "Within 7 days" in page and "bleep 4410" in page
    assert "Leaves hospital within 7 days" in text(client.get("/worklist/"))


def test_what_was_told_reaches_the_other_service(world: World, sign_in: SignIn) -> None:
    sent(world, sign_in, "link_worker")
    journey = journey_of(world, "link_worker")
    page = text(sign_in(world.adviser).get(f"/journey/{journey.reference}/"))
    assert "Rent arrears since May; the letter is from the court." in page


def test_who_works_with_the_person_already_is_led_to_the_warm_handover(world: World, sign_in: SignIn) -> None:
    journey = referred(world, advice_ticked=False)
    with acting_as(world.link_worker):
        accept(by=world.link_worker, referral=referral_to(journey, world.link_worker))
    page = sign_in(world.link_worker).get(f"/refer/person/{journey.person_id}/", follow=True).content.decode()
    assert f'href="/journey/{journey.reference}/"' in page and "hand over warmly" in page
    other = sign_in(world.clinician).get(f"/refer/person/{journey.person_id}/", follow=True).content.decode()
    assert "hand over warmly" not in other


def follow(world: World, name: str, **changes: Any) -> None:
    scheme = Scheme.objects.get(pk=world.scheme.pk)
    publish(scheme=scheme, name=name, pathway=replace(load(name), **changes), at=NOW)


def test_a_session_is_asked_for_where_the_pathway_books_one(world: World, sign_in: SignIn) -> None:
    assert 'name="session"' not in page_of(world, sign_in, "receptionist")
    follow(world, "reception-booking")
    assert re.search(r'name="session"[^>]*value="any"\s+checked', page_of(world, sign_in, "receptionist"))
    sent(world, sign_in, "receptionist", broad="money", session="morning")
    assert referral_to(journey_of(world, "receptionist"), world.adviser).session == "morning"


def test_a_pathway_without_the_way_in_says_so_before_anything_is_typed(world: World, sign_in: SignIn) -> None:
    whole = load("both-at-once")
    follow(world, "both-at-once", entries=tuple(each for each in whole.entries if each[0] is not Entry.RECEPTION))
    client = sign_in(world.receptionist)
    for address in ("/refer/", "/refer/new/"):
        page = client.get(address, follow=True)
        assert "takes no referrals from reception" in text(page)
        assert "<input" not in page.content.decode().split("<main")[1]
    assert sent(world, sign_in, "receptionist").status_code == 200
    assert "Who is this referral for?" in text(sign_in(world.clinician).get("/refer/"))


@pytest.mark.parametrize("address", ["/refer/new/", "/refer/person/{}/"])
def test_an_address_typed_by_hand_gets_a_name_for_what_is_sent(world: World, sign_in: SignIn, address: str) -> None:
    known, client = referred(world).person_id, sign_in(world.clinician)
    answer = client.get(address.format(known))
    assert answer.status_code == 302 and "?form=" in answer["Location"]
    name = answer["Location"].partition("?form=")[2]
    assert f'value="{name}"' in client.get(answer["Location"]).content.decode()
    assert client.get(address.format(known))["Location"] != answer["Location"]


def test_the_preview_follows_what_reception_chose(world: World, sign_in: SignIn) -> None:
    follow(world, "advice-first")
    client = sign_in(world.receptionist)
    money = text(client.post("/refer/preview/", {"broad": "money"}))
    company = text(client.post("/refer/preview/", {"broad": ["company", "gold"]}))
    assert "adviser at Welfare advisers" in money and "adviser at Welfare advisers" not in company
    assert "link worker at Link workers" in company


def test_a_signpost_without_a_person_is_two_clicks_and_counted(world: World, sign_in: SignIn) -> None:
    client: Any = sign_in(world.receptionist)
    assert 'href="/signposts/new/"' in client.get("/refer/").content.decode()
    made = client.post("/signposts/new/", {"service": "welfare_advice"})
    page = text(client.get(made["Location"]))
    assert "Welfare advisers, Rights First" in page and "What to bring" in page
    assert made["Location"].split("/")[2] in page
    assert sign_in(world.other_clinician).get(made["Location"]).status_code == 404
    assert client.post("/signposts/new/", {"service": "gold"}).status_code == 404


def test_a_slip_says_when_and_where_as_far_as_it_is_known(world: World, sign_in: SignIn) -> None:
    client = sign_in(world.clinician)
    address = client.post("/signposts/new/", {"service": "welfare_advice"})["Location"]
    assert "Ask whoever gave you this where to come" in text(client.get(address))
    world.advice.opening, world.advice.phone = "Tuesdays 10am to 1pm, no appointment", "020 7946 0009"
    world.advice.save()
    page = text(client.get(address))
    assert "Tuesdays 10am to 1pm, no appointment" in page and "020 7946 0009" in page


def test_somebody_without_the_right_sees_no_slip(world: World, sign_in: SignIn) -> None:
    assert sign_in(world.commissioner).get("/signposts/new/").status_code == 403


def test_details_are_shown_to_the_two_ends_alone(world: World, sign_in: SignIn) -> None:
    by, kept = world.ward, {"ward": "Willow", "ward_contact": "Sister Ade"}
    journey = referred(world, by=by, entry=Entry.HOSPITAL_WARD, entry_details=kept, advice_ticked=False)
    assert "Willow" in text(sign_in(world.link_worker).get(f"/journey/{journey.reference}/"))
    assert "Willow" in text(sign_in(by).get(f"/referrals/{journey.reference}/"))
    with acting_as(world.link_worker):
        case = accept(by=world.link_worker, referral=referral_to(journey, world.link_worker))
        said = {"needs": frozenset({Need.DEBT}), "told": "In arrears", "agreed": handover_agreed(AgreedHow.IN_PERSON)}
        hand_over(by=world.link_worker, case=case, service=Service.WELFARE_ADVICE, **said)
    page = text(sign_in(world.adviser).get(f"/journey/{journey.reference}/"))
    assert "In arrears" in page and "Willow" not in page


BRING_NO_SLIP = ("clinician",)


@pytest.mark.parametrize("chair", OWN)
def test_the_code_of_a_slip_that_they_bring_is_asked_where_they_stand_at_a_desk(
    world: World, sign_in: SignIn, chair: str
) -> None:
    assert ('name="signpost"' in page_of(world, sign_in, chair)) == (chair not in BRING_NO_SLIP)


def test_a_slip_that_they_bring_is_known_to_have_led_there(world: World, sign_in: SignIn) -> None:
    made: Any = sign_in(world.clinician).post("/signposts/new/", {"service": "welfare_advice"})
    code = made["Location"].split("/")[2]
    assert sent(world, sign_in, "voluntary", signpost=f" {code.lower().replace('-', ' ')}").status_code == 302
    came = journey_of(world, "voluntary")
    with acting_as(world.clinician):
        given = Signpost.objects.visible_to(world.clinician).get(reference=code)
    assert given.followed_by_id == came.pk and came.signpost_id == given.pk


def test_a_code_that_nobody_gave_is_told_beside_its_field_and_nothing_typed_is_lost(
    world: World, sign_in: SignIn
) -> None:
    page = sent(world, sign_in, "receptionist", signpost="2222-2222")
    assert errors(page) == ["No slip given in this scheme has this code. Check it, or leave it out."]
    shown = page.content.decode()
    assert 'value="2222-2222"' in shown and 'value="Adichie"' in shown
    assert shown.count("No slip given in this scheme has this code.") == 2
    assert sent(world, sign_in, "receptionist", signpost="").status_code == 302
