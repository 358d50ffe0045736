"""Fields of the design system: what they take, what they say, and that what was typed stays."""

from datetime import date, timedelta

import pytest
from django.utils import timezone

from wraparound.web.nhsuk import CheckboxesField, DateField, Form, LongTextField, NumberField, RadiosField, TextField


class Sample(Form):
    name = TextField("First name", max_length=10)
    born = DateField("Date of birth", past=True)
    seen = RadiosField(
        "How were they seen?", choices=[("here", "Here"), ("away", "Away")], reveals={"away": "where"},
        missing="Select how they were seen",
    )  # fmt: skip
    where = TextField("Where", required=False, missing="Enter where")
    wants = CheckboxesField("Wants", choices=[("tea", "Tea"), ("cake", "Cake")], required=False)
    note = LongTextField("Note", required=False, max_length=5)
    many = NumberField("How many", required=False)


def _sent(**changes: object) -> Sample:
    sent = {"name": "Rosa", "born-day": "29", "born-month": "2", "born-year": "1980", "seen": "here"}
    return Sample({**sent, **changes})


def _said(form: Form, name: str) -> list[str]:
    return [str(error) for error in form.errors.get(name, [])]


def test_a_good_form_gives_clean_values() -> None:
    form = _sent(wants=["tea", "cake"])
    assert form.is_valid(), form.errors
    assert form.cleaned_data["born"] == date(1980, 2, 29)
    assert form.cleaned_data["wants"] == ["tea", "cake"]
    assert form.cleaned_data["many"] is None


# Not tomorrow: midnight may come between this line and the test.
_LATER = timezone.localdate() + timedelta(days=3)


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        (("", "", ""), "Enter date of birth"),
        (("30", "2", "1980"), "Date of birth must be a real date"),
        (("29", "2", "1981"), "Date of birth must be a real date"),
        (("1", "13", "1980"), "Date of birth must be a real date"),
        (("x", "2", "1980"), "Date of birth must be a real date"),
        (("1", "", "1980"), "Date of birth must include a month"),
        (("1", "", ""), "Date of birth must include a month and a year"),
        (("1", "2", "80"), "Date of birth must have a year of 4 numbers, such as 1980"),
        (("1", "2", "0001"), "Date of birth must be after 1890"),
        (("31", "12", "9999"), "Date of birth must be before 2200"),
        (
            (str(_LATER.day), str(_LATER.month), str(_LATER.year)),
            "Date of birth must be in the past",
        ),
    ],
)
def test_a_date_that_cannot_be_is_told_why(typed: tuple[str, str, str], said: str) -> None:
    form = _sent(**dict(zip(("born-day", "born-month", "born-year"), typed, strict=True)))
    assert _said(form, "born") == [said]
    assert [f'value="{part}"' in str(form["born"]) for part in typed if part] == [True] * len([p for p in typed if p])


def test_spaces_around_a_date_do_not_matter() -> None:
    assert _sent(**{"born-day": " 29 "}).is_valid()


def test_a_revealed_question_is_asked_only_when_shown() -> None:
    assert _said(_sent(seen="away"), "where") == ["Enter where"]
    asked = _sent(seen="away", where="At home")
    assert asked.is_valid()
    assert asked.cleaned_data["where"] == "At home"
    hidden = _sent(where="Left over " * 40)
    assert hidden.is_valid()
    assert hidden.cleaned_data["where"] == ""


def test_every_error_is_told_at_once_in_page_order_and_leads_to_its_input() -> None:
    form = Sample({"note": "too long", "many": "a few"})
    assert form.error_list == [
        {"text": "Enter first name", "href": "#name"},
        {"text": "Enter date of birth", "href": "#born-day"},
        {"text": "Select how they were seen", "href": "#seen"},
        {"text": "Note must be 5 characters or fewer", "href": "#note"},
        {"text": "How many must be a whole number", "href": "#many"},
    ]
    for error in form.error_list:
        name = error["href"][1:].removesuffix("-day")
        assert f'id="{error["href"][1:]}"' in str(form[name])


def test_what_was_typed_stays_and_is_never_read_as_marks() -> None:
    form = _sent(name='"><script>x', seen="away", wants=["cake"], note="<b>&")
    assert '"><script>' not in str(form["name"])
    assert "&lt;script&gt;x" in str(form["name"])
    assert "&lt;b&gt;&amp;" in str(form["note"])
    assert 'value="cake" checked' in " ".join(str(form["wants"]).split())
    assert 'value="away" checked' in " ".join(str(form["seen"]).split())


def test_a_value_outside_the_list_is_refused() -> None:
    assert _said(_sent(seen="elsewhere"), "seen") == ["Select how they were seen"]
    assert _said(_sent(wants=["tea", "gin"]), "wants") == ["Select wants"]


def test_a_line_end_counts_once() -> None:
    assert _sent(note="a\r\nb\r\n").is_valid()
