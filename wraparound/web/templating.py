"""The Jinja2 environment that pages are made with."""

from typing import Any

from django.contrib.messages import get_messages
from django.http import HttpRequest
from django.templatetags.static import static
from django.urls import reverse
from django.utils import timezone
from django.utils.crypto import salted_hmac
from jinja2 import ChainableUndefined, ChoiceLoader, Environment, PackageLoader

from wraparound.safeguarding.states import ConcernKind
from wraparound.signing_in.sessions import standing
from wraparound.web import formats
from wraparound.web.navigation import navigation
from wraparound.web.rooms import room_said


def environment(**options: Any) -> Environment:
    """Our templates, with the design system's macros beside them. The macros read keys that a caller left out."""
    loader = ChoiceLoader([options.pop("loader"), PackageLoader("nhsuk_frontend_jinja")])
    settings = {**options, "undefined": ChainableUndefined, "trim_blocks": True, "lstrip_blocks": True}
    made = Environment(loader=loader, **settings)
    made.globals.update(url=url, static=static, flashes=flashes, navigation=navigation, session_left=session_left)
    made.globals["concern_kinds"] = [(kind.value, kind.label) for kind in ConcernKind]
    made.filters.update(formats.FILTERS | {"room": room_said})
    return made


def url(name: str, *args: Any, **kwargs: Any) -> str:
    """The address of a named route."""
    return reverse(name, args=args, kwargs=kwargs)


def flashes(request: HttpRequest) -> list[Any]:
    """What the last action has to say, told once."""
    return list(get_messages(request))


def session_left(request: HttpRequest) -> dict[str, Any] | None:
    """For the page's script: seconds until the session ends, and who is signed in, in a mark that names nobody."""
    found = standing(request.session) if getattr(request, "signed_in", False) else None
    return {"left": found.left(timezone.now()), "who": mark_of(request)} if found else None


def mark_of(request: HttpRequest) -> str:
    """A mark that only the product can make, the same for the same user; "" for nobody."""
    if not request.user.is_authenticated:
        return ""
    return salted_hmac("wraparound.web.who", str(request.user.pk), algorithm="sha256").hexdigest()[:16]
