"""The demo's secret key: made once, kept in ``<VAR_DIR>/secret-key``, because founders' codes hang on it."""

import os
import secrets

from .instance import Instance


def ensure_secret_key(instance: Instance) -> None:
    """Write the key whole or not at all; two who start at once agree on the first one."""
    path = instance.home / "secret-key"
    if path.exists():
        return
    path.parent.mkdir(parents=True, exist_ok=True)
    fresh = path.with_name(f"secret-key.{os.getpid()}")
    fresh.touch(mode=0o600)
    fresh.write_text(secrets.token_urlsafe(64))
    try:
        os.link(fresh, path)
    except FileExistsError:
        pass
    finally:
        fresh.unlink()
