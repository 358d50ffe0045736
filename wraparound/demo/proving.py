"""Medical evidence of the demo: a request for a practice to answer, a letter to be agreed, and one that was used."""

from collections.abc import Sequence
from datetime import timedelta
from functools import partial

from wraparound.advice.models import Matter
from wraparound.casework.models import Case
from wraparound.consent.actions import agree_to
from wraparound.consent.agreed import HEALTH_RECORD, AgreedHow
from wraparound.consent.asking import Agreed
from wraparound.consent.signing import Name, sign_on_paper
from wraparound.demo.year import Year
from wraparound.evidence.answering import sign
from wraparound.evidence.asking import Asked, ask
from wraparound.evidence.models import EvidenceRequest
from wraparound.evidence.points import Benefit
from wraparound.evidence.resting import who_can_be_asked
from wraparound.evidence.states import Fee, UsedFor
from wraparound.evidence.using import agree, use
from wraparound.organisations.actor import Actor, acting_as
from wraparound.organisations.models import Organisation
from wraparound.organisations.roles import Role

POINTS = ("pip-1", "pip-4", "pip-12")
LETTER = """Preparing food
Hands and wrists are weak from rheumatoid arthritis. A pan cannot be lifted safely on most days.

Washing and bathing
Needs help to step over the side of the bath. This is so on about five days of seven.

Moving around
Walks about thirty metres, slowly, with a stick, and then has to stop because of pain."""
# How far each has come: asked, signed, and used once the person agreed.
FAR = ("asked", "signed", "used")


def evidence(year: Year) -> None:
    """One request for each stage, of people whose adviser works on a benefit and whose practice has a clinician."""
    far = list(FAR)
    for adviser in [each for each in year.actors.values() if each.role is Role.ADVISER]:
        for case in _on_benefits(adviser):
            asked = _clinician(year, case, adviser)
            if far and asked is not None:
                _one(year, case, adviser, asked, far.pop(0))


def _on_benefits(adviser: Actor) -> Sequence[Case]:
    with acting_as(adviser):
        mine = Matter.objects.visible_to(adviser).filter(category="benefits", worker_id=adviser.user_id, closed_at=None)
        rows = Case.objects.visible_to(adviser).filter(pk__in=mine.values("case_id")).select_related("person__practice")
        return list(rows.order_by("pk"))


def _clinician(year: Year, case: Case, adviser: Actor) -> Actor | None:
    """Somebody at the person's practice who can sign, where there is one."""
    with acting_as(adviser):
        able = {each.pk for each in who_can_be_asked(adviser, case.person)}
    there = case.person.practice_id
    found = (each for each in year.actors.values() if each.role is Role.CLINICIAN and each.organisation_id == there)
    return next(found, None) if there in able else None


def _one(year: Year, case: Case, adviser: Actor, clinician: Actor, far: str) -> None:
    made: list[EvidenceRequest] = []
    year.tried(adviser, year.on_day(6, 10), partial(_mandate, case))
    if not year.tried(adviser, year.on_day(5, 11), lambda by: made.append(_ask(case, by))) or far == "asked":
        return
    year.tried(clinician, year.on_day(3, 13), partial(_sign, made[0]))
    if far == "used":
        year.tried(adviser, year.on_day(2, 15), partial(_agree, made[0]))
        year.tried(adviser, year.on_day(1, 10), partial(_use, made[0]))


def _mandate(case: Case, by: Actor) -> None:
    agreed = Agreed(how=AgreedHow.IN_PERSON, wording=HEALTH_RECORD)
    own = Organisation.objects.get(pk=by.organisation_id)
    consent = agree_to(by=by, person=case.person, agreed=agreed, to=own).consents.get()
    sign_on_paper(by=by, consent=consent, name=Name(name=case.person.name), on=by.today(), kept_at="Case file")


def _ask(case: Case, by: Actor) -> EvidenceRequest:
    asked = Asked(
        benefit=Benefit.PIP, points=POINTS, to=case.person.practice, deadline_on=by.today() + timedelta(days=20),
        words="On how many days of a week is this so?",
    )  # fmt: skip
    return ask(by=by, case=case, asked=asked)


def _sign(request: EvidenceRequest, by: Actor) -> None:
    sign(by=by, request=request, text=LETTER, name="Dr A. Clinician, general practitioner", fee=Fee.WAIVED)


def _agree(request: EvidenceRequest, by: Actor) -> None:
    agree(by=by, request=request, how=AgreedHow.BY_PHONE)


def _use(request: EvidenceRequest, by: Actor) -> None:
    use(by=by, request=request, used_for=UsedFor.RECONSIDERATION, on=by.today())
