"""`python -m gruendungswerkstatt.embedded.portal`: everything Django has to do before the portal can serve.

One process for all of it, because loading Django takes longer than most of the steps.
"""

import io
import logging
import os
import sys

from prepare.basics import VAR_DIR, finish, say
from prepare.stamps import digest, is_fresh, leave


def main() -> int:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "gruendungswerkstatt.settings.base")
    import django
    from django.core.exceptions import ImproperlyConfigured
    from django.core.management import CommandError, call_command

    try:
        django.setup()
        logging.getLogger().setLevel(logging.WARNING)  # the person at the terminal reads sentences, not JSON
        call_command("check", stdout=io.StringIO())  # its "no issues" is no news, what it finds goes to stderr
        say("Bringing the database up to date")
        call_command("migrate", interactive=False, verbosity=0)
        call_command("check", databases=["default"], tags=["database"], stdout=io.StringIO())
        _collect_static(call_command)
        say("Looking after the demo data")
        call_command("seed_demo", "--once")
    except ImproperlyConfigured as error:
        sys.exit(f"Configuration error: {error}")
    except CommandError as error:
        sys.exit(str(error))
    return 0


def _collect_static(call_command) -> None:
    assets = VAR_DIR / "stamps" / "assets"
    value = digest("uv.lock", extra=[assets.read_text() if assets.exists() else ""])
    stamp = VAR_DIR / "stamps" / "static"
    if is_fresh(stamp, value) and (VAR_DIR / "static" / "staticfiles.json").exists():
        return
    say("Collecting the static files")
    call_command("collectstatic", interactive=False, clear=True, verbosity=0)
    leave(stamp, value)


if __name__ == "__main__":
    finish(main)
