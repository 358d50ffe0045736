"""Bundle: which resources it holds, which one a reference means, and what makes it the same Bundle sent again."""

import hashlib
import json
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, TypeVar

from wraparound.interop.fhir.elements import check_rules_of_reading
from wraparound.interop.fhir.operation_outcome import Place
from wraparound.interop.fhir.structs.datatypes import Reference
from wraparound.interop.fhir.structs.resources import (
    Bundle,
    BundleEntry,
    Consent,
    OperationOutcome,
    Organization,
    OtherResource,
    Patient,
    ServiceRequest,
)

Kind = TypeVar("Kind", Patient, ServiceRequest, Consent)

_TYPES = ("transaction", "collection")
_CONDITIONS = ("if_none_match", "if_modified_since", "if_match", "if_none_exist")
# What a sending of the same thing may write differently: it says nothing of the person or the request.
_ENVELOPE = frozenset({"id", "meta", "text"})


@dataclass(frozen=True)
class Contents:
    """The resources of a Bundle, each with where it stands."""

    bundle: Bundle
    at: Place

    def one(self, kind: type[Kind], why: str) -> tuple[Kind, Place] | None:
        """The only resource of its kind; None, and a fault, when there is none or more than one."""
        found = [(entry.resource, at) for entry, at in self.entries() if isinstance(entry.resource, kind)]
        if not found:
            self.at.at("entry").refuse(f"must have a {kind.__name__}, which says {why}", "required")
        for _, at in found[1:]:
            at.at("resource").refuse(f"is a second {kind.__name__}: send one referral in a Bundle", "not-supported")
        return (found[0][0], found[0][1].at("resource")) if len(found) == 1 else None

    def entries(self) -> Iterator[tuple[BundleEntry, Place]]:
        for index, entry in enumerate(self.bundle.entry or ()):
            yield entry, self.at.at(f"entry[{index}]")

    def find(self, reference: Reference | None) -> Any:
        """The resource that a reference means, or None when it is not, or not surely, in the Bundle."""
        wanted = reference.reference if reference else None
        if not wanted:
            return None
        found = [entry.resource for entry, _ in self.entries() if _is_meant(entry, wanted)]
        return found[0] if len(found) == 1 else None


def _is_meant(entry: BundleEntry, wanted: str) -> bool:
    resource = entry.resource
    relative = resource is not None and resource.id is not None and wanted == f"{type(resource).__name__}/{resource.id}"
    return relative or (entry.full_url is not None and entry.full_url in (wanted, f"urn:uuid:{wanted}"))


def from_fhir(bundle: Bundle, at: Place) -> Contents:
    """Check the Bundle as an envelope. Faults go to `at`."""
    contents = Contents(bundle, at)
    if bundle.type not in _TYPES:
        at.at("type").refuse(f"must be {' or '.join(_TYPES)}", "not-supported")
    if bundle.total is not None:
        at.at("total").refuse("belongs to a search or a history", "invariant")
    check_rules_of_reading(bundle, at)
    seen: set[str] = set()
    for entry, here in contents.entries():
        _check_entry(entry, here, bundle.type == "transaction")
        if entry.full_url in seen:
            here.at("fullUrl").refuse("is that of another entry", "duplicate")
        seen |= {entry.full_url} if entry.full_url else set()
    return contents


def _check_entry(entry: BundleEntry, at: Place, transaction: bool) -> None:
    for name in ("search", "response"):
        if getattr(entry, name) is not None:
            at.at(name).refuse("belongs to an answer, not to a request", "invariant")
    resource = entry.resource
    if resource is None:
        at.at("resource").refuse("is required", "required")
        return
    if isinstance(resource, (OtherResource, Bundle, OperationOutcome)):
        at.at("resource").inform(f"of type {type(resource).__name__} is not read")
    else:
        check_rules_of_reading(resource, at.at("resource"))
    if transaction and entry.request is None:
        at.at("request").refuse("is required in a transaction", "required")
    if not transaction and entry.request is not None:
        at.at("request").refuse("belongs to a transaction", "invariant")
    if transaction and entry.request is not None:
        _check_request(entry, at.at("request"))


def _check_request(entry: BundleEntry, at: Place) -> None:
    request = entry.request
    if request is None:
        return
    if request.method != "POST":
        at.at("method").refuse("must be POST: only making a referral is offered", "not-supported")
    if request.url != type(entry.resource).__name__:
        at.at("url").refuse("must be the type of the resource", "invariant")
    for name in _CONDITIONS:
        if getattr(request, name) is not None:
            head, *rest = name.split("_")
            at.at(head + "".join(part.capitalize() for part in rest)).refuse("sets a condition", "not-supported")


def modifier_extensions(value: Any, path: str) -> Iterator[str]:
    """The path of every modifierExtension below `value`: it may reverse what it stands in, and none is known here."""
    if isinstance(value, list):
        for index, one in enumerate(value):
            yield from modifier_extensions(one, f"{path}[{index}]")
    elif isinstance(value, dict) and value.get("resourceType") in (None, "Bundle", *_READ):
        for name, one in value.items():
            if name == "modifierExtension":
                yield f"{path}.{name}"
            else:
                yield from modifier_extensions(one, f"{path}.{name}")


_READ = tuple(kind.__name__ for kind in (Patient, ServiceRequest, Consent, Organization))


def fingerprint(tree: dict[str, Any]) -> str:
    """The SHA-256 of what the Bundle says, apart from its envelope and the names it gives its resources."""
    names: dict[str, str] = {}
    for index, entry in enumerate(tree.get("entry", [])):
        resource = entry.get("resource", {})
        kind = resource.get("resourceType", "")
        for name in (entry.get("fullUrl"), f"{kind}/{resource.get('id')}"):
            if name:
                names[name] = f"{kind} {index}"
    said = [_renamed(entry.get("resource", {}), names, _ENVELOPE) for entry in tree.get("entry", [])]
    text = json.dumps(said, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(text.encode()).hexdigest()


def _renamed(value: Any, names: dict[str, str], without: frozenset[str] = frozenset()) -> Any:
    if isinstance(value, list):
        return [_renamed(one, names) for one in value]
    if isinstance(value, dict):
        return {
            name: names.get(one, one) if name == "reference" and isinstance(one, str) else _renamed(one, names)
            for name, one in value.items()
            if name not in without
        }
    return value
