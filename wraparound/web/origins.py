"""Where a request comes from: what may be believed of it, and whether it is this machine itself."""

from ipaddress import ip_address

from django.conf import settings
from django.http import HttpRequest
from django.http.request import split_domain_port

# What a proxy adds. Any of them says that the request came to this machine from somewhere else.
PASSED_ON = ("HTTP_X_FORWARDED_FOR", "HTTP_FORWARDED", "HTTP_X_REAL_IP", "HTTP_VIA")


def network_address(request: HttpRequest) -> str:
    """The address that the request began at, as far as the proxies that are known to be ours say.

    Anybody may send the header: each of ours adds at its end whom it heard, so that only as many of the last count.
    """
    said: str = request.META.get("HTTP_X_FORWARDED_FOR", "")
    heard = [each.strip() for each in said.split(",") if each.strip()]
    heard.append(str(request.META.get("REMOTE_ADDR", "")))
    return heard[max(0, len(heard) - 1 - settings.TRUSTED_PROXIES)]


def from_this_machine(request: HttpRequest) -> bool:
    """Whether a browser on the machine asks for the machine itself, with nothing in between.

    The name that is asked for counts too: a page from elsewhere may give this machine's address a name of its own.
    """
    if any(request.META.get(name) for name in PASSED_ON):
        return False
    name, _ = split_domain_port(request.get_host())
    return _is_loopback(str(request.META.get("REMOTE_ADDR", ""))) and (name == "localhost" or _is_loopback(name))


def _is_loopback(address: str) -> bool:
    try:
        return ip_address(address.strip("[]")).is_loopback
    except ValueError:
        return False
