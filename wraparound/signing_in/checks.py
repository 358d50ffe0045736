"""What a deployer is told before anybody finds out the hard way."""

from typing import Any

from django.conf import settings
from django.core.checks import CheckMessage, Error, register

from wraparound.signing_in.breached import fault_of


@register()
def breached_passwords_can_be_read(**_: Any) -> list[CheckMessage]:
    """The file that BREACHED_PASSWORDS names, where it names one."""
    path = settings.BREACHED_PASSWORDS
    fault = fault_of(path) if path else ""
    return [Error(f"BREACHED_PASSWORDS names {path}: {fault}", id="signing_in.E001")] if fault else []
