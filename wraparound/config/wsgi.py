"""What a WSGI server runs."""

import os

from django.core.wsgi import get_wsgi_application

from wraparound.config.logs import cover

# The server set its own log up before it loads this.
cover("gunicorn.error", "gunicorn.access")
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "wraparound.config.settings")
application = get_wsgi_application()
