"""What an administrator does about how others sign in."""

from allauth.mfa.models import Authenticator

from wraparound.events.action import Refused, action
from wraparound.events.recording import record
from wraparound.organisations.actor import Actor
from wraparound.organisations.administering import is_of_scheme, membership_of, people_of
from wraparound.organisations.models import Membership
from wraparound.organisations.roles import Role
from wraparound.signing_in.models import Happened
from wraparound.signing_in.recording import Door, note
from wraparound.signing_in.sessions import end_others


@action
def forget_second_factors(*, by: Actor, membership: Membership) -> Membership:
    """Take a member's second factors away, who has lost all of them and the recovery codes: they set up new ones.

    Their open sessions end. Refused for one's own, which the page about one's account does, and where there are none.
    """
    people_of(by)
    held = membership_of(by, membership.pk)
    if held.user_id == by.user_id:
        raise Refused("own", "You change your own second factors under “Your account”.")
    if not is_of_scheme(by) and _administers_a_scheme(held.user_id):
        raise Refused("of_the_scheme", f"{held.user.name} administers a scheme: another administrator of it does this.")
    rows = Authenticator.objects.filter(user=held.user_id)
    if not rows.exists():
        raise Refused("none", f"{held.user.name} has no second factor.")
    rows.delete()
    door = Door(by.now(), "")
    end_others(held.user, None, door)
    note(Happened.SECOND_FACTOR_FORGOTTEN, door, held.user, f"by user {by.user_id}")
    record("second_factors_forgotten", by=by, told=[held.organisation_id], data={"membership": held.pk})
    return held


def _administers_a_scheme(user_id: int) -> bool:
    """Whoever could take these away would be half way to a scheme's settings."""
    return Membership.objects.filter(user=user_id, role=Role.SCHEME_ADMINISTRATOR, ended=None).exists()
