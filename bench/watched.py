"""The product's application, which also says which modules its process has imported."""

import json
import sys
from collections.abc import Callable, Iterable
from typing import Any

from wraparound.config.wsgi import application as product


def application(environ: dict[str, Any], start_response: Callable[..., Any]) -> Iterable[bytes]:
    if environ["PATH_INFO"] == "/bench-modules":
        start_response("200 OK", [("Content-Type", "application/json")])
        return [json.dumps(sorted(sys.modules)).encode()]
    return product(environ, start_response)
