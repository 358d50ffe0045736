"""What somebody gets wrong on a form."""

from dataclasses import dataclass, field


@dataclass(frozen=True)
class Bad:
    """What somebody types and ticks on a form, the button, and each error (said → its field's label)."""

    who: str
    errors: dict[str, str]
    button: str
    typed: dict[str, str] = field(default_factory=dict)
    ticked: tuple[str, ...] = ()
