from tests.house.conftest import owner

__all__ = ["owner"]
