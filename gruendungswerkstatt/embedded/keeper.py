"""The keeper: one process per service that starts it, stays beside it and stops it when the last user has gone.

Three locks per service, each of which the operating system gives back when its holder ends, however it ends:

``<service>.keeper``  held by the keeper as long as it lives
``<service>.use``     shared by all users; the keeper that gets it alone knows that nobody is left
``<service>.start``   held while a user looks for a keeper or starts one, so that two never start two

``<service>.pinned`` names the keeper that `up` asked to stay without users.
"""

import os
import signal
import sys
import time

from prepare.basics import Refusal, one_line

from .instance import Instance
from .postgres import Postgres
from .published import publish, withdraw
from .valkey import Valkey

SERVICES = {"postgres": Postgres, "valkey": Valkey}
LOOK_SECONDS = 0.1
# A service that dies again within this time of its start will not get better by starting it once more.
STEADY_SECONDS = 10


def keep(instance: Instance, name: str) -> int:
    """Be the keeper of service `name`; tells the starter what it does, then ``ready`` or ``refused <why>``."""
    stopping = []
    for number in (signal.SIGTERM, signal.SIGINT, signal.SIGHUP):
        signal.signal(number, lambda *_: stopping.append(True))
    life, use = instance.lock(f"{name}.keeper"), instance.lock(f"{name}.use")
    if not life.acquire(note=str(os.getpid())):
        return _answer("refused another keeper has just started: try again")
    try:
        instance.log_dir.mkdir(parents=True, exist_ok=True)
        service = SERVICES[name](instance)
        publish(instance, service.start())
    except Refusal as refusal:
        return _answer(f"refused {refusal}")
    except OSError as error:
        return _answer(f"refused {one_line(error)}")
    _answer("ready")
    started = time.monotonic()
    try:
        while not stopping and not (not is_pinned(instance, name) and use.acquire()):
            if service.process.poll() is not None:
                if time.monotonic() - started < STEADY_SECONDS:
                    print(f"{service.title} ended again so soon after its start that it is not started once more.")
                    return 1
                print(f"{service.title} ended unexpectedly and is started again.", flush=True)
                service.start()
                started = time.monotonic()
            time.sleep(LOOK_SECONDS)
    finally:
        withdraw(instance, service.variables)
        service.stop()
    return 0  # both locks are given back when this process has really ended


def is_pinned(instance: Instance, name: str) -> bool:
    """Whether `up` asked this very keeper to stay."""
    try:
        return (instance.home / "locks" / f"{name}.pinned").read_text() == instance.lock(f"{name}.keeper").note()
    except FileNotFoundError:
        return False


def _answer(text: str) -> int:
    """Tell the starter, who reads no further, and let go of its pipe."""
    print(" ".join(text.split()), flush=True)
    os.dup2(sys.stderr.fileno(), sys.stdout.fileno())
    return 0 if text == "ready" else 1
