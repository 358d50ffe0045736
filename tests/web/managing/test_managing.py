"""The team's page, hours and leave, and giving people away, as a browser asks for them."""

import re
from datetime import date

import pytest

from tests.factories import NOW, World, details, member, referral_to, referred
from tests.web.reading import errors, text
from tests.web.working import questions
from wraparound.casework.reassigning import Why, reassign
from wraparound.casework.to_do import add_task
from wraparound.organisations.actor import Actor, acting_as
from wraparound.organisations.models import Leave, Membership, Team, User, WorkingTime
from wraparound.organisations.roles import Role
from wraparound.organisations.working_time import set_leave, set_working_time
from wraparound.referrals.actions import claim
from wraparound.referrals.asking import answer as answer_question
from wraparound.referrals.asking import ask
from wraparound.referrals.models import Referral
from wraparound.web.managing.forms import as_typed, minutes_of

pytestmark = pytest.mark.django_db
WEEK = [450, 450, 450, 450, 450, 0, 0]
HOURS = {"monday": "7.5", "tuesday": "7:30", "wednesday": "", "places": "30", "weight": "100", "takes_new": "yes"}


def membership(actor: Actor) -> Membership:
    return Membership.objects.get(pk=actor.membership_id)


def works(who: Actor, places: int = 30, **more: object) -> None:
    with acting_as(who):
        set_working_time(by=who, membership=membership(who), minutes=WEEK, places=places, **more)


def away(who: Actor, cover: Actor | None = None, starts: date = date(2026, 11, 30)) -> Leave:
    with acting_as(who):
        mine = membership(who)
        return set_leave(
            by=who, membership=mine, starts=starts, ends=date(2026, 12, 4), cover=cover and membership(cover)
        )


def held(world: World, number: int, by: Actor | None) -> Referral:
    person = details(given_names=f"Person{number}", family_name="Test", date_of_birth=None, postcode="")
    referral = referral_to(referred(world, person=person, advice_ticked=False), world.link_worker)
    if by is None:
        return referral
    with acting_as(by):
        return claim(by=by, referral=referral)


def manager(world: World) -> Actor:
    return member(world.scheme, world.social.organisation, Role.SERVICE_MANAGER, "Ines Duarte")


def names(world: World) -> list[str]:
    with acting_as(world.link_supervisor):
        return [each.worker.name if each.worker else "" for each in Referral.objects.order_by("pk")]


def hidden(answer, name: str) -> list[str]:
    return re.findall(rf'<input type="hidden" name="{name}" value="([^"]*)">', answer.content.decode())


@pytest.mark.parametrize(
    ("typed", "minutes"),
    [("7.5", 450), ("7,5", 450), ("7:30", 450), ("7h30", 450), ("7h", 420), ("8", 480), ("7 hours 20 minutes", 440),
     ("0", 0), ("7.25", 435), ("7:60", None), ("a day", None), ("-1", None), ("7.5.1", None), ("700", None)],
)  # fmt: skip
def test_hours_are_read_as_people_write_them(typed: str, minutes: int | None) -> None:
    assert minutes_of(typed) == minutes


@pytest.mark.parametrize("minutes", [0, 60, 450, 440, 435, 1440, 1])
def test_hours_are_shown_as_they_may_be_typed(minutes: int) -> None:
    assert (minutes_of(as_typed(minutes)) if minutes else 0) == minutes


def test_the_page_says_room_load_hours_and_leave(world, sign_in) -> None:
    works(world.link_worker)
    works(world.second_link_worker, places=1)
    away(world.link_worker)
    away(world.second_link_worker, cover=world.link_supervisor)
    held(world, 1, world.second_link_worker)
    held(world, 2, None)
    for who in (world.link_supervisor, manager(world)):
        shown = text(sign_in(who).get("/team/"))
        assert "29 places free" in shown
        assert "31 2 29 0 1" in shown
        assert "37.5 hours a week: Monday to Friday" in shown
        assert "1 of 1 Full" in shown
        assert "Grace Obi looks after their people" in shown
        assert "Away with nobody to look after their people Leila Haddad : Monday 30 November to Friday 4" in shown


def test_a_team_without_limit_has_no_bar_and_says_so(world, sign_in) -> None:
    answer = sign_in(world.link_supervisor).get("/team/")
    assert "No limit" in text(answer) and 'class="wr-room"' not in answer.content.decode()
    assert "Not set" in text(answer)


def test_it_is_the_organisations_own_and_for_who_shares_out(world, sign_in) -> None:
    assert sign_in(world.link_worker).get("/team/").status_code == 403
    shown = text(sign_in(world.advice_supervisor).get("/team/"))
    assert "Welfare advisers" in shown and "Leila Haddad" not in shown


def test_why_nobody_can_take_what_is_unclaimed_is_said_and_sharing_it_out_is_one_button(world, sign_in) -> None:
    held(world, 1, None)
    browser = sign_in(world.link_supervisor)
    # Nobody's hours are known and nothing is shared out: people claim for themselves.
    assert "Nobody can take" not in text(browser.get("/team/"))
    Team.objects.filter(pk=world.social.pk).update(shares_out=True)
    said = "Nobody can take 1 unclaimed referral now: no worker of the team has hours yet"
    assert said in text(browser.get("/team/")) and "Share out 1" not in text(browser.get("/team/"))
    works(world.link_worker, takes_new=False)
    assert "now: 1 is taking nobody new" in text(browser.get("/team/"))
    works(world.link_worker)
    assert "Share out 1 unclaimed" in text(browser.get("/team/"))
    answer = browser.post(f"/teams/{world.social.pk}/share-out/", follow=True)
    assert "1 referral was shared out." in text(answer)
    assert names(world) == ["Leila Haddad"]
    again = browser.post(f"/teams/{world.social.pk}/share-out/", follow=True)
    assert "Nothing is unclaimed." in text(again)


def test_the_page_asks_the_same_for_many_workers_and_people(world, sign_in) -> None:
    browser = sign_in(manager(world))
    works(world.link_worker)
    away(world.link_worker)
    held(world, 0, world.link_worker)
    held(world, 1, None)
    few = questions(browser, "/team/")
    for number in range(4):
        another = member(world.scheme, world.social.organisation, Role.LINK_WORKER, f"Worker {number}", world.social)
        works(another)
        away(another)
        held(world, number + 2, another)
    assert questions(browser, "/team/") == few < 20


def test_the_teams_room_is_set_and_a_day_gone_by_is_refused_beside_it(world, sign_in) -> None:
    browser = sign_in(world.link_supervisor)
    address = f"/teams/{world.social.pk}/capacity/"
    until = {"closed_until-day": "4", "closed_until-month": "1", "closed_until-year": "2020"}
    answer = browser.post(address, {"places": "-1", **until})
    assert errors(answer) == ["Places must be from 0 to 9,990."]
    answer = browser.post(address, {"places": "40", **until})
    assert errors(answer) == ["Choose a day after today, or leave it empty to take people now."]
    assert 'value="2020"' in answer.content.decode()
    saved = browser.post(
        address, {"places": "40", **until, "closed_until-year": "2027", "shares_out": "yes"}, follow=True
    )
    assert "Closed until Monday 4 January 2027" in text(saved)
    team = Team.objects.get(pk=world.social.pk)
    assert (team.places, team.shares_out) == (40, True)


def test_my_hours_are_mine_to_set(world, sign_in) -> None:
    me = world.link_worker
    browser = sign_in(me)
    assert "No hours are set yet." in text(browser.get("/hours/"))
    answer = browser.post(f"/workers/{me.membership_id}/hours/", HOURS, follow=True)
    shown = text(answer)
    assert "Hours saved." in shown and "Monday 7.5 hours Tuesday 7.5 hours Each week 15 hours" in shown
    assert WorkingTime.objects.get(membership_id=me.membership_id).minutes == [450, 450, 0, 0, 0, 0, 0]
    assert browser.get(f"/workers/{world.second_link_worker.membership_id}/hours/").status_code == 404
    assert browser.post(f"/workers/{world.second_link_worker.membership_id}/hours/", HOURS).status_code == 404


def test_hours_that_make_no_sense_stay_as_they_were_typed(world, sign_in) -> None:
    me = world.link_worker
    sent = HOURS | {"monday": "seven", "tuesday": "25", "places": "5000", "weight": ""}
    answer = sign_in(me).post(f"/workers/{me.membership_id}/hours/", sent)
    assert errors(answer) == [
        "Monday must be hours, like 7.5 or 7:30", "Tuesday must be 24 hours or fewer", "Enter the share in per cent",
    ]  # fmt: skip
    assert 'value="seven"' in answer.content.decode()
    answer = sign_in(me).post(f"/workers/{me.membership_id}/hours/", HOURS | {"places": "5000"})
    assert errors(answer) == ["Places must be from 0 to 999."]


def test_leave_is_added_changed_and_cancelled(world, sign_in) -> None:
    me, tom = world.link_worker, world.second_link_worker
    browser = sign_in(me)
    add = f"/workers/{me.membership_id}/leave/"
    days = {"starts-day": "1", "starts-month": "12", "starts-year": "2026",
            "ends-day": "4", "ends-month": "12", "ends-year": "2026"}  # fmt: skip
    assert "Leave saved, without cover yet." in text(browser.post(add, {**days, "cover": ""}, follow=True))
    assert errors(browser.post(add, {**days, "cover": ""})) == [
        "Leila Haddad is already away from Tuesday 1 December to Friday 4 December."
    ]
    leave = Leave.objects.get()
    page = browser.get(f"/leave/{leave.pk}/").content.decode()
    assert 'value="2026"' in page and "Tom Price" in page and "Ana Sousa" not in page
    changed = browser.post(
        f"/leave/{leave.pk}/", {**days, "ends-day": "2", "cover": str(tom.membership_id)}, follow=True
    )
    assert "Tuesday 1 December to Wednesday 2 December" in text(changed)
    assert "Tom Price looks after their people" in text(changed)
    assert "You look after the people of Leila Haddad" in text(sign_in(tom).get("/hours/"))
    current = Leave.objects.get(cancelled_at=None)
    assert sign_in(tom).get(f"/leave/{current.pk}/").status_code == 404
    assert "Cancelled: Tuesday 1 December" in text(browser.post(f"/leave/{current.pk}/cancel/", follow=True))
    assert browser.post(f"/leave/{current.pk}/cancel/").status_code == 404


def test_a_manager_opens_a_workers_page_and_nobody_elses(world, sign_in) -> None:
    browser = sign_in(manager(world))
    assert "Hours and leave" in text(browser.get(f"/workers/{world.link_worker.membership_id}/"))
    for nobody in (world.adviser, world.clinician):
        assert browser.get(f"/workers/{nobody.membership_id}/").status_code == 404


def test_people_are_chosen_shown_and_given(world, sign_in) -> None:
    leila, tom = world.link_worker, world.second_link_worker
    mine = [held(world, number, leila) for number in range(3)]
    browser = sign_in(world.link_supervisor)
    assert "Leila Haddad (3 people)" in text(browser.get("/team/give/"))
    address = f"/team/give/?whose={leila.user_id}"
    assert "Person0 Test" in text(browser.get(address))
    sent = {"step": "preview", "people": [str(mine[0].pk), str(mine[2].pk)], "to": str(tom.user_id), "why": "left"}
    preview = browser.post(address, sent)
    assert "2 people to Tom Price" in text(preview) and names(world) == ["Leila Haddad"] * 3
    kept = {name: hidden(preview, name) for name in ("people", "to", "why", "give")}
    back = browser.post(address, {**kept, "step": "change"}).content.decode()
    assert back.count("checked") == 3
    done = browser.post(address, {**kept, "step": "confirm"}, follow=True)
    assert "2 people were given: 2 to Tom Price. They are told." in text(done)
    assert names(world) == ["Tom Price", "Leila Haddad", "Tom Price"]


def test_all_are_shared_among_those_with_hours_and_room(world, sign_in) -> None:
    leila, tom, grace = world.link_worker, world.second_link_worker, world.link_supervisor
    for number in range(4):
        held(world, number, leila)
    works(tom, places=2)
    works(grace, places=1)
    browser = sign_in(manager(world))
    address = f"/team/give/?whose={leila.user_id}"
    sent = {"step": "preview", "people": ["all"], "to": "share-out", "why": "away",
            "among": [str(tom.user_id), str(grace.user_id)]}  # fmt: skip
    preview = browser.post(address, sent)
    said = text(preview)
    assert "1 person to Grace Obi" in said and "2 people to Tom Price" in said
    assert "1 person stays where they are:" in said
    kept = {name: hidden(preview, name) for name in ("people", "to", "why", "among", "give")}
    browser.post(address, {**kept, "step": "confirm"})
    assert sorted(names(world)) == ["Grace Obi", "Leila Haddad", "Tom Price", "Tom Price"]


def test_what_changed_between_preview_and_confirming_is_said_and_nothing_is_given(world, sign_in) -> None:
    leila, tom = world.link_worker, world.second_link_worker
    mine = [held(world, number, leila) for number in range(2)]
    browser = sign_in(world.link_supervisor)
    address = f"/team/give/?whose={leila.user_id}"
    give = [f"{each.pk}:{tom.user_id}" for each in mine]
    sent = {"step": "confirm", "people": ["all"], "to": str(tom.user_id), "why": "left"}
    with acting_as(leila):
        Referral.objects.filter(pk=mine[0].pk).update(worker=User.objects.get(pk=tom.user_id))
    answer = browser.post(address, {**sent, "give": give})
    assert errors(answer) == ["Somebody changed this meanwhile. Nothing was given: look again."]
    assert names(world) == ["Tom Price", "Leila Haddad"]
    for nonsense in ("x", "1:2", f"{mine[1].pk}:", f"{mine[1].pk}:{world.adviser.user_id}"):
        assert errors(browser.post(address, {**sent, "give": [nonsense]}))


def test_the_form_says_what_is_missing_and_keeps_what_was_ticked(world, sign_in) -> None:
    leila = world.link_worker
    mine = held(world, 1, leila)
    works(world.second_link_worker)
    browser = sign_in(world.link_supervisor)
    address = f"/team/give/?whose={leila.user_id}"
    assert errors(browser.post(address, {"step": "preview"})) == [
        "Select at least one person", "Select to whom", "Select why",
    ]  # fmt: skip
    answer = browser.post(address, {"step": "preview", "people": [str(mine.pk)], "to": "share-out", "why": "load"})
    assert errors(answer) == ["Select at least one worker to share among"]
    assert f'value="{mine.pk}" checked' in answer.content.decode()


@pytest.mark.parametrize("whose", ["nobody", "999999", "", "%00", "1e3"])
def test_whose_that_makes_no_sense_asks_whose(world, sign_in, whose: str) -> None:
    answer = sign_in(world.link_supervisor).get(f"/team/give/?whose={whose}")
    assert answer.status_code == 200 and "Whose people?" in text(answer)


def test_nobody_unclaimed_is_said(world, sign_in) -> None:
    answer = sign_in(world.link_supervisor).get("/team/give/?whose=unclaimed", follow=True)
    assert "There is nobody to give" in text(answer)


def test_the_cover_reads_on_the_worklist_for_whom_and_until_when(world, sign_in) -> None:
    leila, tom = world.link_worker, world.second_link_worker
    held(world, 1, leila)
    held(world, 2, tom)
    browser = sign_in(tom)
    assert "Covering for" not in text(browser.get("/worklist/"))
    away(leila, cover=tom, starts=date(2026, 11, 23))
    shown = text(browser.get("/worklist/?whose=mine"))
    assert "Covering for Leila Haddad until Friday 4 December." in shown
    assert "Mine (2)" in shown and "Person1 Test" in shown and "Person2 Test" in shown
    assert "Yours, for Leila Haddad, who is away: accept or decline it by" in shown
    assert "Covering" not in text(sign_in(leila).get("/worklist/"))


def test_the_cover_reads_what_came_of_a_question_and_does_a_task_of_the_one_away(world, sign_in) -> None:
    leila, tom = world.link_worker, world.second_link_worker
    referral = held(world, 1, leila)
    with acting_as(leila):
        question = ask(by=leila, referral=referral, question="Is there a lift?")
        task = add_task(by=leila, title="Ring the lunch club", due_on=NOW.date(), worker_id=leila.user_id)
    with acting_as(world.clinician):
        answer_question(by=world.clinician, question=question, answer="There is.")
    away(leila, cover=tom, starts=date(2026, 11, 23))
    browser = sign_in(tom)
    shown = text(browser.get("/home/"))
    assert "Person1 Test Your question was answered, for Leila Haddad, who is away." in shown
    assert "Ring the lunch club Due Monday 23 November, for Leila Haddad, who is away." in shown
    shown = text(browser.get("/worklist/"))
    assert "answered your question, for Leila Haddad, who is away." in shown
    assert "Ring the lunch club : for Leila Haddad, who is away" in shown
    assert "Done." in text(browser.post(f"/tasks/{task.pk}/done/", follow=True))
    for other in (world.link_supervisor, leila):
        assert "who is away" not in text(sign_in(other).get("/home/"))


def test_a_worker_reads_at_home_whom_they_were_given(world, sign_in) -> None:
    tom = world.second_link_worker
    mine = held(world, 1, world.link_worker)
    with acting_as(world.link_supervisor):
        reassign(by=world.link_supervisor, referrals=[mine], to_worker=User.objects.get(pk=tom.user_id), why=Why.LOAD)
    # It is a Monday.
    shown = text(sign_in(tom).get("/", follow=True))
    assert "Given to you since Friday 20 November" in shown and "From Grace Obi." in shown
    assert "Given to you" not in text(sign_in(world.link_worker).get("/", follow=True))
