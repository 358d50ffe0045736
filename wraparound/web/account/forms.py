"""What somebody says of themselves to be let in, and how they will be let in from now on."""

from wraparound.web.nhsuk import EmailField, Form, HiddenField, PasswordField, TextField
from wraparound.web.team.forms import ActionForm

GOOD = "At least 12 characters. Three words that do not belong together are good."


class SignInForm(Form):
    username = EmailField("Email address", autocomplete="username", missing="Enter your email address")
    password = PasswordField("Password", missing="Enter your password")


class CodeForm(Form):
    code = TextField(
        "Code", hint="6 digits from your app, or one of your recovery codes", autocomplete="one-time-code", width=10,
        max_length=40, spellcheck=False, missing="Enter the code",
    )  # fmt: skip


class AppForm(Form):
    code = TextField(
        "Code that the app shows now", hint="6 digits", autocomplete="one-time-code", inputmode="numeric", width=10,
        max_length=20, missing="Enter the code that the app shows",
    )  # fmt: skip


class KeyForm(Form):
    name = TextField(
        "Name of the key", hint="So that you know it again, such as “Work laptop” or “Blue key”", max_length=60,
        missing="Enter a name for the key",
    )  # fmt: skip
    credential = HiddenField(max_length=20_000)


class PasswordForm(Form):
    password = PasswordField("Your password", missing="Enter your password")


class NewPasswordForm(ActionForm):
    password = PasswordField(
        "New password", autocomplete="new-password", hint=GOOD, missing="Enter a new password"
    )  # fmt: skip


class ForgottenForm(Form):
    email = EmailField("Email address", autocomplete="username", missing="Enter your email address")
