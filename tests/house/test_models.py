"""Every table says what personal data it holds."""

import pytest

from tests.house.finding import holds, is_history, own_models, tracked
from wraparound.audit.personal_data import Holds
from wraparound.people.models import Person

MODELS = own_models()


def names(model: type) -> str:
    return model.__name__


def test_there_are_models_to_hold_to_the_rules() -> None:
    assert len(MODELS) > 20


@pytest.mark.parametrize("model", MODELS, ids=names)
def test_each_says_what_it_holds(model: type) -> None:
    assert isinstance(vars(tracked(model)).get("holds"), Holds), f"{model.__name__} declares no `holds` of its own"


@pytest.mark.parametrize("model", [model for model in MODELS if not is_history(model)], ids=names)
def test_personal_fields_are_fields(model: type) -> None:
    fields = {field.name for field in model._meta.get_fields()}
    assert set(getattr(model, "personal_fields", ())) <= fields


@pytest.mark.parametrize("model", [m for m in MODELS if holds(m) is Holds.PERSON], ids=names)
def test_what_holds_a_person_says_in_which_fields(model: type) -> None:
    assert tracked(model).personal_fields


@pytest.mark.parametrize("model", [m for m in MODELS if holds(m) is not Holds.PERSON], ids=names)
def test_what_holds_no_person_leads_to_none(model: type) -> None:
    """A row that hangs on a person's row, however far, is about that person."""
    persons = {other for other in MODELS if holds(other) is Holds.PERSON} | {Person}
    assert not [
        field.name for field in model._meta.get_fields() if field.many_to_one and field.related_model in persons
    ]


@pytest.mark.parametrize("model", [m for m in MODELS if holds(m) is Holds.PERSON], ids=names)
def test_what_holds_a_person_names_its_scheme(model: type) -> None:
    columns = {field.column for field in model._meta.concrete_fields}
    assert "scheme_id" in columns and columns & {"organisation_id", "organisation_ids"}


@pytest.mark.parametrize("model", [m for m in MODELS if is_history(m)], ids=names)
def test_old_versions_keep_every_column(model: type) -> None:
    kept = {field.column for field in model._meta.concrete_fields}
    stored = {f.column for f in tracked(model)._meta.concrete_fields if not f.generated}
    assert stored <= kept
