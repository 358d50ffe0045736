"""Every action stands or falls with its events, asks for a capability, and is closed to strangers."""

import importlib
import inspect
import pkgutil
from collections.abc import Iterator
from dataclasses import dataclass, replace

import pytest
from django.core.exceptions import ObjectDoesNotExist

from tests.factories import make_world, partner
from tests.house.finding import PACKAGE, modules
from tests.house.recipes import RECIPES
from tests.house.seeing import Owner, committing, connected_as
from tests.house.trial import Trial
from wraparound.events.action import ACTIONS, Refused, action
from wraparound.events.models import Event
from wraparound.organisations.actor import Actor, acting_as
from wraparound.organisations.models import Organisation
from wraparound.organisations.roles import ADMINISTERING, CAPABILITIES, REFUSALS, Capability, Role

for module in pkgutil.walk_packages([str(PACKAGE)], "wraparound."):
    if not module.name.endswith("__main__"):
        importlib.import_module(module.name)
NAMES = sorted(name for name in ACTIONS if name.startswith("wraparound."))


@dataclass
class Ready:
    """An action about to be done, and others who might try."""

    name: str
    trial: Trial
    owner: Owner
    neighbour: Organisation
    elsewhere: Actor

    def do(self, by: Actor) -> object:
        with acting_as(by):
            return ACTIONS[self.name](by=by, **self.trial.arguments)

    def strangers(self) -> list[Actor]:
        """Somebody in the same chair elsewhere in the scheme, in another scheme, and one who mixes the two."""
        by = self.trial.by
        return [
            replace(by, organisation_id=self.neighbour.pk),
            replace(self.elsewhere, role=by.role, moment=by.moment),
            replace(by, scheme_id=self.elsewhere.scheme_id),
        ]


@pytest.fixture(scope="module", params=NAMES)
def ready(request: pytest.FixtureRequest, django_db_setup: None, django_db_blocker) -> Iterator[Ready]:
    assert request.param in RECIPES, f"no recipe for {request.param} in tests/house/recipes.py"
    with committing(django_db_blocker) as owner:
        world, elsewhere = make_world(), make_world()
        neighbour = Organisation.objects.create(name="Next Door", kind=Organisation.Kind.VOLUNTARY)
        partner(world.scheme, neighbour)
        trial = RECIPES[request.param](world)
        yield Ready(request.param, trial, owner, neighbour, elsewhere.clinician)


class Broken(Exception):
    """What a failing event raises."""


def test_every_public_function_among_actions_is_one() -> None:
    public = {
        f"{module.__name__}.{name}"
        for module in modules("actions")
        for name, value in vars(module).items()
        if inspect.isfunction(value) and value.__module__ == module.__name__ and not name.startswith("_")
    }
    assert public <= set(NAMES) and len(public) > 10


def test_no_recipe_is_for_an_action_that_is_gone() -> None:
    assert set(RECIPES) <= set(NAMES)


def test_a_role_without_the_capability_reads_why_and_changes_nothing(ready: Ready) -> None:
    before = ready.owner.everything()
    [nothing] = [role for role in Role if CAPABILITIES[role] == {Capability.SEE_FIGURES}]
    with pytest.raises(Refused) as refused:
        ready.do(replace(ready.trial.by, role=nothing))
    assert refused.value.code == "not_allowed" and refused.value.sentence.endswith(".")
    assert ready.owner.everything() == before


@pytest.mark.parametrize("role", ["default", "owner"])
def test_no_stranger_can_do_it(ready: Ready, role: str) -> None:
    """Also where row-level security does not stand behind the action."""
    if ready.trial.makes_its_own:
        return
    before = ready.owner.everything()
    with connected_as(role):
        for stranger in ready.strangers():
            with pytest.raises((Refused, ObjectDoesNotExist)):
                ready.do(stranger)
    assert ready.owner.everything() == before


def test_without_its_event_nothing_of_it_is_left(ready: Ready, monkeypatch: pytest.MonkeyPatch) -> None:
    """The failure is caught inside a transaction that is then committed: only the action itself undoes anything."""

    def broken(**_: object) -> None:
        raise Broken

    before = ready.owner.everything()
    monkeypatch.setattr(Event.objects, "create", broken)
    with acting_as(ready.trial.by), pytest.raises(Broken):
        ACTIONS[ready.name](by=ready.trial.by, **ready.trial.arguments)
    assert ready.owner.everything() == before


def test_done_it_has_an_event_that_says_who_and_when(ready: Ready) -> None:
    """Last of this module's tests, since it leaves something behind."""
    by = ready.trial.by
    [(latest,)] = ready.owner.query("SELECT coalesce(max(id), 0) FROM events_event")
    ready.do(by)
    rows = ready.owner.query(
        "SELECT scheme_id, by_organisation_id, by_user_id, organisation_ids, occurred_at FROM events_event "
        "WHERE id > %s",
        [latest],
    )
    assert rows
    for scheme, organisation, user, told, at in rows:
        assert (scheme, organisation, user, at) == (by.scheme_id, by.organisation_id, by.user_id, by.now())
        assert by.organisation_id in told


def test_an_action_takes_keywords_only_and_who_does_it() -> None:
    with pytest.raises(TypeError):
        action(lambda by: None)
    with pytest.raises(TypeError):
        action(lambda *, referral: None)


@pytest.mark.parametrize("capability", list(Capability))
def test_every_capability_has_a_sentence_and_somebody_who_has_it(capability: Capability) -> None:
    assert REFUSALS[capability].endswith(".")
    assert any(capability in held for held in (*CAPABILITIES.values(), ADMINISTERING))


@pytest.mark.parametrize("role", list(Role))
def test_every_role_is_listed_with_what_it_may_do(role: Role) -> None:
    assert CAPABILITIES[role]
