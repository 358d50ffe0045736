"""The routes of the pages. `config.urls` includes them and says who the demo's people are, where there are any."""

from collections.abc import Callable, Sequence

from django.urls import URLPattern, URLResolver, include, path

from wraparound.web.account import views as account


def routes(demo_users: Callable[[], Sequence[account.DemoGroup]] | None) -> list[URLPattern | URLResolver]:
    return [
        path("", account.home, name="home"),
        path("healthz", account.health, name="health"),
        path("sign-in/", account.sign_in(demo_users), name="sign-in"),
        path("sign-in/demo/", account.sign_in_as, {"demo_users": demo_users}, name="sign-in-as"),
        path("sign-out/", account.sign_out, name="sign-out"),
        path("acting-for/", account.choose, name="choose"),
        path("", include("wraparound.web.account.urls")),
        path("", include("wraparound.web.asking.urls")),
        path("", include("wraparound.web.referring.urls")),
        path("", include("wraparound.web.calling.urls")),
        path("", include("wraparound.web.team.urls")),
        path("", include("wraparound.web.managing.urls")),
        path("", include("wraparound.web.waiting.urls")),
        path("", include("wraparound.web.journey.urls")),
        path("", include("wraparound.web.advice.urls")),
        path("", include("wraparound.web.money.urls")),
        path("", include("wraparound.web.plan.urls")),
        path("", include("wraparound.web.consents.urls")),
        path("", include("wraparound.web.evidence.urls")),
        path("", include("wraparound.web.files.urls")),
        path("", include("wraparound.web.once.urls")),
        path("", include("wraparound.web.safeguarding.urls")),
        path("", include("wraparound.web.confidential.urls")),
        path("", include("wraparound.web.scheme.urls")),
        path("", include("wraparound.web.members.urls")),
        path("", include("wraparound.web.rights.urls")),
        path("", include("wraparound.web.hearing.urls")),
        path("", include("wraparound.web.figures.urls")),
        path("", include("wraparound.web.home.urls")),
    ]
