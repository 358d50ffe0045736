"""Signing in."""

from django.contrib.auth.forms import AuthenticationForm

from wraparound.web.nhsuk import EmailField, Form, PasswordField


class SignInForm(Form, AuthenticationForm):
    error_messages = {
        "invalid_login": "The email address and password do not belong together. Check both and try again.",
        "inactive": "This account has been closed. Ask your manager to open it again.",
    }
    username = EmailField("Email address", autocomplete="username", missing="Enter your email address")
    password = PasswordField("Password", missing="Enter your password")
