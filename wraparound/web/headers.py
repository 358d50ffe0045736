"""What every answer says to browsers besides its policy of content: nothing of ours is for another site."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse

# None is used here, so that a script that got in could not use it either. Only what every browser knows is named:
# of another it complains on each page.
UNUSED = (
    "accelerometer autoplay camera display-capture encrypted-media fullscreen geolocation gyroscope magnetometer "
    "microphone midi payment usb"
).split()
HEADERS = {
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": ", ".join([*(f"{name}=()" for name in UNUSED), "publickey-credentials-get=(self)"]),
    "X-Permitted-Cross-Domain-Policies": "none",
}


class HeadersMiddleware:
    """Outermost, so that files, errors and answers to machines have them too."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        for name, value in HEADERS.items():
            response.headers.setdefault(name, value)
        return response
