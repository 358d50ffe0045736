"""Referring from inside a GP system: opening its link, and a stand-in for such a system."""

from functools import partial

from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from wraparound.events.action import Refused
from wraparound.organisations.roles import Capability
from wraparound.people.details import PersonDetails
from wraparound.people.models import Person
from wraparound.people.reading import find_people, person_of
from wraparound.referrals.launching import number_in, open_launch, refer_from_launch, sent_as, start_launch, token_of
from wraparound.referrals.models import Launch
from wraparound.web.access import Request, needs
from wraparound.web.referring.forms import PAGE
from wraparound.web.referring.views import Whom, referral_page

SHOWN = 10


@needs(Capability.REFER)
@require_http_methods(["GET", "POST"])
def refer_launch(request: Request, token: str) -> HttpResponse:
    """The referral page with what the GP system holds: nobody types it again."""
    number = number_in(token)
    if number is None:
        raise Http404
    try:
        details = open_launch(by=request.actor, number=number)
    except Launch.DoesNotExist:
        raise Http404 from None
    except Refused:
        before = sent_as(request.actor, PAGE, request.POST.get("submission", ""))
        if before is None:
            raise
        return redirect("sent", reference=before.reference)
    send = partial(refer_from_launch, number=number)
    return referral_page(request, Whom(person=details, sent_with={"person": details}, send=send))


@needs(Capability.REFER)
@require_http_methods(["GET", "POST"])
def demo_gp_system(request: Request) -> HttpResponse:
    """Where everybody is invented: some of the practice's people as its own system would list them."""
    if not request.membership.scheme.invented:
        raise Http404
    if request.method == "POST":
        try:
            person = person_of(request.actor, int(request.POST.get("person", "")))
        except (Person.DoesNotExist, ValueError):
            raise Http404 from None
        launch = start_launch(by=request.actor, details=_details(person))
        return redirect("refer-launch", token=token_of(launch))
    return render(request, "referring/demo_gp_system.jinja", {"people": find_people(request.actor, most=SHOWN)})


def _details(person: Person) -> PersonDetails:
    """What a GP system says of its patient."""
    same = (
        "family_name given_names known_as date_of_birth nhs_number address postcode no_fixed_abode mobile landline "
        "email preferred_language interpreter_needed"
    ).split()
    practice = person.practice.ods_code if person.practice else ""
    return PersonDetails(
        **{name: getattr(person, name) for name in same},
        nhs_number_absent_reason=person.nhs_number_absent,
        practice_ods_code=practice,
    )
