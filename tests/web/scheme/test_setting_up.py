"""The administrator's pages, as a browser asks for them."""

import re
from datetime import timedelta
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from tests.factories import World, make_world, member
from tests.web.conftest import SignIn
from tests.web.reading import errors, text
from tests.web.working import questions
from wraparound.organisations.actor import acting_as
from wraparound.organisations.members import end_membership
from wraparound.organisations.models import (
    HelpNow,
    Invitation,
    Membership,
    Organisation,
    Partner,
    SafeguardingLead,
    Scheme,
    Team,
    User,
)
from wraparound.organisations.roles import Role

PASSWORD = "eleven swans at dusk"


@pytest.fixture
def browser(world: World, sign_in: SignIn) -> Client:
    return sign_in(world.administrator)


def fields(answer: Any) -> dict[str, Any]:
    """What the page's form would send as it stands: hidden fields, inputs, and what is chosen."""
    page = answer.content.decode()
    found: dict[str, Any] = {}
    for tag in re.findall(r"<input[^>]*>", page):
        at = dict(re.findall(r'(\w+)="([^"]*)"', tag))
        if at.get("type") == "checkbox" and " checked" in tag:
            found.setdefault(at["name"], []).append(at["value"])
        elif at.get("type") not in ("radio", "checkbox") or " checked" in tag:
            found[at.get("name", "")] = at.get("value", "")
    for name, options in re.findall(r'<select[^>]*name="(\w+)"[^>]*>(.*?)</select>', page, flags=re.DOTALL):
        chosen = re.search(r'<option value="([^"]*)"[^>]* selected', options)
        found[name] = chosen[1] if chosen else ""
    return {name: value for name, value in found.items() if name and name != "csrfmiddlewaretoken"}


def test_the_scheme_says_what_it_is_and_what_is_missing(browser: Client, world: World) -> None:
    page = text(browser.get("/scheme/"))
    assert "Name a same-day lead for Link workers" in page
    assert "Name a safeguarding lead for Elm Street Surgery" in page
    assert "Co-located services" in page and "Version 1" in page


def test_a_form_saved_as_it_stands_changes_nothing(browser: Client, world: World) -> None:
    """What was chosen before is chosen still: a list that forgot it would take it away."""
    scheme = Scheme.objects.filter(pk=world.scheme.pk)
    scheme.update(front_door=world.practice, slug="here", codes_only=True)
    before = scheme.values().get()
    assert browser.post("/scheme/settings/", fields(browser.get("/scheme/settings/"))).status_code == 302
    assert scheme.values().get() == before
    team = Team.objects.filter(pk=world.advice.pk)
    held = team.values().get()
    address = f"/scheme/teams/{world.advice.pk}/"
    assert browser.post(address, fields(browser.get(address))).status_code == 302
    assert team.values().get() == held
    role = Membership.objects.filter(pk=world.link_worker.membership_id)
    was = role.values().get()
    address = f"/scheme/people/{world.link_worker.membership_id}/"
    assert browser.post(address, fields(browser.get(address))).status_code == 302
    assert role.values().get() == was


def test_what_another_administrator_changed_meanwhile_is_not_overwritten(browser: Client, world: World) -> None:
    stale = fields(browser.get("/scheme/settings/"))
    Scheme.objects.filter(pk=world.scheme.pk).update(codes_only=True)
    page = browser.post("/scheme/settings/", stale | {"name": "Typed with care"})
    assert errors(page)[0].startswith("Another administrator changed this while you were typing.")
    assert 'value="Typed with care"' in page.content.decode()
    assert Scheme.objects.get(pk=world.scheme.pk).codes_only


def test_a_practice_is_found_by_code_or_name_and_added_once(browser: Client, world: World) -> None:
    known = Organisation.objects.create(name="Ash Lane Surgery", kind="practice", ods_code="A10001", postcode="E3 4QX")
    for asked in ("a10001", "ash la", "E3 4"):
        assert "Ash Lane Surgery" in text(browser.get("/scheme/organisations/add/", {"q": asked}))
    for _ in range(2):
        browser.post("/scheme/organisations/add/", {"organisation": known.pk})
    assert Partner.objects.filter(scheme=world.scheme, organisation=known, ended=None).count() == 1
    assert "Nothing is known by" in text(browser.get("/scheme/organisations/add/?q=ash+lane"))
    assert browser.post("/scheme/organisations/add/", {"organisation": "none"}).status_code == 404
    assert browser.post(f"/scheme/organisations/{known.pk}/remove/").status_code == 302
    assert "Ash Lane Surgery is not in the scheme any more" in text(browser.get("/scheme/organisations/"))
    assert "Ash Lane Surgery" not in text(browser.get("/scheme/organisations/"))


def test_an_organisation_with_members_says_why_it_stays(browser: Client, world: World) -> None:
    page = browser.post(f"/scheme/organisations/{world.practice.pk}/remove/")
    assert "people have a role in Elm Street Surgery. End that first" in text(page)


def test_a_list_of_a_thousand_is_paged_and_asks_no_more_for_it(browser: Client, world: World) -> None:
    few = questions(browser, "/scheme/organisations/")
    made = Organisation.objects.bulk_create(
        Organisation(name=f"Surgery {number:04}", kind="practice", ods_code=f"B{number:05}") for number in range(1167)
    )
    Partner.objects.bulk_create(Partner(scheme=world.scheme, organisation=each) for each in made)
    assert questions(browser, "/scheme/organisations/") <= few
    page, seen = browser.get("/scheme/organisations/"), 0
    while True:
        seen += len(re.findall(r"/remove/", page.content.decode()))
        following = re.search(r'href="(\?after=[^"]+)"', page.content.decode())
        if not following:
            break
        page = browser.get("/scheme/organisations/" + following[1].replace("&amp;", "&"))
    assert seen == Partner.objects.filter(scheme=world.scheme, ended=None).count()
    assert "Codes of the practices" in text(browser.get("/scheme/teams/new/"))


def test_a_team_for_practices_named_by_code(browser: Client, world: World) -> None:
    made = Organisation.objects.bulk_create(
        Organisation(name=f"Surgery {number:04}", kind="practice", ods_code=f"B{number:05}") for number in range(70)
    )
    Partner.objects.bulk_create(Partner(scheme=world.scheme, organisation=each) for each in made)
    said = {"organisation_id": world.social.organisation_id, "name": "North", "service": "social_prescribing"}
    page = browser.post("/scheme/teams/new/", said | {"codes": "B00001 X99999"})
    assert errors(page) == ["No practice of this scheme has the code X99999"]
    assert browser.post("/scheme/teams/new/", said | {"codes": "b00001, B00002"}).status_code == 302
    assert len(Team.objects.get(scheme=world.scheme, name="North").serves) == 2


def test_a_number_is_shown_to_referrers_until_it_is_taken_away(browser: Client, world: World) -> None:
    said = {"flag": "no_food", "when": "always", "name": "Food bank", "number": "020 7946 0002"}
    assert browser.post("/scheme/numbers/new/", said).status_code == 302
    assert "Food bank" in text(browser.get("/scheme/numbers/"))
    held = HelpNow.objects.get(scheme=world.scheme, name="Food bank")
    for _ in range(2):
        assert browser.post(f"/scheme/numbers/{held.pk}/end/").status_code in (302, 404)
    assert "Food bank is not shown any more for: no food." in text(browser.get("/scheme/numbers/"))
    assert "Food bank" not in text(browser.get("/scheme/numbers/"))


def test_a_safeguarding_lead_is_named(browser: Client, world: World) -> None:
    address = f"/scheme/organisations/{world.practice.pk}/lead/"
    assert browser.post(address, {"lead": world.clinician.user_id, "deputy": ""}).status_code == 302
    assert SafeguardingLead.objects.get(scheme=world.scheme, organisation=world.practice).deputy is None
    assert "Dr Amara Okafor" in text(browser.get("/scheme/organisations/"))
    page = browser.post(address, {"lead": world.adviser.user_id})
    assert errors(page) == ["Select the safeguarding lead"]


def invite(browser: Client, world: World, email: str = "mei@example.org") -> str:
    """The address of the link that the page shows."""
    said = {"name": "Mei Chen", "email": email, "organisation": world.practice.pk, "role": "clinician", "team": ""}
    page = browser.post("/scheme/people/invite/", said)
    assert "shown now and never again" in text(page)
    [link] = re.findall(r"http://testserver(/invitation/[^<]+/)", page.content.decode())
    return str(link)


def test_somebody_new_comes_in_by_their_link_once(browser: Client, world: World) -> None:
    link = invite(browser, world)
    assert link not in browser.get("/scheme/people/").content.decode()
    assert "mei@example.org" in text(browser.get("/scheme/people/"))
    newcomer = Client()
    page = newcomer.get(link)
    assert "You are invited to" in text(page) and "Elm Street Surgery" in text(page)
    page = newcomer.post(link, {"name": "Mei Chen", "password": "short"})
    assert errors(page) and "short" not in page.content.decode().replace("too short", "")
    answer = newcomer.post(link, {"name": "Mei Chen", "password": PASSWORD})
    assert answer["Location"] == "/"
    assert "Mei Chen" in text(newcomer.get("/referrals/"))
    assert "It has been accepted already" in text(Client().get(link))
    assert Membership.objects.filter(user__email="mei@example.org", ended=None).count() == 1


def test_an_existing_user_signs_in_and_gains_the_membership(browser: Client, world: World, sign_in: SignIn) -> None:
    user = User.objects.get(pk=world.adviser.user_id)
    link = invite(browser, world, user.email)
    page = Client().get(link)
    assert "Sign in to accept" in text(page) and f"/sign-in/?next={link}" in page.content.decode()
    other = sign_in(world.link_worker).get(link)
    assert "You are signed in with another email address" in text(other)
    theirs = sign_in(world.adviser)
    assert theirs.post(link).status_code == 302
    assert user.memberships.filter(organisation=world.practice, ended=None).exists()
    assert "Elm Street Surgery" in text(theirs.get("/acting-for/"))


def test_a_link_that_was_withdrawn_ran_out_or_is_none_says_what_to_do(browser: Client, world: World) -> None:
    link = invite(browser, world)
    held = Invitation.objects.get()
    Invitation.objects.update(expires_at=held.made_at - timedelta(days=1))
    assert "It ran out on" in text(Client().get(link)) and "Ask Yusuf Demir" in text(Client().get(link))
    browser.post(f"/scheme/invitations/{held.pk}/withdraw/")
    assert "It was withdrawn" in text(Client().post(link, {"name": "Mei", "password": PASSWORD}))
    answer = Client().get("/invitation/nothing/")
    assert answer.status_code == 404 and "The link is not complete" in text(answer)


def test_members_are_found_by_name_place_and_role_and_paged(browser: Client, world: World) -> None:
    for number in range(30):
        member(world.scheme, world.practice, Role.RECEPTIONIST, f"Zoë {number:02}")
    first = browser.post("/scheme/people/", {"q": "zo"})
    assert "Next page" in text(first)
    second = browser.post("/scheme/people/", {"q": fields(first)["q"], "after": fields(first)["after"]})
    assert "First page" in text(second)
    both = text(first) + text(second)
    assert all(f"Zoë {number:02}" in both for number in range(30))
    place = world.social.organisation_id
    narrowed = text(browser.post("/scheme/people/", {"organisation": place, "role": "link_worker"}))
    assert "Leila Haddad" in narrowed and "Ana Sousa" not in narrowed
    assert "Nobody like that" in text(browser.post("/scheme/people/", {"q": "nobody at all"}))
    assert "Leila Haddad" in text(browser.get("/scheme/people/?q=zo"))


def test_who_is_ended_is_out_at_the_next_press(browser: Client, world: World, sign_in: SignIn) -> None:
    theirs = sign_in(world.receptionist)
    assert theirs.get("/referrals/").status_code == 200
    assert browser.post(f"/scheme/people/{world.receptionist.membership_id}/end/").status_code == 302
    assert theirs.get("/referrals/")["Location"].startswith("/sign-in/")
    page = browser.post(f"/scheme/people/{world.administrator.membership_id}/end/")
    assert "The scheme needs an administrator" in text(page)


def test_a_supervisor_who_leaves_is_missed_by_name(browser: Client, world: World) -> None:
    address = f"/scheme/people/{world.advice_supervisor.membership_id}/end/"
    assert "Welfare advisers has no same-day lead now" in text(browser.post(address, follow=True))


def csv(*lines: str) -> SimpleUploadedFile:
    return SimpleUploadedFile("rows.csv", "\r\n".join(lines).encode(), "text/csv")


def test_users_from_a_file_all_or_the_good_ones(browser: Client, world: World) -> None:
    code = world.practice.ods_code
    head, good = "name,email,organisation,role", f"Mei Chen,mei@example.org,{code},Clinician"
    page = browser.post("/scheme/people/file/", {"file": csv(head, good, f"Tom,tom,{code},Clinician")})
    assert errors(page) == ["1 line is wrong. Nothing was kept."]
    assert "Line 3: Enter an email address" in text(page) and not Invitation.objects.exists()
    kept = browser.post("/scheme/people/file/", {"text": fields(page)["text"]})
    assert "1 invitation made" in text(kept) and "1 line left out" in text(kept)
    again = browser.post("/scheme/people/file/", {"file": csv(head, good)})
    assert "1 line named somebody who is a member or invited already" in text(again)
    assert Invitation.objects.count() == 1


@pytest.mark.parametrize(
    ("content", "says"),
    [(b"", "The file is empty"), (b"name\n", "the file has no column"), (b"name,email\xff", "not in UTF-8"),
     (b"x" * 400_001, "must be smaller than 400 kB. Take it in by parts"), (b"x" * 400_001, "wraparound import teams."),
     (b"name\n" + b"x\n" * 2001, "The file has 2,001 lines, and this page takes 2,000 at the most. Take it in"),
     (b"name\n" + b"x,y\n" * 2001, "wraparound import teams.")],
)  # fmt: skip
def test_a_file_that_is_no_table_is_refused_on_the_page(browser: Client, content: bytes, says: str) -> None:
    page = browser.post("/scheme/teams/file/", {"file": SimpleUploadedFile("rows.csv", content, "text/csv")})
    assert page.status_code == 200 and says in errors(page)[0]


def test_teams_from_a_file(browser: Client, world: World) -> None:
    rows = csv("name,organisation,service,phone", "North,Neighbourly,Social prescribing,020 7946 0007")
    page = browser.post("/scheme/teams/file/", {"file": rows}, follow=True)
    assert "1 team made or changed" in text(page) and "North" in text(page)


def test_another_schemes_things_are_not_there(browser: Client, world: World) -> None:
    elsewhere = make_world()
    with acting_as(elsewhere.administrator):
        gone = end_membership(
            by=elsewhere.administrator, membership=Membership.objects.get(pk=elsewhere.receptionist.membership_id)
        ).membership
    for address in (
        f"/scheme/teams/{elsewhere.social.pk}/",
        f"/scheme/people/{elsewhere.clinician.membership_id}/",
        f"/scheme/people/{gone.pk}/end/",
        f"/scheme/organisations/{elsewhere.practice.pk}/lead/",
        f"/scheme/pathway/versions/{elsewhere.scheme.pathway_version_id}/",
    ):
        assert browser.get(address).status_code == 404, address
        assert browser.post(address).status_code in (404, 405), address
    page = text(browser.get("/scheme/people/"))
    assert User.objects.get(pk=elsewhere.clinician.user_id).email not in page
