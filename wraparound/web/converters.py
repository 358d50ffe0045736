"""What may stand in an address."""

from django.urls import register_converter


class ReferenceConverter:
    """A journey's public reference; anything else in its place is no page of ours."""

    regex = "[0-9A-Z]{4}-[0-9A-Z]{4}"

    def to_python(self, value: str) -> str:
        return value

    def to_url(self, value: str) -> str:
        return value


register_converter(ReferenceConverter, "reference")
