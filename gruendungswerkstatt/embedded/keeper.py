"""The keeper: one process per service that starts it, stays beside it and stops it when the last user has gone.

Three locks per service, each of which the operating system gives back when its holder ends, however it ends:

``<service>.keeper``  held by the keeper as long as it lives
``<service>.use``     shared by all users; the keeper that gets it alone knows that nobody is left
``<service>.start``   held while a user looks for a keeper or starts one, so that two never start two

``<service>.pinned`` asks it to stay without users (`up`).
"""

import os
import signal
import sys
import time
from pathlib import Path

from prepare.basics import Refusal, one_line
from prepare.locks import Lock

from .instance import Instance
from .postgres import Postgres
from .published import publish, withdraw
from .valkey import Valkey

SERVICES = {"postgres": Postgres, "valkey": Valkey}
LOOK_SECONDS = 0.1
# A service that dies this often within this time of its start will not get better by starting it once more.
MOST_RAPID_DEATHS, STEADY_SECONDS = 3, 10


def keep(instance: Instance, name: str) -> int:
    """Be the keeper of service `name`; tells the starter what it does, then ``ready`` or ``refused <why>``."""
    stopping = []
    for number in (signal.SIGTERM, signal.SIGINT, signal.SIGHUP):
        signal.signal(number, lambda *_: stopping.append(True))
    life, use = instance.lock(f"{name}.keeper"), instance.lock(f"{name}.use")
    if not life.acquire(note=str(os.getpid())):
        return _answer("refused another keeper has just started: try again")
    pin_file(instance, name).unlink(missing_ok=True)
    service = SERVICES[name](instance)
    try:
        instance.make_folders()
        publish(instance, service.start())
    except (Refusal, OSError) as error:
        service.stop()
        return _answer(f"refused {error if isinstance(error, Refusal) else one_line(error)}")
    _answer("ready")
    started, rapid_deaths = time.monotonic(), 0
    try:
        while not stopping and not _is_left_alone(instance, name, use):
            if service.process.poll() is not None:
                rapid_deaths = rapid_deaths + 1 if time.monotonic() - started < STEADY_SECONDS else 1
                if rapid_deaths > MOST_RAPID_DEATHS:
                    print(f"{service.title} ends again and again: see {service.log}.")
                    return 1
                print(f"{service.title} ended unexpectedly and is started again.", flush=True)
                service.start()
                started = time.monotonic()
            time.sleep(LOOK_SECONDS)
    finally:
        withdraw(instance, service.variables)
        service.stop()
    return 0  # both locks are given back when this process has really ended


def pin_file(instance: Instance, name: str) -> Path:
    """While it exists the keeper stays without users; a new keeper starts without it."""
    return instance.home / "locks" / f"{name}.pinned"


def _is_left_alone(instance: Instance, name: str, use: Lock) -> bool:
    """Whether nobody uses the service, and from then on nobody can begin to.

    In this order: who pins it does so while using it, so the pin is there before the lock is free.
    """
    if not use.acquire():
        return False
    if pin_file(instance, name).exists():
        use.release()
        return False
    return True


def _answer(text: str) -> int:
    """Tell the starter, who reads no further, and let go of its pipe."""
    print(" ".join(text.split()), flush=True)
    os.dup2(sys.stderr.fileno(), sys.stdout.fileno())
    return 0 if text == "ready" else 1
