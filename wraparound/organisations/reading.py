"""What pages read about users and organisations."""

from django.db.models import QuerySet

from wraparound.organisations.models import Membership, User


def memberships_of(user: User) -> QuerySet[Membership]:
    """What the user is now, with everything a page's header says of it."""
    held = Membership.objects.filter(user=user, ended=None)
    return held.select_related("user", "scheme", "organisation", "team").order_by("organisation__name", "role", "id")


def user_with_email(email: str) -> User | None:
    return User.objects.filter(email__iexact=email, is_active=True).first()
