"""``services.json``: the addresses of what runs, where settings/environment.py finds them."""

import json
from collections.abc import Iterable, Mapping

from .instance import Instance

# What stands beside the addresses: only the demo runs on embedded services.
ALWAYS = {"DEMO": "1"}
ADDRESSES = {"DATABASE_URL", "CELERY_BROKER_URL"}


def published(instance: Instance) -> dict[str, str]:
    """What the file says; services it names may have been killed since."""
    try:
        return json.loads(instance.services_file.read_text())
    except (FileNotFoundError, ValueError):
        return {}


def publish(instance: Instance, variables: Mapping[str, str]) -> None:
    """Add `variables` to the file, readable by us alone: passwords are in it."""
    _change(instance, lambda known: {**known, **variables})


def withdraw(instance: Instance, names: Iterable[str]) -> None:
    """Take `names` out; the file goes with its last address."""
    _change(instance, lambda known: {name: value for name, value in known.items() if name not in names})


def _change(instance: Instance, change) -> None:
    with instance.lock("services").held(seconds=10, otherwise=f"{instance.services_file} is locked: try again."):
        after = change(published(instance))
        if ADDRESSES.isdisjoint(after):
            instance.services_file.unlink(missing_ok=True)
            return
        fresh = instance.services_file.with_suffix(".new")
        fresh.touch(mode=0o600)
        fresh.write_text(json.dumps({**ALWAYS, **after}, indent=1))
        fresh.replace(instance.services_file)
