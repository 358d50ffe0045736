"""Giving many people to other workers: choose whose and whom, see what would happen, and then do it.

One address and three posts, so that nothing is kept between them: what was chosen travels with the form.
"""

from collections.abc import Mapping, Sequence

from django.contrib import messages
from django.http import HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from wraparound.casework.reassigning import MOST, Share, holders, people_of, reassign_shared, shared
from wraparound.events.action import Refused
from wraparound.organisations.models import User
from wraparound.organisations.roles import Capability
from wraparound.pathways.words import listed
from wraparound.referrals.models import Referral
from wraparound.referrals.teams_now import WorkerNow, workers_now
from wraparound.web.access import Request, needs
from wraparound.web.formats import counted
from wraparound.web.managing import pages
from wraparound.web.managing.forms import ALL, SHARE_OUT, GivePeopleForm

NOBODY = "unclaimed"
KEPT = ("people", "to", "among", "why")


@needs(Capability.SHARE_OUT)
@require_http_methods(["GET", "POST"])
def give_people(request: Request) -> HttpResponse:
    """Whose people, whom of them, to whom and why; then a preview; then it is done, whole or not at all."""
    whose = request.GET.get("whose", "")
    held = holders(request.actor)
    names = {str(each.user_id): each.name for each in held} | {NOBODY: "nobody yet"}
    if whose not in names:
        return render(request, "managing/whose.jinja", {"holders": pages.holders_offered(held), "unclaimed": NOBODY})
    people = people_of(request.actor, None if whose == NOBODY else int(whose))
    if not people:
        messages.warning(request, "There is nobody to give: somebody may have done it meanwhile.")
        return redirect("give-people")
    giving = _Giving(request, whose, names[whose], people)
    step = request.POST.get("step", "") if request.method == "POST" else ""
    return {"preview": giving.preview, "confirm": giving.confirm}.get(step, giving.ask)()


class _Giving:
    """One worker's people, on their way to others."""

    def __init__(self, request: Request, whose: str, name: str, people: Sequence[Referral]) -> None:
        self.request, self.whose, self.name = request, whose, name
        self.people: Mapping[str, Referral] = {str(each.pk): each for each in people}
        self.workers: Sequence[WorkerNow] = workers_now(request.actor)

    def ask(self, form: GivePeopleForm | None = None) -> HttpResponse:
        """The form; with what was chosen, when somebody comes back from the preview to change it."""
        back = self._form(initial=_chosen(self.request.POST)) if self.request.POST else self._form()
        shown = {"form": form or back, "name": self.name, "unclaimed": self.whose == NOBODY,
                 "number": len(self.people), "most": MOST}  # fmt: skip
        return render(self.request, "managing/give.jinja", shown)

    def preview(self) -> HttpResponse:
        form = self._form(self.request.POST)
        if not form.is_valid():
            return self.ask(form)
        shown = {
            "givings": pages.givings(self._shares(form)),
            "name": self.name,
            "unclaimed": self.whose == NOBODY,
            "kept": [(name, value) for name in KEPT for value in self.request.POST.getlist(name)],
        }
        return render(self.request, "managing/preview.jinja", shown)

    def confirm(self) -> HttpResponse:
        """Do what was shown, and not what would be chosen by now."""
        form = self._form(self.request.POST)
        if not form.is_valid():
            return self.ask(form)
        users = {str(each.member.user_id): each.member.user for each in self.workers}
        try:
            shares = _told(self.request.POST.getlist("give"), self.people, users)
            reassign_shared(by=self.request.actor, shares=shares, why=form.cleaned_data["why"])
        except Refused as refusal:
            form.refuse(Refused(refusal.code, refusal.sentence, "people" if refusal.field == "referrals" else ""))
            return self.ask(form)
        messages.success(self.request, _said(shares))
        return redirect("team")

    def _shares(self, form: GivePeopleForm) -> list[Share]:
        said = form.cleaned_data
        chosen = self.people.values() if ALL in said["people"] else [self.people[pk] for pk in said["people"]]
        if said["to"] == SHARE_OUT:
            return shared(self.request.actor, chosen, {int(user_id) for user_id in said["among"]})
        to = next(each.member.user for each in self.workers if str(each.member.user_id) == said["to"])
        return [Share(each, to) for each in chosen]

    def _form(self, data: QueryDict | None = None, initial: dict[str, object] | None = None) -> GivePeopleForm:
        without = None if self.whose == NOBODY else int(self.whose)
        sharing = pages.workers_offered(self.workers, without=without, sharing=True)
        free = {str(each.member.user_id) for each in self.workers if each.bar is None}
        at_first: dict[str, object] = {"among": [value for value, _, _ in sharing if value in free]}
        return GivePeopleForm(
            data,
            initial=at_first | (initial or {}),
            people=pages.people_offered(list(self.people.values())),
            workers=pages.workers_offered(self.workers, without=without, sharing=False),
            sharing=sharing,
        )


def _chosen(sent: QueryDict) -> dict[str, object]:
    return {
        "people": sent.getlist("people"),
        "to": sent.get("to", ""),
        "among": sent.getlist("among"),
        "why": sent.get("why", ""),
    }


def _told(
    pairs: Sequence[str], people: Mapping[str, Referral], users: Mapping[str, User]
) -> list[tuple[Referral, User]]:
    """The preview's pairs of person and worker. Refused `changed` when one is no longer there to be given."""
    shares = []
    for pair in pairs:
        referral, _, user = pair.partition(":")
        if referral not in people or user not in users:
            raise Refused("changed", "Somebody changed this meanwhile. Nothing was given: look again.", "referrals")
        shares.append((people[referral], users[user]))
    return shares


def _said(shares: Sequence[tuple[Referral, User]]) -> str:
    names = [worker.name for _, worker in shares]
    counts = [f"{names.count(name)} to {name}" for name in dict.fromkeys(names)]
    return f"{counted(len(shares), 'person was', 'people were')} given: {listed(counts)}. They are told."
