"""Second factors, links to a new password, and what somebody gets wrong on the pages about one's own account."""

from allauth.mfa.models import Authenticator
from django.utils import timezone

from tests.factories import World
from tests.journeys.bad import Bad
from wraparound.organisations.actor import Actor
from wraparound.organisations.models import User
from wraparound.signing_in.adapter import SecondFactors
from wraparound.signing_in.passwords import link_token
from wraparound.web.account.second_factor import WRONG_CODE

SECRET = "JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP"


def an_app(actor: Actor) -> Authenticator:
    """On the phone of the actor's user, with SECRET in it."""
    data = {"secret": SecondFactors().encrypt(SECRET), "last_counter": 0}
    return Authenticator.objects.get_or_create(
        user_id=actor.user_id, type="totp", defaults={"data": data, "created_at": timezone.now()}
    )[0]


def a_link(actor: Actor) -> str:
    return link_token(User.objects.get(pk=actor.user_id))


OBJECTS = {
    "second-factor-remove.pk": lambda world: an_app(world.clinician).pk,
    "second-factors-forget.pk": lambda world: world.receptionist.membership_id,
    "password-link.token": lambda world: a_link(world.clinician),
}
FORMS: dict[str, Bad] = {
    "password-forgotten": Bad(
        "nobody", {"Email address must be like name@example.com": "Email address"}, "Send the link",
        {"Email address": "amara"},
    ),
    "password-link": Bad("nobody", {"Enter a new password": "New password"}, "Set the password"),
    "password-change": Bad("clinician", {"Enter a new password": "New password"}, "Change the password"),
    "second-factor": Bad("clinician", {"Enter the code": "Code"}, "Continue"),
    "second-factor-app": Bad(
        "clinician", {WRONG_CODE: "Code that the app shows now"}, "Finish", {"Code that the app shows now": "12345"},
    ),
    "second-factor-key": Bad("clinician", {"Enter a name for the key": "Name of the key"}, "Add the key"),
    "sure": Bad("clinician", {"Enter your password": "Your password"}, "Continue"),
}  # fmt: skip


def path_of(form: str, world: World) -> str:
    if form == "second-factor":
        an_app(world.clinician)
    return {
        "password-forgotten": "/sign-in/forgotten/",
        "password-link": f"/sign-in/new-password/{a_link(world.clinician)}/",
        "second-factor": "/sign-in/second/",
        "second-factor-app": "/account/second-factor/app/",
        "second-factor-key": "/account/second-factor/key/",
        "password-change": "/account/password/",
        "sure": "/account/sure/",
    }[form]
