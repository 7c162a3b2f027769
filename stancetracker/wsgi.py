"""The WSGI entry that gunicorn and other servers load: ``stancetracker.wsgi:application``."""

import os

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "stancetracker.settings")

application = get_wsgi_application()
