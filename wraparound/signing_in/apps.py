from django.apps import AppConfig


class SigningInConfig(AppConfig):
    name = "wraparound.signing_in"

    def ready(self) -> None:
        from wraparound.signing_in import checks  # noqa: F401
