"""Signing a mandate: on the screen or on paper, and the document to print."""

from dataclasses import dataclass, replace
from datetime import date

from wraparound.consent.agreed import MANDATE, AgreedHow, Capacity, GivenBy, SignedHow
from wraparound.consent.asking import Agreed, against, age_on
from wraparound.consent.mandates import as_json, content_of, digest_of, mandate_of, signatures_under, text_of
from wraparound.consent.models import Consent, MandateDocument, Signature
from wraparound.consent.rules import Standing
from wraparound.consent.strokes import strokes_in
from wraparound.consent.tasks import set_mandate
from wraparound.events.action import Refused, action
from wraparound.events.recording import record
from wraparound.organisations.actor import Actor
from wraparound.organisations.roles import Capability


@dataclass(frozen=True, kw_only=True)
class Name:
    """Whose name stands under a mandate. `representative` says how it was checked that they may sign for the person."""

    name: str
    signed_by: GivenBy = GivenBy.PERSON
    representative: str = ""


@action
def sign(*, by: Actor, consent: Consent, name: Name, read: bool, shown: str, drawing: str = "") -> Signature:
    """Somebody puts their name to a mandate on the screen, typed or, with a `drawing`, drawn.

    `shown` is the digest of the text that they had before them. Refused: `not_allowed`, `too_late`, `not_read`,
    `changed`, `no_name`, `bad_drawing`, and what stands against who signs.
    """
    by.require(Capability.RECORD_CONSENT)
    held = _held(consent, by)
    if not read:
        raise Refused("not_read", "Tick that they have read it, or that it was read to them.", "read")
    if shown != digest_of(as_json(text_of(by, held))):
        raise Refused("changed", "The text has changed since the page was opened. Read it again, then sign.", "read")
    try:
        drawn = bool(drawing) and bool(strokes_in(drawing))
    except ValueError:
        raise Refused("bad_drawing", "Clear the box and draw the name again, or type it alone.", "drawing") from None
    how = SignedHow.DRAWN if drawn else SignedHow.TYPED
    return _signed(Signature(how=how, drawing=drawing, signed_on=by.today()), held, name, by)


@action
def sign_on_paper(*, by: Actor, consent: Consent, name: Name, on: date, kept_at: str) -> Signature:
    """Write down that a mandate was signed by hand, and where the paper is.

    Refused: `not_allowed`, `too_late`, `not_yet`, `nowhere`, `no_name`, and what stands against who signs.
    """
    by.require(Capability.RECORD_CONSENT)
    held = _held(consent, by)
    if on > by.today():
        raise Refused("not_yet", "Write down a signature once it is there, not before.", "on")
    if not kept_at.strip():
        raise Refused("nowhere", "Write where the signed paper is kept.", "kept_at")
    return _signed(Signature(how=SignedHow.ON_PAPER, kept_at=kept_at.strip(), signed_on=on), held, name, by)


def _signed(signature: Signature, consent: Consent, name: Name, by: Actor) -> Signature:
    """What both ways have: by whom it is signed, and the very text."""
    if not name.name.strip():
        raise Refused("no_name", "Enter the full name of whoever signs.", "name")
    _check_who(consent, name, by)
    for field in ("scheme_id", "organisation_ids", "person_id"):
        setattr(signature, field, getattr(consent, field))
    signature.consent = consent
    signature.name, signature.signed_by = name.name.strip(), name.signed_by
    signature.representative = name.representative.strip() if name.signed_by != GivenBy.PERSON else ""
    said = text_of(by, consent)
    signature.wording, signature.said = MANDATE.name, as_json(said)
    signature.language = next((each.language for each in said if each.language), "en")
    signature.sha256 = digest_of(signature.said)
    signature.recorded_by_id, signature.recorded_by_organisation_id = by.user_id, by.organisation_id
    signature.recorded_at = by.now()
    signature.save()
    data = {"consent": consent.pk, "signature": signature.pk, "how": signature.how, "sha256": signature.sha256}
    record("mandate_signed", by=by, told=consent.organisation_ids, person_id=consent.person_id, data=data)
    return signature


def _check_who(consent: Consent, name: Name, by: Actor) -> None:
    """Who may not agree may not sign: the same rules, with what was said of them when they agreed."""
    act = consent.agreement
    asked = Agreed(
        how=AgreedHow.IN_WRITING,
        wording=MANDATE,
        given_by=name.signed_by,
        representative=name.representative,
        capacity=Capacity(act.capacity),
        capacity_note=act.capacity_note,
    )
    found = against(asked, age=age_on(consent.person.date_of_birth, by.today()), needed=frozenset())
    if found is None:
        return
    if found.field == "representative":
        raise Refused(found.code, "Write how you know that they may sign for the person.", found.field)
    raise Refused(found.code, found.sentence, "signed_by")


def _held(consent: Consent, by: Actor) -> Consent:
    """The consent, locked while it is signed. Refused when it holds no more."""
    Consent.objects.visible_to(by).select_for_update(of=("self",)).get(pk=consent.pk)
    held = mandate_of(by, consent.pk)
    if held.taken_back_at or held.run_out_at or held.ended_at:
        raise Refused("too_late", "This holds no more. Ask again, and write down what they say, before anybody signs.")
    return held


@action
def prepare_document(
    *, by: Actor, consent: Consent, standing: Standing, signature: Signature | None = None
) -> MandateDocument:
    """Have the mandate set as a document: to be signed by hand, or with a signature. The same one twice is set once."""
    by.require(Capability.RECORD_CONSENT)
    Consent.objects.visible_to(by).select_for_update(of=("self",)).get(pk=consent.pk)
    held = mandate_of(by, consent.pk)
    under = signatures_under(by, held).get(pk=signature.pk) if signature else None
    content = content_of(by, held, standing, under)
    document = MandateDocument.objects.visible_to(by).filter(consent=held, signature=under).first()
    if document is None:
        document = MandateDocument(consent=held, signature=under)
        for field in ("scheme_id", "organisation_ids", "person_id"):
            setattr(document, field, getattr(held, field))
    if document.content != content:
        document.content, document.asked_at, document.pdf = content, by.now(), None
        document.save()
    if document.pdf is None:
        set_mandate.later(by=replace(by, moment=None), document_id=document.pk)
    data = {"consent": held.pk, "document": document.pk}
    record("mandate_prepared", by=by, person_id=held.person_id, data=data)
    return document
