"""`make run`: services, database, demo data, then web, worker and beat until Ctrl-C."""

import os
import signal
import subprocess
import sys
import time
import urllib.error
import urllib.request

from gruendungswerkstatt.demo.accounts import DEMO_ACCOUNTS
from prepare.basics import BASE_DIR, VAR_DIR, Refusal, say
from prepare.locks import Lock
from prepare.ports import HOST, RUN_LOCK, read_port, require_free

from . import services
from .instance import Instance, portal_instance
from .leftovers import Leftovers
from .processes import end, end_with_parent
from .published import publish
from .supervisor import Supervisor

WORKERS, THREADS = 2, 4
SERVING_SECONDS = 60
LANGUAGES = ("ar", "de", "en")


class Stopped(BaseException):
    """Ctrl-C, or whatever else asks us to end."""


def run() -> int:
    """Run the portal until it is asked to stop; 0 then. Raises Refusal with one line if it cannot run."""
    port = read_port()
    require_free(port)
    site = f"http://{HOST}:{port}"
    lock = Lock(RUN_LOCK)
    # Seconds, because somebody may just be looking whether it is held.
    if not lock.acquire(seconds=2, note=f"process {os.getpid()}, {site}"):
        require_free(port)
    for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        signal.signal(number, _stop)
    instance = portal_instance()
    try:
        return _run(instance, port, os.environ.get("SITE_URL") or site)
    except Stopped as stopped:
        say(f"Ended by {stopped}.")
        return 0
    finally:
        lock.release()


def _stop(received: int, _frame) -> None:
    for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        signal.signal(number, signal.SIG_IGN)
    raise Stopped(signal.Signals(received).name)


def _run(instance: Instance, port: int, site: str) -> int:
    leftovers = Leftovers(instance.home / "leftovers.json")
    leftovers.end()
    if titles := [services.SERVICES[name].title for name in services.needed(os.environ)]:
        say(f"Starting {' and '.join(titles)}")
    with services.running(instance) as variables:
        env = {**os.environ, **variables, "SITE_URL": site, "VAR_DIR": str(VAR_DIR)}
        env.setdefault("DEMO", "1")
        if variables:
            publish(instance, {"SITE_URL": site})
        _prepare(env)
        supervisor = Supervisor(env, instance.log_dir, leftovers)
        _add_processes(supervisor, port)
        try:
            say("Starting web, worker and beat")
            supervisor.watch(_serving(f"http://{HOST}:{port}/livez"))
            _announce(site, instance)
            supervisor.watch(lambda: services.require_running(instance))
        finally:
            say("Ending web, worker and beat, then the services")
            supervisor.end()
    return 0


def _prepare(env: dict[str, str]) -> None:
    """Migrate, collect, seed in a process of its own, which says itself why it failed if it did."""
    parent = os.getpid()
    process = subprocess.Popen(
        [sys.executable, "-m", "gruendungswerkstatt.embedded.portal"],
        env=env,
        cwd=BASE_DIR,
        stdin=subprocess.DEVNULL,
        start_new_session=True,
        preexec_fn=lambda: end_with_parent(signal.SIGTERM, parent),
    )
    try:
        code = process.wait()
        if code < 0:
            raise Refusal(f"Preparing the portal was ended by signal {-code}: start again.")
        if code > 0:
            sys.exit(1)
    finally:
        end([process], (signal.SIGTERM, 3))


def _add_processes(supervisor: Supervisor, port: int) -> None:
    python, celery = sys.executable, ("-m", "celery", "-A", "gruendungswerkstatt.celery:app")
    supervisor.add(
        "web", python, "-m", "gunicorn", "--config", str(BASE_DIR / "gunicorn.conf.py"), "--bind", f"{HOST}:{port}",
        "--workers", str(WORKERS), "--threads", str(THREADS), "--graceful-timeout", "3",
    )  # fmt: skip
    supervisor.add(
        "worker", python, *celery, "worker", "--concurrency", "1", "--without-gossip", "--without-mingle",
        "--without-heartbeat", "--loglevel", "WARNING",
    )  # fmt: skip
    supervisor.add("beat", python, *celery, "beat", "--pidfile", "", "--loglevel", "WARNING")


def _serving(address: str):
    """A function that tells whether `address` answers; raises Refusal when it takes too long."""
    deadline = time.monotonic() + SERVING_SECONDS

    def is_serving() -> bool:
        try:
            with urllib.request.urlopen(address, timeout=2):  # noqa: S310  (our own http address)
                return True
        except (urllib.error.URLError, OSError):
            if time.monotonic() > deadline:
                raise Refusal(f"The portal did not answer within {SERVING_SECONDS} seconds: see web.log.") from None
            return False

    return is_serving


def _announce(site: str, instance: Instance) -> None:
    say("\nThe portal is ready:")
    for language in LANGUAGES:
        say(f"  founders ({language})  {site}/{language}/")
    say(f"  directory      {site}/de/network/")
    say(f"  log-in         {site}/de/accounts/login/")
    say("Demo accounts:")
    for account in DEMO_ACCOUNTS:
        say(f"  {account.role:<28} {account.email:<44} {account.password}")
    say(f"Mail goes to {instance.home / 'mail'}, logs to {instance.log_dir}. Ctrl-C ends everything.")
