"""What every address answers to every role, about a row of whom: called, and written as one table."""

from collections.abc import Iterator
from dataclasses import dataclass, field

from django.conf import settings
from django.core.cache import cache
from django.db import transaction
from django.http import HttpResponse
from django.test import Client
from django.test.client import ClientHandler

from tests.factories import World, make_world, member
from tests.house.story import Story, tell_story
from tests.house.test_routes import FOR_MACHINES, Route, kind_of
from wraparound.organisations.actor import Actor
from wraparound.organisations.models import Organisation, Team, User
from wraparound.organisations.roles import NOBODYS, Role
from wraparound.web.access import For

ROLES = tuple(role for role in Role if role not in NOBODYS)
OWN, PRACTICE, SERVICE, OTHER, ELSEWHERE = (
    "own organisation's", "the referring practice's", "a partner service's", "another organisation's",
    "another scheme's",
)  # fmt: skip
NO_ROW = ""
FOREIGN = (OTHER, ELSEWHERE)
PAGE, FILE, BUTTON, LEADS_ON = "page", "file", "button", "leads on"
REFUSED, NOT_FOUND, SIGN_IN, TOKEN = "refused", "not found", "sign in", "token"
LET_IN = {PAGE, FILE, BUTTON, LEADS_ON}
# What a button sends, where nothing at all sent is no answer to what it asks.
SENT = {"calls/<int:pk>/answer/": {"result": "no_need"}, "raise/<int:pk>/": {"kind": "danger"}}


@dataclass
class Everybody:
    """A story, and somebody of every role in every organisation that may stand to a row in some way."""

    story: Story = field(default_factory=tell_story)
    elsewhere: World = field(default_factory=make_world)
    sessions: dict[tuple[Role, int, bool], str] = field(default_factory=dict)
    # Loading what a request goes through takes longer than the request.
    handler: ClientHandler = field(default_factory=lambda: ClientHandler(enforce_csrf_checks=False))

    def position(self, where: str, insider: Actor) -> Organisation:
        """The organisation of whoever looks, when the row is the insider's organisation's."""
        world = self.story.world
        links, advisers = world.social.organisation, world.advice.organisation
        own = Organisation.objects.get(pk=insider.organisation_id)
        return {
            OWN: own,
            PRACTICE: world.practice,
            SERVICE: advisers if own == links else links,
            OTHER: world.other_practice,
            ELSEWHERE: self.elsewhere.practice,
        }[where]

    def positions(self, insider: Actor) -> list[str]:
        service = insider.organisation_id != self.story.world.practice.pk
        return [OWN, *([PRACTICE] if service else []), SERVICE, *FOREIGN]

    def client(
        self, role: Role | None, organisation: Organisation | None = None, insider: Actor | None = None
    ) -> Client:
        """A browser of somebody with the role there: the insider themselves, where it is their chair."""
        client = Client()
        client.handler, client.raise_request_exception = self.handler, False
        if role is not None:
            organisation = organisation or self.home(role)
            client.cookies[settings.SESSION_COOKIE_NAME] = self._session(role, organisation, insider)
        return client

    def home(self, role: Role) -> Organisation:
        """Where somebody with the role works in this story."""
        world = self.story.world
        for actor in world.actors.values():
            if actor.role is role:
                return Organisation.objects.get(pk=actor.organisation_id)
        return {Role.PRACTICE_MANAGER: world.practice}.get(role, world.social.organisation)

    def _session(self, role: Role, organisation: Organisation, insider: Actor | None) -> str:
        if insider and (insider.role, insider.organisation_id) == (role, organisation.pk):
            return _signed_in(insider)
        administers = bool(insider and insider.administers)
        key = (role, organisation.pk, administers)
        if key not in self.sessions:
            self.sessions[key] = _signed_in(self._somebody(role, organisation, administers))
        return self.sessions[key]

    def _somebody(self, role: Role, organisation: Organisation, administers: bool) -> Actor:
        scheme = self.elsewhere.scheme if organisation == self.elsewhere.practice else self.story.world.scheme
        team = Team.objects.filter(organisation=organisation, scheme=scheme).first()
        return member(scheme, organisation, role, f"{role.label} of {organisation.name}", team, administers=administers)


def _signed_in(actor: Actor) -> str:
    client = Client()
    client.force_login(User.objects.get(pk=actor.user_id))
    return client.cookies[settings.SESSION_COOKIE_NAME].value


def ask(client: Client, route: Route, address: str, sends: bool) -> str:
    """How the address answers to a look, or to a form where it only takes what is sent. Nothing of it stays."""
    answer = undone(client, "post" if sends else "get", address, SENT.get(route.path))
    kind = kind_of_answer(answer)
    return BUTTON if sends and kind in (PAGE, LEADS_ON) else kind


def only_sends(client: Client, route: Route, address: str) -> bool:
    return not route.path.startswith(FOR_MACHINES) and undone(client, "get", address).status_code == 405


def undone(client: Client, method: str, address: str, sent: dict[str, str] | None = None) -> HttpResponse:
    """The answer; what it changed is taken back."""
    cache.clear()
    with transaction.atomic():
        answer = getattr(client, method)(address, sent)
        transaction.set_rollback(True)
    return answer  # type: ignore[no-any-return]


def kind_of_answer(answer: HttpResponse) -> str:
    status = answer.status_code
    if status == 302:
        return SIGN_IN if answer["Location"].startswith("/sign-in/?next=") else LEADS_ON
    if status == 200:
        return PAGE if "text/html" in answer["Content-Type"] or answer["Content-Type"] == "text/plain" else FILE
    # 204 and 205 answer a page that is open: it may stay, or is to clear itself.
    known = {
        204: PAGE,
        205: PAGE,
        301: LEADS_ON,
        400: PAGE,
        401: TOKEN,
        403: REFUSED,
        404: NOT_FOUND,
        405: TOKEN,
        409: PAGE,
    }
    assert status in known, f"{answer.request['PATH_INFO']} answered {status}"  # type: ignore[attr-defined]
    return known[status]


@dataclass(frozen=True)
class Line:
    """What one address answers about a row of one kind of owner: to nobody, and to each role."""

    route: Route
    whose: str
    answers: tuple[str, ...]


def measured(everybody: Everybody, route: Route) -> list[Line]:
    return list(_with_a_row(everybody, route)) if takes_a_row(route) else [_without(everybody, route)]


def takes_a_row(route: Route) -> bool:
    machines = route.path.startswith(FOR_MACHINES)
    return bool(route.parameters) and route.open_for is not For.EVERYBODY and not machines


def _without(everybody: Everybody, route: Route) -> Line:
    address = route.to(kind_of(route).make(everybody.story) if route.parameters else {})
    sends = any(only_sends(everybody.client(role), route, address) for role in (None, *ROLES))
    answers = [ask(everybody.client(role), route, address, sends) for role in (None, *ROLES)]
    return Line(route, NO_ROW, tuple(answers))


def _with_a_row(everybody: Everybody, route: Route) -> Iterator[Line]:
    kind = kind_of(route)
    address = route.to(kind.make(everybody.story))
    insider = everybody.story.world.actors[kind.insider]
    sends = only_sends(everybody.client(insider.role, everybody.position(OWN, insider), insider), route, address)
    nobody = ask(everybody.client(None), route, address, sends)
    for whose in everybody.positions(insider):
        organisation = everybody.position(whose, insider)
        clients = [everybody.client(role, organisation, insider) for role in ROLES]
        yield Line(route, whose, (nobody, *(ask(client, route, address, sends) for client in clients)))


ABOUT = """# Who can open what

Every address of the product, called as every role, about a row of the role's own organisation, of a partner that takes
part in the journey, of another organisation of the same scheme, and of another scheme. The product itself gave these
answers: a test calls every address anew and compares. A role stands in each place even where nobody would give it.

- **page** or **file**: it opens, or says why nothing can be done now. **button**: it takes what a form sends, and acts.
  **leads on**: to another page.
- **refused**: the role may not, and reads why. **not found**: like an address that leads nowhere.
  **sign in**: to the page for signing in. **token**: for machines, which bring a token of their own.
- `/members/…` is called as those who administer their organisation; to anybody else it is refused.

Nothing about a person opens about another organisation's row or another scheme's.
"""


def as_page(rows: dict[str, list[str]]) -> str:
    """The document, of the rows of each address."""
    head = ["address", "whose row", "not signed in", *(role.label for role in ROLES)]
    drawn = [row for path in sorted(rows) for row in rows[path]]
    return "\n".join([ABOUT, _row(head), _row(["---"] * len(head)), *drawn]) + "\n"


def rows_of(lines: list[Line]) -> list[str]:
    """Owners about whose rows the address answers alike stand in one row."""
    found: dict[tuple[str, ...], list[str]] = {}
    for line in lines:
        found.setdefault(line.answers, []).append(line.whose)
    return [
        _row([f"`/{lines[0].route.path}`", " or ".join(whose), *answers]) for answers, whose in found.items()
    ]  # fmt: skip


def _row(cells: list[str]) -> str:
    return f"| {' | '.join(cells)} |"
