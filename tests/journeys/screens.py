"""A screen is one person's browser window. Whatever goes wrong in it is kept, and has to be nothing at the end."""

from dataclasses import dataclass, field
from http.cookies import Morsel
from pathlib import Path

from django.conf import settings
from django.test import Client
from playwright.sync_api import Browser, BrowserContext, ConsoleMessage, Page, Response

from wraparound.organisations.actor import Actor
from wraparound.organisations.models import User

AXE = Path(__file__).resolve().parents[2] / "node_modules" / "axe-core" / "axe.min.js"
STANDARD = ["wcag2a", "wcag2aa", "wcag21aa", "wcag22aa", "best-practice"]
# Milliseconds: a busy machine is slow, and a journey that fails is no quicker for having failed early.
PATIENCE = 20_000
DESK, PHONE, SMALLEST = 1280, 375, 320
SIDEWAYS = "() => document.documentElement.scrollWidth - document.documentElement.clientWidth"
CHECK = """async ([tags]) => {
    const found = await axe.run(document, {runOnly: {type: "tag", values: tags}, resultTypes: ["violations"]});
    const said = node => node.any.concat(node.all, node.none).map(one => one.message).join("; ");
    return found.violations.flatMap(rule => rule.nodes.map(
        node => `${rule.id}: ${rule.help}. ${node.target} ${node.html.slice(0, 200)} (${said(node)})`));
}"""


@dataclass
class Screens:
    """`screens(actor)` opens a window in which the actor's user is signed in; `screens()` is a stranger's."""

    browser: Browser
    address: str
    opened: list[BrowserContext] = field(default_factory=list)
    faults: list[str] = field(default_factory=list)
    expected: set[int] = field(default_factory=set)

    def __call__(
        self, actor: Actor | None = None, *, scripts: bool = True, width: int = DESK, height: int = 900
    ) -> Page:
        context = self.browser.new_context(
            base_url=self.address, java_script_enabled=scripts, viewport={"width": width, "height": height},
            locale="en-GB", timezone_id="Europe/London", reduced_motion="reduce",
        )  # fmt: skip
        context.set_default_timeout(PATIENCE)
        self.opened.append(context)
        if actor is not None:
            sign_in_without_password(context, self.address, actor)
        page = context.new_page()
        page.on("console", self._console)
        page.on("pageerror", lambda error: self.faults.append(f"A script failed: {error}"))
        page.on("response", self._answered)
        return page

    def expect_status(self, *statuses: int) -> None:
        """Say which answers below 500 are meant to fail in this journey."""
        self.expected.update(statuses)

    def close(self) -> None:
        for context in self.opened:
            context.close()

    def _console(self, message: ConsoleMessage) -> None:
        refused_on_purpose = any(
            f"the server responded with a status of {status}" in message.text for status in self.expected
        )
        if message.type in ("error", "warning") and not refused_on_purpose:
            self.faults.append(f"{message.type} in the console of {message.location.get('url')}: {message.text}")

    def _answered(self, response: Response) -> None:
        if response.status >= 400 and response.status not in self.expected:
            self.faults.append(f"{response.status} for {response.request.method} {response.url}")


def sign_in_without_password(context: BrowserContext, address: str, actor: Actor) -> None:
    client = Client()
    client.force_login(User.objects.get(pk=actor.user_id))
    cookie: Morsel[str] = client.cookies[settings.SESSION_COOKIE_NAME]
    context.add_cookies([{"name": cookie.key, "value": cookie.value, "url": address, "httpOnly": True}])


def problems_for_some_readers(page: Page) -> list[str]:
    """What axe finds against the standard, each with the elements that it finds it on."""
    if not page.evaluate("() => Boolean(window.axe)"):
        page.evaluate(AXE.read_text())
    found: list[str] = page.evaluate(CHECK, [STANDARD])
    return found


def scrolls_sideways(page: Page, width: int) -> bool:
    """Whether anything on the page is wider than a window of this width."""
    before = page.viewport_size
    # A press a moment ago may still be fetching the next page: between two there is no document at all.
    page.wait_for_load_state()
    page.set_viewport_size({"width": width, "height": 740})
    wider = page.evaluate(SIDEWAYS)
    if before:
        page.set_viewport_size(before)
    return bool(wider > 0)
