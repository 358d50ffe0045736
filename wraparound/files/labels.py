"""What a document may be called: one list, which stands beside this file."""

import tomllib
from collections.abc import Mapping
from pathlib import Path


def _read() -> dict[str, str]:
    held = tomllib.loads((Path(__file__).parent / "labels.toml").read_text(encoding="utf-8"))
    return {each["code"]: each["name"] for each in held["label"]}


LABELS: Mapping[str, str] = _read()
OTHER = "other"
