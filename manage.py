#!/usr/bin/env python
"""Django's command line for the portal; finds the services that `make run` started (see settings/environment.py)."""

import os
import sys


def main() -> None:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "gruendungswerkstatt.settings.base")
    from django.core.management import execute_from_command_line

    from gruendungswerkstatt.settings.complaints import ends_in_one_line

    with ends_in_one_line():
        execute_from_command_line(sys.argv)


if __name__ == "__main__":
    main()
