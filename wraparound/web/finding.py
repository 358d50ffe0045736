"""What an address names, for whoever may see it: else it is not there."""

from django.http import Http404

from wraparound.advice.models import Matter
from wraparound.advice.reading import matter_of
from wraparound.casework.models import Case
from wraparound.casework.reading import case_of
from wraparound.referrals.models import Journey
from wraparound.referrals.reading import journey_of
from wraparound.web.access import Request


def journey_or_404(request: Request, reference: str) -> Journey:
    """The journey of this reference. Http404 when it is not the reader's to see."""
    try:
        return journey_of(request.actor, reference)
    except Journey.DoesNotExist:
        raise Http404 from None


def case_or_404(request: Request, pk: int) -> Case:
    """One case of the reader's organisation. Http404 when it is not theirs to see."""
    try:
        return case_of(request.actor, pk)
    except Case.DoesNotExist:
        raise Http404 from None


def matter_or_404(request: Request, pk: int) -> Matter:
    """One matter of the reader's organisation. Http404 when it is not theirs to see."""
    try:
        return matter_of(request.actor, pk)
    except Matter.DoesNotExist:
        raise Http404 from None
