"""Tries that go wrong: a stranger cannot go on guessing, and cannot keep a colleague out."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone

from tests.factories import World
from tests.journeys.signing_in import SECRET, an_app
from tests.signing_in.conftest import Person, code_of, person_of
from tests.web.reading import text
from wraparound.signing_in import tries
from wraparound.signing_in.allowances import ACCOUNT, HERE, KNOWN_DEVICE, PLACE
from wraparound.signing_in.devices import COOKIE
from wraparound.signing_in.models import Happened, SignInRecord, Tries

pytestmark = pytest.mark.django_db
HOME, ELSEWHERE = "192.0.2.7", "198.51.100.9"


def coming_from(place: str, person: Person) -> Person:
    return Person(person.user, Client(REMOTE_ADDR=place))


def guesses(person: Person, how_many: int) -> None:
    for number in range(how_many):
        person.types(f"guess {number}")


def is_told_to_wait(page) -> bool:
    return page.status_code == 429 and "Wait" in text(page) and int(page["Retry-After"]) > 0


def test_a_stranger_waits_and_then_the_right_password_counts_for_nothing_until_they_have(
    clinician: Person, at: Callable[[float], None]
) -> None:
    stranger = coming_from(ELSEWHERE, clinician)
    guesses(stranger, HERE.free)
    page = stranger.types()
    assert is_told_to_wait(page) and "Wait 5 seconds" in text(page)
    at(5)
    assert stranger.types().status_code == 302


def test_a_colleague_elsewhere_comes_in_meanwhile(clinician: Person) -> None:
    guesses(coming_from(ELSEWHERE, clinician), HERE.free + 3)
    assert coming_from(HOME, clinician).types().status_code == 302


def test_a_known_browser_comes_in_however_many_guess_from_everywhere(clinician: Person) -> None:
    """Even from the same network address, and with every other allowance used up."""
    known = coming_from(ELSEWHERE, clinician)
    known.types()
    known.client.post("/sign-out/")
    for count in tries.counts_of("password", clinician.user.email, ELSEWHERE, ""):
        Tries.objects.create(key=count.key, tries=10**6, last_at=timezone.now())
    assert is_told_to_wait(coming_from(ELSEWHERE, clinician).types())
    assert is_told_to_wait(coming_from(HOME, clinician).types())
    assert known.types().status_code == 302


def test_a_known_browser_has_an_allowance_of_its_own_and_no_more(clinician: Person) -> None:
    known = coming_from(HOME, clinician)
    known.types()
    known.client.post("/sign-out/")
    guesses(known, KNOWN_DEVICE.free)
    assert is_told_to_wait(known.types())
    assert coming_from(HOME, clinician).types().status_code == 302


def test_a_browser_is_known_to_its_own_users_alone_and_not_after_another_password(
    world: World, clinician: Person
) -> None:
    clinician.types()
    colleague = person_of(world, "adviser", clinician.client)
    clinician.client.post("/sign-out/")
    guesses(colleague, HERE.free)
    assert is_told_to_wait(colleague.types()), "known for another is not known"
    clinician.user.set_password("another long password")
    clinician.user.save()
    guesses(clinician, HERE.free)
    assert is_told_to_wait(clinician.types("another long password"))


def test_the_mark_of_a_browser_names_nobody_and_cannot_be_made(clinician: Person) -> None:
    clinician.types()
    cookie = clinician.client.cookies[COOKIE]
    assert cookie["httponly"] and clinician.user.email not in cookie.value
    forged = coming_from(ELSEWHERE, clinician)
    forged.client.cookies[COOKIE] = cookie.value[:-2] + "xx"
    guesses(forged, HERE.free)
    assert is_told_to_wait(forged.types())


def test_an_unknown_address_is_told_to_wait_like_a_known_one(clinician: Person) -> None:
    pages = []
    for email in (clinician.user.email, "nobody@example.org"):
        stranger = coming_from(ELSEWHERE, clinician)
        pages.append([stranger.types("wrong wrong", email=email).status_code for _ in range(HERE.free + 2)])
    assert pages[0] == pages[1] and pages[0][-1] == 429


def test_guessing_at_many_accounts_from_one_place_is_slowed_down(clinician: Person) -> None:
    [*_, place] = tries.counts_of("password", "x", ELSEWHERE, "")
    Tries.objects.create(key=place.key, tries=PLACE.free, last_at=timezone.now())
    assert is_told_to_wait(coming_from(ELSEWHERE, clinician).types(email="yet-another@example.org"))
    assert coming_from(HOME, clinician).types().status_code == 302


def test_guessing_at_one_account_from_everywhere_is_slowed_down(clinician: Person) -> None:
    [_, account, _] = tries.counts_of("password", clinician.user.email, ELSEWHERE, "")
    Tries.objects.create(key=account.key, tries=ACCOUNT.free, last_at=timezone.now())
    assert is_told_to_wait(coming_from("203.0.113.1", clinician).types())


def test_a_new_password_by_letter_is_a_way_in_that_no_stranger_can_close(clinician: Person) -> None:
    from tests.journeys.signing_in import a_link

    class Actor:
        user_id = clinician.user.pk

    for count in tries.counts_of("password", clinician.user.email, HOME, ""):
        Tries.objects.create(key=count.key, tries=10**6, last_at=timezone.now())
    blocked = coming_from(HOME, clinician)
    assert is_told_to_wait(blocked.types())
    address = f"/sign-in/new-password/{a_link(Actor)}/"  # type: ignore[arg-type]
    assert blocked.client.post(address, {"password": "four herons by the mill"})["Location"] == "/sign-in/"
    assert blocked.types("four herons by the mill").status_code == 302


@pytest.mark.parametrize("proxies", [1, 0])
def test_nobody_gets_round_it_by_writing_an_address_of_their_own(clinician: Person, settings, proxies: int) -> None:
    """Behind one proxy of ours the last address in the header is what it heard; the others anybody may write."""
    settings.TRUSTED_PROXIES = proxies
    for number in range(HERE.free + 1):
        stranger = Person(clinician.user, Client(REMOTE_ADDR="10.0.0.1"))
        header = {"HTTP_X_FORWARDED_FOR": f"203.0.113.{number}, {ELSEWHERE}"}
        said = {"username": clinician.user.email, "password": "wrong wrong"}
        page = stranger.client.post("/sign-in/", said, **header)
    assert is_told_to_wait(page)


def test_behind_a_proxy_of_ours_each_has_their_own_address(clinician: Person, settings) -> None:
    settings.TRUSTED_PROXIES = 1
    stranger = Person(clinician.user, Client(REMOTE_ADDR="10.0.0.1", HTTP_X_FORWARDED_FOR=ELSEWHERE))
    guesses(stranger, HERE.free)
    colleague = Person(clinician.user, Client(REMOTE_ADDR="10.0.0.1", HTTP_X_FORWARDED_FOR=HOME))
    assert is_told_to_wait(stranger.types()) and colleague.types().status_code == 302


def test_a_second_factor_is_not_guessed_at_either(world: World, clinician: Person) -> None:
    an_app(world.clinician)
    stranger = coming_from(ELSEWHERE, clinician)
    stranger.types()
    pages = [stranger.code(f"{number:06}") for number in range(HERE.free + 1)]
    assert is_told_to_wait(pages[-1])
    assert is_told_to_wait(stranger.code(code_of(SECRET))), "the right one counts for nothing until they have waited"
    owner = coming_from(HOME, clinician)
    owner.types()
    assert owner.code(code_of(SECRET)).status_code == 302
    assert SignInRecord.objects.filter(happened=Happened.WRONG_SECOND_FACTOR).count() == HERE.free


@pytest.mark.parametrize("email", ["", "nobody@example.org"])
def test_a_program_that_does_not_wait_fills_no_disk(clinician: Person, email: str) -> None:
    stranger = coming_from(ELSEWHERE, clinician)
    for _ in range(HERE.free + 10):
        stranger.types("wrong wrong", email=email)
    rows = list(SignInRecord.objects.values_list("happened", flat=True))
    assert rows.count(Happened.WRONG_PASSWORD) == HERE.free and rows.count(Happened.TOLD_TO_WAIT) == 1


def test_what_is_counted_says_neither_who_nor_where_and_is_tidied_away(clinician: Person) -> None:
    guesses(coming_from(ELSEWHERE, clinician), 2)
    kept = " ".join(Tries.objects.values_list("key", flat=True))
    assert clinician.user.email not in kept and ELSEWHERE not in kept
    assert tries.tidy(timezone.now()) == 0
    assert tries.tidy(timezone.now() + timedelta(days=2)) == Tries.objects.count() + 3 == 3


def test_signing_in_takes_back_what_one_got_wrong_before(clinician: Person) -> None:
    for _ in range(3):
        guesses(clinician, HERE.free - 1)
        assert clinician.types().status_code == 302
        clinician.client.post("/sign-out/")
        clinician.client.cookies.pop(COOKIE)
