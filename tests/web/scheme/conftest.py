from tests.web.working import an_hour_later

__all__ = ["an_hour_later"]
