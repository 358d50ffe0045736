"""Second factors: set up, asked for, lost; and the scheme that asks for one."""

import re

import pytest
from allauth.mfa.models import Authenticator
from django.test import Client

from tests.factories import World
from tests.factories import member as member_of
from tests.journeys.signing_in import an_app
from tests.signing_in.conftest import Person, code_of, person_of
from tests.web.reading import text
from tests.web.scheme.test_setting_up import fields
from wraparound.events.action import Refused
from wraparound.organisations.actor import acting_as
from wraparound.organisations.models import Membership, Organisation, Scheme
from wraparound.organisations.roles import Role
from wraparound.signing_in.actions import forget_second_factors
from wraparound.signing_in.adapter import SecondFactors
from wraparound.signing_in.models import Happened, SignInRecord

pytestmark = pytest.mark.django_db

SECRET_ON_PAGE = re.compile(r'wr-secret">([A-Z2-7 ]+)<')
CODES_ON_PAGE = re.compile(r"<li>(\d{5}) (\d{5})</li>")


def set_up(client: Client) -> tuple[str, list[str]]:
    """Set an app up: its secret and the recovery codes."""
    page = client.get("/account/second-factor/app/").content.decode()
    [secret] = SECRET_ON_PAGE.findall(page)
    shown = client.post("/account/second-factor/app/", {"code": code_of(secret), "next": "/now/"}).content.decode()
    return secret, ["".join(code) for code in CODES_ON_PAGE.findall(shown)]


@pytest.fixture
def member(strict: World) -> Person:
    return person_of(strict, "clinician")


def test_a_scheme_that_asks_for_one_leads_to_set_up_before_anything_else(member: Person) -> None:
    member.types()
    for address in ("/", "/referrals/", "/refer/"):
        assert member.client.get(address)["Location"].startswith("/account/second-factor/?next=")
    assert member.client.post("/refer/", {}).headers["Location"].startswith("/account/second-factor/")
    assert "asks everybody who works in it" in text(member.client.get("/account/second-factor/"))


def test_set_up_leads_on_and_from_then_on_it_is_asked_for(member: Person) -> None:
    member.types()
    before = member.client.session.session_key
    secret, codes = set_up(member.client)
    assert len(set(codes)) == 10
    assert member.client.session.session_key != before
    assert member.client.get("/referrals/").status_code == 200
    other = Person(member.user, Client())
    assert other.types()["Location"] == "/sign-in/second/"
    assert other.client.get("/referrals/")["Location"].startswith("/sign-in/"), "the password alone opens nothing"
    assert other.client.get("/account/")["Location"].startswith("/sign-in/")
    assert other.code(code_of(secret, 1))["Location"] == "/"
    assert other.client.get("/referrals/").status_code == 200


def test_a_code_counts_once(member: Person) -> None:
    member.types()
    secret, _ = set_up(member.client)
    code = code_of(secret, 1)
    first, second = Person(member.user, Client()), Person(member.user, Client())
    first.types(), second.types()
    assert first.code(code).status_code == 302
    page = second.code(code)
    assert page.status_code == 200 and "This code is not right, or it was used before" in text(page)


def test_a_recovery_code_counts_once_and_says_how_many_are_left(member: Person) -> None:
    member.types()
    _, codes = set_up(member.client)
    first, second = Person(member.user, Client()), Person(member.user, Client())
    first.types(), second.types()
    assert first.code(f" {codes[0][:5]} {codes[0][5:]}").status_code == 302
    assert "Recovery codes left: 9." in text(first.client.get("/account/"))
    assert second.code(codes[0]).status_code == 200


def test_recovery_codes_are_shown_once(member: Person) -> None:
    member.types()
    _, codes = set_up(member.client)
    for address in ("/account/", "/account/second-factor/codes/"):
        page = member.client.get(address).content.decode()
        assert not [code for code in codes if code in page.replace(" ", "")]
    again = member.client.post("/account/second-factor/codes/").content.decode()
    new = ["".join(code) for code in CODES_ON_PAGE.findall(again)]
    assert len(new) == 10 and not set(new) & set(codes)
    other = Person(member.user, Client())
    other.types()
    assert other.code(codes[0]).status_code == 200, "the old ones are good for nothing"


def test_secrets_are_not_readable_in_the_database(member: Person) -> None:
    member.types()
    secret, codes = set_up(member.client)
    kept = " ".join(str(row.data) for row in Authenticator.objects.all())
    assert secret.replace(" ", "") not in kept and not [code for code in codes if code in kept]


def test_an_app_outlives_the_servers_secret_key_where_the_former_one_is_known(member: Person, settings) -> None:
    member.types()
    secret, codes = set_up(member.client)
    settings.SECRET_KEY, settings.SECRET_KEY_FALLBACKS = "another " * 10, [settings.SECRET_KEY]
    first = Person(member.user, Client())
    first.types()
    assert first.code(code_of(secret, 1)).status_code == 302
    settings.SECRET_KEY_FALLBACKS = []
    [row] = Authenticator.objects.filter(type="totp")
    assert SecondFactors().decrypt(row.data["secret"]) == secret.replace(" ", "")
    second = Person(member.user, Client())
    second.types()
    assert second.code(codes[0]).status_code == 200, "what cannot be read any more opens nothing, and breaks nothing"


def test_the_wrong_code_sets_nothing_up(member: Person) -> None:
    member.types()
    member.client.get("/account/second-factor/app/")
    page = member.client.post("/account/second-factor/app/", {"code": "000000"})
    assert page.status_code == 200 and not Authenticator.objects.exists()


def test_ten_minutes_after_the_password_one_begins_again(member: Person, at) -> None:
    member.types()
    secret, _ = set_up(member.client)
    other = Person(member.user, Client())
    other.types()
    at(10 * 60 + 1)
    assert other.code(code_of(secret, 1))["Location"] == "/sign-in/"


def test_changing_how_one_signs_in_asks_again_who_sits_there(member: Person, at) -> None:
    member.types()
    set_up(member.client)
    assert member.client.get("/account/password/").status_code == 200
    at(10 * 60 + 1)
    for address in ("/account/password/", "/account/second-factor/app/", "/account/second-factor/codes/"):
        assert member.client.get(address)["Location"].startswith("/account/sure/?next=")
        assert member.client.post(address, {"password": "another long one"})["Location"].startswith("/account/sure/")
    page = member.client.post("/account/sure/", {"password": "a long enough password"})
    assert page.status_code == 200, "who has a second factor is asked for that"


def test_the_last_one_cannot_be_removed_where_one_is_asked_for(member: Person) -> None:
    member.types()
    set_up(member.client)
    [row] = Authenticator.objects.filter(type="totp")
    address = f"/account/second-factor/{row.pk}/remove/"
    assert "Set up another one first" in text(member.client.get(address))
    member.client.post(address)
    assert Authenticator.objects.filter(pk=row.pk).exists()


def test_elsewhere_it_can_and_its_recovery_codes_go_with_it(clinician: Person) -> None:
    clinician.types()
    set_up(clinician.client)
    [row] = Authenticator.objects.filter(type="totp")
    assert clinician.client.post(f"/account/second-factor/{row.pk}/remove/")["Location"] == "/account/"
    assert not Authenticator.objects.exists()
    assert Person(clinician.user, Client()).types()["Location"] == "/", "nothing is asked for any more"


def test_nobody_removes_anothers(world: World, clinician: Person) -> None:
    clinician.types()
    set_up(clinician.client)
    [row] = Authenticator.objects.filter(type="totp")
    stranger = person_of(world, "adviser")
    stranger.types()
    assert stranger.client.post(f"/account/second-factor/{row.pk}/remove/").status_code == 404
    assert Authenticator.objects.filter(pk=row.pk).exists()


def test_an_administrator_takes_away_what_a_colleague_has_lost(member: Person, strict: World) -> None:
    member.types()
    set_up(member.client)
    held = Membership.objects.get(user=member.user)
    with acting_as(strict.administrator):
        forget_second_factors(by=strict.administrator, membership=held)
    assert member.client.get("/referrals/")["Location"].startswith("/sign-in/")
    assert Person(member.user, Client()).types()["Location"] == "/"
    assert SignInRecord.objects.filter(user=member.user, happened=Happened.SECOND_FACTOR_FORGOTTEN).exists()


def test_the_page_for_it_is_an_administrators_own_organisations_or_schemes(world: World) -> None:
    lost = person_of(world, "receptionist")
    an_app(world.receptionist)
    address = f"/second-factors/{world.receptionist.membership_id}/forget/"
    for chair, status in (("clinician", 403), ("voluntary", 404), ("administrator", 302)):
        somebody = person_of(world, chair)
        somebody.types()
        assert somebody.client.post(address).status_code == status, chair
        assert Authenticator.objects.filter(user=lost.user).exists() is (status != 302)
    assert "has no second factor" in text(somebody.client.post(address))


def test_an_organisations_own_administrator_does_it_for_its_people(world: World) -> None:
    theirs = member_of(
        world.scheme, Organisation.objects.get(pk=world.voluntary.organisation_id), Role.RECEPTIONIST, "Al"
    )
    an_app(theirs)
    somebody = person_of(world, "voluntary")
    somebody.types()
    address = f"/second-factors/{theirs.membership_id}/forget/"
    assert "Be sure that it is they who ask" in text(somebody.client.get(address))
    assert somebody.client.post(address)["Location"] == "/members/"
    assert not Authenticator.objects.filter(user=theirs.user_id).exists()


def test_an_organisations_own_administrator_does_not_reach_up_to_the_schemes(world: World) -> None:
    above = Membership.objects.get(pk=world.administrator.membership_id)
    below = member_of(world.scheme, world.practice, Role.RECEPTIONIST, "Al Reed", administers=True)
    an_app(world.administrator)
    with acting_as(below), pytest.raises(Refused) as refused:
        forget_second_factors(by=below, membership=above)
    assert refused.value.code == "of_the_scheme"
    assert Authenticator.objects.filter(user=above.user).exists()


def test_whether_one_is_asked_for_is_the_schemes_to_set(world: World) -> None:
    administrator = person_of(world, "administrator")
    administrator.types()
    page = administrator.client.get("/scheme/settings/")
    administrator.client.post("/scheme/settings/", {**fields(page), "second_factor": "yes"})
    assert Scheme.objects.get(pk=world.scheme.pk).second_factor
    assert administrator.client.get("/scheme/")["Location"].startswith("/account/second-factor/")


def test_a_scheme_made_anew_asks_for_one() -> None:
    assert Scheme(name="Northside").second_factor


def test_a_scheme_that_asks_for_none_says_so_and_asks_who_has_one(clinician: Person) -> None:
    clinician.types()
    assert "does not ask for a second factor, since everybody in it is invented" in text(
        clinician.client.get("/account/")
    )
    secret, _ = set_up(clinician.client)
    other = Person(clinician.user, Client())
    assert other.types()["Location"] == "/sign-in/second/"
    assert other.code(code_of(secret, 1)).status_code == 302


def test_what_became_of_an_account_is_told_by_letter(clinician: Person) -> None:
    from django.db import connection

    clinician.types()
    set_up(clinician.client)
    with connection.cursor() as cursor:
        rows = cursor.execute("SELECT task_name, args->>'what' FROM procrastinate_jobs").fetchall()
    assert ("messaging.write_notice", "second_factor_added") in rows
