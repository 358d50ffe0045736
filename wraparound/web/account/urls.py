"""Signing in, and one's own account. No route makes an account: an invitation does."""

from django.urls import path

from wraparound.web.account import forgetting, own, passwords, single_sign_on, staying
from wraparound.web.account.second_factor import second_factor

urlpatterns = [
    path("sign-in/second/", second_factor, name="second-factor"),
    path("sign-in/forgotten/", passwords.forgotten, name="password-forgotten"),
    path("sign-in/new-password/<str:token>/", passwords.by_link, name="password-link"),
    path("sign-in/with/<slug:provider>/", single_sign_on.go, name="sign-on"),
    path("sign-in/with/<slug:provider>/back/", single_sign_on.back, name="sign-on-back"),
    path("session/", staying.session, name="session"),
    path("account/", own.account, name="account"),
    path("account/sure/", own.is_it_you, name="sure"),
    path("account/password/", own.password, name="password-change"),
    path("account/second-factor/", own.set_up, name="second-factor-set-up"),
    path("account/second-factor/app/", own.app, name="second-factor-app"),
    path("account/second-factor/key/", own.key, name="second-factor-key"),
    path("account/second-factor/codes/", own.recovery_codes, name="recovery-codes"),
    path("account/second-factor/<int:pk>/remove/", own.remove, name="second-factor-remove"),
    path("second-factors/<int:pk>/forget/", forgetting.forget, name="second-factors-forget"),
    path("account/sessions/end/", own.end_sessions, name="sessions-end"),
]
