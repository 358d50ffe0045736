"""Sessions that are open, tries that went wrong, and what happened at the door."""

from typing import ClassVar

from django.db import models

from wraparound.audit.personal_data import Holds


class OpenSession(models.Model):
    """One browser in which a user is signed in, beside the framework's own row of it; gone when it ends."""

    holds: ClassVar = Holds.STAFF
    comes_and_goes: ClassVar = True

    user = models.ForeignKey("organisations.User", models.PROTECT, related_name="open_sessions")
    session_key = models.CharField(max_length=40, unique=True)
    browser = models.CharField(max_length=60, help_text="In words, such as Firefox on Windows")
    started_at = models.DateTimeField()
    seen_at = models.DateTimeField(help_text="When somebody last did something in it, to the minute")


class Tries(models.Model):
    """How often something was tried in vain, under a key that says neither by whom nor from where."""

    holds: ClassVar = Holds.NOTHING
    comes_and_goes: ClassVar = True

    key = models.CharField(max_length=64, primary_key=True, help_text="Made with the product's own secret")
    tries = models.PositiveIntegerField()
    last_at = models.DateTimeField(db_index=True)


class Happened(models.TextChoices):
    """What a row about signing in tells."""

    SIGNED_IN = "signed_in", "Signed in"
    WRONG_PASSWORD = "wrong_password", "Wrong email address or password"
    TOLD_TO_WAIT = "told_to_wait", "Told to wait after too many tries"
    SECOND_FACTOR_ASKED = "second_factor_asked", "Right password, asked for the second factor"
    WRONG_SECOND_FACTOR = "wrong_second_factor", "Wrong code or key"
    SINGLE_SIGN_ON_REFUSED = "single_sign_on_refused", "Single sign-on refused"
    SINGLE_SIGN_ON_LINKED = "single_sign_on_linked", "Single sign-on joined to the account"
    SIGNED_OUT = "signed_out", "Signed out"
    SIGNED_OUT_ELSEWHERE = "signed_out_elsewhere", "Signed out in other browsers"
    RAN_OUT = "ran_out", "Signed out by time"
    SHUT_OUT = "shut_out", "Signed out because no role is left or the account is closed"
    PASSWORD_CHANGED = "password_changed", "Password changed"
    PASSWORD_FORGOTTEN = "password_forgotten", "Asked for a link to a new password"
    PASSWORD_NEW = "password_new", "New password by a link"
    SECOND_FACTOR_ADDED = "second_factor_added", "Second factor added"
    SECOND_FACTOR_REMOVED = "second_factor_removed", "Second factor removed"
    SECOND_FACTOR_FORGOTTEN = "second_factor_forgotten", "Second factors taken away by an administrator"
    RECOVERY_CODES_MADE = "recovery_codes_made", "Recovery codes made"
    RECOVERY_CODE_USED = "recovery_code_used", "Recovery code used"


class SignInRecord(models.Model):
    """One thing that happened at the door: for investigators, and only ever added to."""

    holds: ClassVar = Holds.STAFF
    personal_fields: ClassVar = ("user", "network_address")
    append_only: ClassVar = True

    user = models.ForeignKey("organisations.User", models.PROTECT, null=True, related_name="+")
    happened = models.CharField(max_length=30, choices=Happened.choices)
    how = models.CharField(max_length=40, blank=True, help_text="By what: password, totp, the provider's name")
    network_address = models.GenericIPAddressField(null=True, help_text="As far as our own proxies say")
    known_device = models.BooleanField(default=False, help_text="A browser in which this user had signed in before")
    at = models.DateTimeField()

    class Meta:
        indexes = [
            models.Index(fields=["user", "-at"], name="sign_in_of_user"),
            models.Index(fields=["-at"], name="sign_in_by_time"),
        ]
