"""The answer to a subject access request as PDF. Only jobs and commands call this."""

import json
from dataclasses import asdict

from wraparound.documents.pdf import FAMILIES, set_as_pdf
from wraparound.documents.subject_access import Pack


def subject_access_pdf(pack: Pack) -> bytes:
    """The pack as one PDF/UA-1 document, with a heading for each organisation and kind."""
    return set_as_pdf("subject_access.typ", {**json.loads(json.dumps(asdict(pack))), "fonts": list(FAMILIES)})
