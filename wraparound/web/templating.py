"""The Jinja2 environment that pages are made with."""

from typing import Any

from django.contrib.messages import get_messages
from django.http import HttpRequest
from django.templatetags.static import static
from django.urls import reverse
from jinja2 import ChainableUndefined, ChoiceLoader, Environment, PackageLoader

from wraparound.safeguarding.states import ConcernKind
from wraparound.web import formats
from wraparound.web.navigation import navigation
from wraparound.web.rooms import room_said


def environment(**options: Any) -> Environment:
    """Our templates, with the design system's macros beside them. The macros read keys that a caller left out."""
    loader = ChoiceLoader([options.pop("loader"), PackageLoader("nhsuk_frontend_jinja")])
    settings = {**options, "undefined": ChainableUndefined, "trim_blocks": True, "lstrip_blocks": True}
    made = Environment(loader=loader, **settings)
    made.globals.update(url=url, static=static, flashes=flashes, navigation=navigation)
    made.globals["concern_kinds"] = [(kind.value, kind.label) for kind in ConcernKind]
    made.filters.update(formats.FILTERS | {"room": room_said})
    return made


def url(name: str, *args: Any, **kwargs: Any) -> str:
    """The address of a named route."""
    return reverse(name, args=args, kwargs=kwargs)


def flashes(request: HttpRequest) -> list[Any]:
    """What the last action has to say, told once."""
    return list(get_messages(request))
