"""The rule of FHIR's choice elements, `value[x]`: at most one of the types it may have."""

from operator import attrgetter
from typing import Any

from msgspec.structs import astuple

# Between the element and the sentence of a rule that msgspec can only place at the object around it.
WITHIN = "\x1f"


class Choice:
    """One choice element of a struct: its name, the fields that may hold it, and whether one must.

    A primitive's field and the `_element` beside it are the same answer; `beside` maps one to the other.
    """

    def __init__(self, name: str, fields: list[str], beside: dict[str, str], *, required: bool = False) -> None:
        self.name = name
        self.required = required
        self._fields = fields
        self._beside = beside
        self._values = attrgetter(*fields)
        self._extras = attrgetter(*beside.values(), "id", "id")  # `id` twice so that a tuple always comes back

    def check(self, struct: Any) -> None:
        """Raise ValueError when more than one type is given, or none and one is required."""
        given = self._given(struct)
        if given > 1:
            raise ValueError(f"{self.name}{WITHIN}may have one type and has more")
        if self.required and not given:
            raise ValueError(f"{self.name}{WITHIN}is required")

    def check_against(self, struct: Any, nested: object) -> None:
        """The same for an extension, which has a value or extensions of its own, never both (rule ext-1).

        Extensions are the most common struct with a choice, and have fifty types to choose from: counting what is
        there at all settles nearly every one of them.
        """
        fields = astuple(struct)
        besides = 1 + (nested is not None) + (struct.id is not None)  # 1 is the url
        if len(fields) - fields.count(None) - besides == (nested is None):
            return
        self.check(struct)
        if bool(nested) == bool(self._given(struct)):
            raise ValueError(f"{self.name}{WITHIN}must be given, or extensions instead of it, and not both")

    def _given(self, struct: Any) -> int:
        values = self._values(struct)
        plain = len(values) - values.count(None)
        extras = self._extras(struct)[:-2]
        if extras.count(None) == len(extras):
            return plain
        return sum(
            getattr(struct, field) is not None or getattr(struct, self._beside.get(field, field)) is not None
            for field in self._fields
        )
