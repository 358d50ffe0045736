"""How a scheme begins: one organisation, and an invitation to its first administrator."""

from dataclasses import dataclass

from django.db import IntegrityError, connection, transaction
from django.db.models import Q

from wraparound.events.action import Refused, action
from wraparound.events.recording import record
from wraparound.organisations.actor import Actor
from wraparound.organisations.administering import plain
from wraparound.organisations.invitations import Made, Offer, make
from wraparound.organisations.models import Organisation, Partner, Scheme
from wraparound.organisations.roles import Capability, Role
from wraparound.organisations.setting_up import NewOrganisation, public_name, written_down


@dataclass(frozen=True, kw_only=True)
class NewScheme:
    """What a scheme begins as. Its administrator works for `organisation`; one whose code is known is taken as it is.

    With a `slug` people may ask for help themselves, at the public address that ends so, and that organisation takes
    them in until the administrator says another.
    """

    name: str
    nation: Scheme.Nation
    model: Scheme.Model
    organisation: NewOrganisation
    administrator: str
    email: str
    slug: str = ""


def founder(ods_code: str = "") -> Actor:
    """Whoever may run commands on the server, in a scheme that is not there yet: its number is set aside.

    They act for the organisation that has the code, or for one that is not there yet either.
    """
    known = Organisation.objects.filter(ods_code=ods_code).first() if ods_code else None
    return Actor(
        scheme_id=_set_aside(Scheme),
        organisation_id=known.pk if known else _set_aside(Organisation),
        role=Role.SCHEME_ADMINISTRATOR,
        name="Command on the server",
    )


@action
def found_scheme(*, by: Actor, scheme: NewScheme) -> Made:
    """Make the scheme, let its first organisation be part of it, and invite its first administrator. `by`: `founder`.

    Refused for anybody who signed in, and where a scheme has the name or the public address already.
    """
    by.require(Capability.MANAGE_SCHEME)
    if by.user_id is not None:
        raise Refused("on_the_server", "A scheme is made by a command on the server.")
    name = plain(scheme.name, "the scheme’s name", "name")
    taken = Refused("name_taken", f"There is a scheme called {name} already.", "name")
    if Scheme.objects.filter(Q(pk=by.scheme_id) | Q(name__iexact=name)).exists():
        raise taken
    slug = public_name(by.scheme_id, scheme.slug, needed=False)
    organisation = _organisation(by, scheme.organisation)
    values = {"name": name, "nation": scheme.nation, "model": scheme.model, "slug": slug}
    try:
        with transaction.atomic():
            made = Scheme.objects.create(pk=by.scheme_id, front_door=organisation if slug else None, **values)
    except IntegrityError:
        raise taken from None
    Partner.objects.create(scheme=made, organisation=organisation)
    record("scheme_made", by=by, data={"organisation": organisation.pk, "model": made.model, "nation": made.nation})
    first = Role.SCHEME_ADMINISTRATOR
    return make(
        by, Offer(name=scheme.administrator, email=scheme.email, organisation_id=organisation.pk, role=first)
    )  # fmt: skip


def _organisation(by: Actor, said: NewOrganisation) -> Organisation:
    """The known one of this code, or a new one with the number that was set aside."""
    known = Organisation.objects.filter(pk=by.organisation_id).first()
    if known is not None:
        if not said.ods_code or known.ods_code != said.ods_code:
            raise Refused("not_yours", f"{known.name} is not the organisation that was named.", "organisation")
        return known
    made = written_down(said)
    made.pk = by.organisation_id
    made.save(force_insert=True)
    return made


def _set_aside(model: type[Scheme] | type[Organisation]) -> int:
    with connection.cursor() as cursor:
        cursor.execute("SELECT nextval(pg_get_serial_sequence(%s, 'id'))", [model._meta.db_table])
        number: int = cursor.fetchone()[0]
    return number
