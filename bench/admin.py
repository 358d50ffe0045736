"""The worklist as Django's own admin lists it: the same columns, order and team."""

from typing import Any

from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.test import RequestFactory

from wraparound.referrals.models import Referral


class Everything:
    """A user who may do everything, without a row of its own."""

    pk = id = 0
    is_active = is_staff = is_authenticated = True
    is_anonymous = False

    def has_perm(self, permission: str, obj: object = None) -> bool:
        return True

    has_module_perms = has_perm

    def has_usable_password(self) -> bool:
        return True

    def get_username(self) -> str:
        return "everybody"

    def __str__(self) -> str:
        return "everybody"


class ReferralAdmin(admin.ModelAdmin):  # type: ignore[type-arg]
    list_display = ("person_name", "reference", "from_organisation", "worker", "status", "rank", "due_at", "sent_at")
    list_select_related = ("person", "worker", "journey", "to_team", "from_organisation")
    list_filter = ("to_team",)
    ordering = ("rank", "due_at", "pk")
    list_per_page = 25

    def get_queryset(self, request: HttpRequest) -> QuerySet[Referral]:
        return super().get_queryset(request).filter(is_open=True)

    @admin.display(description="Person")
    def person_name(self, referral: Referral) -> str:
        return referral.person.name

    @admin.display(description="Reference")
    def reference(self, referral: Referral) -> str:
        return referral.journey.reference


class WithoutFullCount(ReferralAdmin):
    """As somebody would have it who knows the admin well."""

    show_full_result_count = False


site = admin.AdminSite(name="bench-admin")
site.register(Referral, ReferralAdmin)
_USER = Everything()


def admin_page(team_id: int, page: int = 1, *, full_count: bool = True) -> HttpResponse:
    """One page of the list, rendered; no middleware is counted against it."""
    address = f"/bench-admin/referrals/referral/?to_team__id__exact={team_id}&p={page}"
    request: Any = RequestFactory().get(address)
    request.user = _USER
    options = (ReferralAdmin if full_count else WithoutFullCount)(Referral, site)
    response: Any = options.changelist_view(request)
    return response.render()
