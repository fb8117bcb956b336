"""The portal as a browser meets it in an office: static files hashed, compressed and kept for a year."""

from gruendungswerkstatt.settings.base import STORAGES as SERVED

from .settings_portal import *  # noqa: F403

STORAGES = SERVED
