"""A Patient to the details of a person."""

from datetime import date
from typing import Any

import pytest

from tests.interop.samples import NHS_NUMBER, Json, bundle, changed, concept, refused, understand
from wraparound.people.details import PersonDetails

PATIENT = "entry.0.resource"
UK = "https://fhir.hl7.org.uk/StructureDefinition/Extension-UKCore-"
CONTACT_METHOD = "https://fhir.hl7.org.uk/CodeSystem/UKCore-PreferredContactMethod"
INTERPRETER = "http://hl7.org/fhir/StructureDefinition/patient-interpreterRequired"
NUMBER_SYSTEM = "https://fhir.nhs.uk/Id/nhs-number"


def person(path: str = "", value: Any = None) -> PersonDetails:
    document = changed(bundle(), f"{PATIENT}.{path}", value) if path else bundle()
    found = understand(document).intake.person
    assert found is not None
    return found


def remarks(path: str, value: Any) -> list[tuple[str, str]]:
    said = understand(changed(bundle(), f"{PATIENT}.{path}", value)).remarks
    return [(issue.severity, issue.sentence.removeprefix("Bundle.entry[0].resource.")) for issue in said]


def faults(path: str, value: Any) -> list[str]:
    return [issue.expression for issue in refused(changed(bundle(), f"{PATIENT}.{path}", value))]


def phone(value: str, **more: Any) -> Json:
    return {"system": "phone", "value": value, **more}


def email(value: str, **more: Any) -> Json:
    return {"system": "email", "value": value, **more}


def test_the_good_patient() -> None:
    assert person() == PersonDetails(
        family_name="Zebedee-Núñez",
        given_names="Maya José",
        date_of_birth=date(1961, 2, 28),
        nhs_number=NHS_NUMBER,
        address="Flat 2\n9 Elm Street\nLondon",
        postcode="E3 4QX",
        mobile="07700 900 123",
        landline="020 7946 0101",
        email="maya@example.org",
        preferred_language="Portuguese",
        practice_ods_code="Y00001",
    )


@pytest.mark.parametrize(
    ("names", "family", "given", "known_as"),
    [
        ([{"text": "  Maya   Angelou "}], "Maya Angelou", "", ""),
        ([{"family": "Pelé"}], "Pelé", "", ""),
        ([{"given": ["Sukarno"]}], "", "Sukarno", ""),
        ([{"family": "Nu\u0301n\u0303ez"}], "Núñez", "", ""),
        ([{"use": "usual", "family": "B"}, {"use": "official", "family": "A"}], "A", "", "B"),
        ([{"use": "official", "family": "A", "given": ["Eve"]}, {"use": "nickname", "text": "Liz"}], "A", "Eve", "Liz"),
        ([{"use": "official", "family": "A", "given": ["Liz"]}, {"use": "usual", "given": ["Liz"]}], "A", "Liz", ""),
        ([{"use": "maiden", "family": "B"}, {"family": "A"}], "A", "", ""),
        ([{"use": "old", "family": "B"}, {"use": "temp", "family": "A"}], "A", "", ""),
        ([{"use": "nickname", "text": "Liz"}], "Liz", "", ""),
        ([{"family": "B", "period": {"end": "2020"}}, {"family": "A", "period": {"end": "2026"}}], "A", "", ""),
        ([{"use": "official", "_family": {"id": "none"}}, {"use": "usual", "family": "A"}], "A", "", ""),
    ],
)  # fmt: skip
def test_names(names: list[Json], family: str, given: str, known_as: str) -> None:
    found = person("name", names)
    assert (found.family_name, found.given_names, found.known_as) == (family, given, known_as)


@pytest.mark.parametrize(
    "names",
    [
        [{"use": "old", "family": "B"}],
        [{"use": "anonymous", "family": "B"}],
        [{"family": "B", "period": {"end": "2026-11-22"}}],
        [{"use": "official", "prefix": ["Ms"]}],
        [{"family": "x" * 201}],
    ],
)
def test_nobody_without_a_name_in_use(names: list[Json]) -> None:
    assert faults("name", names) == ["Bundle.entry[0].resource.name"]


@pytest.mark.parametrize(
    ("number", "said"),
    [
        ("0000000000", False),
        ("9990000019", False),
        ("999 000 0018", False),
        ("999000001", False),
        ("٩٩٩٠٠٠٠٠١٨", False),
        (NHS_NUMBER, True),
    ],
)
def test_an_nhs_number_is_ten_digits_that_check(number: str, said: bool) -> None:
    if said:
        assert person("identifier.0.value", number).nhs_number == number
    else:
        assert faults("identifier.0.value", number) == ["Bundle.entry[0].resource.identifier[0].value"]


@pytest.mark.parametrize(
    ("code", "reason"),
    [
        ("nhs-number-not-known", "not_known"),
        ("overseas-patient", "overseas_patient"),
        ("devolved-nation", "devolved_nation"),
    ],
)
def test_why_there_is_no_nhs_number(code: str, reason: str) -> None:
    why = {
        "url": f"{UK}NHSNumberUnavailableReason",
        "valueCodeableConcept": concept("https://fhir.hl7.org.uk/CodeSystem/UKCore-NHSNumberUnavailableReason", code),
    }
    document = changed(changed(bundle(), f"{PATIENT}.identifier", ...), f"{PATIENT}.extension", [why])
    found = understand(document).intake.person
    assert found is not None
    assert (found.nhs_number, found.nhs_number_absent_reason) == ("", reason)
    unknown = changed(document, f"{PATIENT}.extension.0.valueCodeableConcept.coding.0.code", "lost")
    assert [issue.expression for issue in refused(unknown)] == ["Bundle.entry[0].resource.extension"]


def test_no_nhs_number_and_no_reason_is_not_known() -> None:
    assert person("identifier", ...).nhs_number_absent_reason == "not_known"
    assert person("identifier.0.use", "old").nhs_number_absent_reason == "not_known"
    assert person("identifier.0.system", "https://other.example").nhs_number_absent_reason == "not_known"


@pytest.mark.parametrize(
    ("code", "number", "absent"),
    [("01", NHS_NUMBER, ""), ("02", NHS_NUMBER, ""), ("04", "", "to_be_checked"), ("05", "", "to_be_checked")],
)
def test_a_number_that_is_not_surely_theirs_is_not_used(code: str, number: str, absent: str) -> None:
    status = {
        "url": f"{UK}NHSNumberVerificationStatus",
        "valueCodeableConcept": concept(
            "https://fhir.hl7.org.uk/CodeSystem/UKCore-NHSNumberVerificationStatusEngland", code
        ),
    }
    found = person("identifier.0.extension", [status])
    assert (found.nhs_number, found.nhs_number_absent_reason) == (number, absent)
    status["valueCodeableConcept"]["coding"][0]["code"] = "99"
    assert faults("identifier.0.extension", [status]) == ["Bundle.entry[0].resource.identifier[0].extension"]


def test_two_numbers_are_refused_and_one_twice_is_not() -> None:
    twice = [{"system": NUMBER_SYSTEM, "value": NHS_NUMBER}] * 2
    assert person("identifier", twice).nhs_number == NHS_NUMBER
    two = [{"system": NUMBER_SYSTEM, "value": NHS_NUMBER}, {"system": NUMBER_SYSTEM, "value": "9990000026"}]
    assert faults("identifier", two) == ["Bundle.entry[0].resource.identifier"]


def test_a_birth_date_that_is_not_whole_is_not_made_whole() -> None:
    assert person("birthDate", "1961").date_of_birth is None
    assert ("warning", "birthDate is not a whole date, so no date of birth is kept.") in remarks("birthDate", "1961-02")
    assert faults("birthDate", "2026-11-24") == ["Bundle.entry[0].resource.birthDate"]
    assert person("birthDate", "2026-11-23").date_of_birth == date(2026, 11, 23)


@pytest.mark.parametrize(
    ("telecom", "mobile", "landline", "email"),
    [
        ([{"system": "phone", "value": "+447700900123"}], "+447700900123", "", ""),
        ([{"system": "phone", "value": "0161 496 0000"}], "", "0161 496 0000", ""),
        ([{"system": "sms", "value": "0161 496 0000"}], "0161 496 0000", "", ""),
        ([phone("02079460101", use="work"), phone("01614960000")], "", "01614960000", ""),
        ([{"system": "phone", "value": "02079460101", "use": "old"}], "", "", ""),
        ([phone("02079460101", rank=2), phone("01614960000", rank=1)], "", "01614960000", ""),
        ([{"system": "phone", "value": "020 7946 0101 ext 12"}], "", "020 7946 0101 ext 12", ""),
        ([{"system": "fax", "value": "02079460101"}], "", "", ""),
        ([{"system": "phone", "_value": {"id": "withheld"}}], "", "", ""),
        ([email("a@b.org"), email("c@d.org", use="home")], "", "", "c@d.org"),
    ],
)  # fmt: skip
def test_telecom(telecom: list[Json], mobile: str, landline: str, email: str) -> None:
    found = person("telecom", telecom)
    assert (found.mobile, found.landline, found.email) == (mobile, landline, email)


@pytest.mark.parametrize(
    ("point", "element"),
    [
        ({"value": "02079460101"}, "system"),
        ({"system": "phone", "value": "ask Ann"}, "value"),
        ({"system": "phone", "value": "12345"}, "value"),
        ({"system": "phone", "value": "020 7946 0101 020 7946 0101"}, "value"),
        ({"system": "email", "value": "maya at example.org"}, "value"),
        ({"system": "email", "value": "maya@example"}, "value"),
    ],
)
def test_what_is_not_a_number_or_an_address_is_refused(point: Json, element: str) -> None:
    assert faults("telecom.1", point) == [f"Bundle.entry[0].resource.telecom[1].{element}"]


def test_nobody_is_telephoned_who_asks_for_it() -> None:
    preference = {
        "url": f"{UK}ContactPreference",
        "extension": [
            {
                "url": "PreferredContactMethod",
                "valueCodeableConcept": concept(CONTACT_METHOD, "8"),
            }
        ],
    }
    understood = understand(changed(bundle(), f"{PATIENT}.extension", [preference]))
    assert understood.intake.person is not None
    assert (understood.intake.person.mobile, understood.intake.person.landline) == ("", "")
    assert understood.intake.person.email == "maya@example.org"
    assert "Asks for no telephone contact" in understood.intake.reason
    assert "warning" in {issue.severity for issue in understood.remarks if issue.expression.endswith("telecom")}


@pytest.mark.parametrize(
    ("address", "written", "postcode", "no_fixed_abode"),
    [
        ([{"postalCode": "ZZ99 3VZ"}], "", "", True),
        ([{"postalCode": "zz993vz", "line": ["c/o The Day Centre"]}], "c/o The Day Centre", "", True),
        ([{"postalCode": "ZZ99 3WZ", "line": ["Not known"]}], "Not known", "", False),
        ([{"text": "9 Elm Street\nLondon", "postalCode": "E3 4QX"}], "9 Elm Street\nLondon", "E3 4QX", False),
        ([{"line": ["9 Elm Street"], "postalCode": "LS8"}], "9 Elm Street\nLS8", "", False),
        ([{"city": "Dublin", "postalCode": "D02 X285", "country": "IE"}], "Dublin\nD02 X285\nIE", "", False),
        ([{"city": "Leeds", "postalCode": "LS1 1AA", "country": "England"}], "Leeds", "LS1 1AA", False),
        ([{"use": "old", "city": "Leeds"}, {"use": "temp", "city": "York"}], "York", "", False),
        ([{"use": "billing", "city": "Leeds"}], "", "", False),
        ([{"city": "Leeds", "period": {"end": "2020-07"}}, {"city": "York"}], "York", "", False),
        ([{"use": "home", "_line": [{"id": "withheld"}]}], "", "", False),
    ],
)
def test_addresses(address: list[Json], written: str, postcode: str, no_fixed_abode: bool) -> None:
    found = person("address", address)
    assert (found.address, found.postcode, found.no_fixed_abode) == (written, postcode, no_fixed_abode)


def test_a_withheld_address_and_no_telecom_are_fine() -> None:
    assert person("address", ...).address == ""
    assert person("telecom", ...).mobile == ""


def spoken(language: str, **parts: bool) -> Json:
    inside: list[Json] = [
        {"url": "language", "valueCodeableConcept": concept("urn:ietf:bcp:47", language, text=language.upper())}
    ]
    inside += [{"url": name, "valueBoolean": value} for name, value in parts.items()]
    return {"url": f"{UK}NHSCommunication", "extension": inside}


@pytest.mark.parametrize(
    ("extensions", "language", "interpreter"),
    [
        ([spoken("so", preferred=True, interpreterRequired=True)], "SO", True),
        ([spoken("so", preferred=True, interpreterRequired=False)], "SO", False),
        ([spoken("so"), spoken("en")], "", False),
        ([spoken("so", preferred=True), spoken("en")], "SO", False),
        ([spoken("so", preferred=True), spoken("en", preferred=True)], "", False),
        (
            [{"url": INTERPRETER, "valueBoolean": True}],
            "",
            True,
        ),
    ],
)
def test_language_and_interpreter(extensions: list[Json], language: str, interpreter: bool) -> None:
    document = changed(changed(bundle(), f"{PATIENT}.communication", ...), f"{PATIENT}.extension", extensions)
    found = understand(document).intake.person
    assert found is not None
    assert (found.preferred_language, found.interpreter_needed) == (language, interpreter)


def test_the_practice_may_be_an_organization_of_the_bundle() -> None:
    document = changed(bundle(), f"{PATIENT}.generalPractitioner", [{"reference": "Organization/o1"}])
    practice = {
        "resourceType": "Organization",
        "id": "o1",
        "identifier": [{"system": "https://fhir.nhs.uk/Id/ods-organization-code", "value": "a12345"}],
    }
    document["entry"].append({"resource": practice})
    found = understand(document).intake.person
    assert found is not None
    assert found.practice_ods_code == "A12345"
    assert person("generalPractitioner", [{"reference": "Practitioner/x"}]).practice_ods_code == ""
    wrong = changed(bundle(), f"{PATIENT}.generalPractitioner.0.identifier.value", "A-1")
    assert [issue.expression for issue in refused(wrong)] == ["Bundle.entry[0].resource.generalPractitioner[0]"]


@pytest.mark.parametrize(
    ("path", "value", "element"),
    [
        ("active", False, "active"),
        ("deceasedBoolean", True, "deceased"),
        ("deceasedDateTime", "2026-11", "deceased"),
        ("link", [{"other": {"reference": "Patient/p2"}, "type": "replaced-by"}], "link[0]"),
        ("implicitRules", "https://rules.example", "implicitRules"),
        ("modifierExtension", [{"url": "https://x.example", "valueBoolean": True}], "modifierExtension"),
        ("contact", [{"modifierExtension": [{"url": "x", "valueCode": "x"}]}], "contact[0].modifierExtension"),
        (
            "meta",
            {"security": [{"system": "http://terminology.hl7.org/CodeSystem/v3-Confidentiality", "code": "R"}]},
            "meta.security[0]",
        ),
    ],
)
def test_what_changes_the_meaning_of_the_record_is_refused(path: str, value: Any, element: str) -> None:
    assert faults(path, value) == [f"Bundle.entry[0].resource.{element}"]


@pytest.mark.parametrize(("path", "value"), [("active", True), ("deceasedBoolean", False)])
def test_what_does_not_change_it_is_not(path: str, value: Any) -> None:
    assert person(path, value) == person()


def test_the_sender_is_told_what_nobody_will_see() -> None:
    assert ("information", "gender is not kept.") in remarks("gender", "female")
    assert ("information", "extension[0] is not kept.") in remarks("extension", [{"url": "x", "valueCode": "y"}])
    assert ("information", "multipleBirth is not kept.") in remarks("multipleBirthBoolean", True)
    assert remarks("active", True) == [("information", "Bundle.entry[1].resource.authoredOn is not kept.")]
