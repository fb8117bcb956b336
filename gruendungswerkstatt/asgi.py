"""ASGI entry point."""

import os

from django.core.asgi import get_asgi_application

from .settings.complaints import ends_in_one_line

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "gruendungswerkstatt.settings.base")
with ends_in_one_line():
    application = get_asgi_application()
