"""WSGI entry point."""

import os

from django.core.wsgi import get_wsgi_application

from .settings.complaints import ends_in_one_line

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "gruendungswerkstatt.settings.base")
with ends_in_one_line():
    application = get_wsgi_application()
