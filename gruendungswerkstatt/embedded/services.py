"""The user's side of the services: have them run while a block runs, pin them, end them, say how they are."""

import contextlib
import os
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor

from prepare.basics import BASE_DIR, VAR_DIR, Refusal, say
from prepare.locks import Lock

from .instance import Instance
from .keeper import SERVICES, pin_file
from .published import published
from .secret_key import ensure_secret_key

PATIENCE = 60  # seconds for another starter, or for a keeper on its way out


def needed(environ: dict[str, str]) -> list[str]:
    """Services that `environ` does not name a real one for."""
    return [name for name, service in SERVICES.items() if not environ.get(service.variables[0])]


@contextlib.contextmanager
def running(instance: Instance) -> Iterator[dict[str, str]]:
    """Have what is needed run for the block; yields the variables that lead there.

    Raises Refusal with one line if a service cannot be had.
    """
    ensure_secret_key(instance)
    with contextlib.ExitStack() as stack:
        names = needed(os.environ)
        for name in names:
            use = instance.lock(f"{name}.use")
            if not use.acquire(shared=True, seconds=PATIENCE):
                raise Refusal(
                    f"The {name} of {instance.home} does not stop: end process {_keeper(instance, name).note()}."
                )
            stack.callback(_leave, instance, name, use)
        with ThreadPoolExecutor() as pool:
            list(pool.map(lambda name: _ensure(instance, name), names))
        wanted = {variable for name in names for variable in SERVICES[name].variables}
        yield {variable: value for variable, value in published(instance).items() if variable in wanted}


def require_running(instance: Instance) -> None:
    """Raise Refusal if a service that is needed has been given up."""
    for name in needed(os.environ):
        if not _keeper(instance, name).is_held():
            raise Refusal(f"{SERVICES[name].title} has ended and could not be started again: see {instance.log_dir}.")


def pin(instance: Instance) -> None:
    """Start what is needed and let it run without users (`up`)."""
    with running(instance):
        for name in needed(os.environ):
            pin_file(instance, name).touch()


def end_pinned(instance: Instance) -> None:
    """End what `up` left running. Raises Refusal if someone still uses it."""
    for name in SERVICES:
        pin_file(instance, name).unlink(missing_ok=True)
        if _keeper(instance, name).is_held():
            _leave(instance, name, instance.lock(f"{name}.use"))
            if _keeper(instance, name).is_held():
                raise Refusal(f"{SERVICES[name].title} is still used by `make run` or `exec`: end that first.")


def status(instance: Instance) -> list[str]:
    """One line per service."""
    lines = []
    for name, service in SERVICES.items():
        keeper = _keeper(instance, name)
        if keeper.is_held():
            pinned = "until `down`" if pin_file(instance, name).exists() else "as long as it is used"
            lines.append(f"{service.title} runs {pinned} (keeper {keeper.note()}, {service(instance).where()})")
        else:
            lines.append(f"{service.title} does not run ({service(instance).where()})")
    return lines


def erase(instance: Instance) -> None:
    """Remove the data of the servers and what lies outside ``home``. Raises Refusal while one of them runs."""
    for name, service in SERVICES.items():
        if _keeper(instance, name).is_held():
            raise Refusal(f"{service.title} runs: end `make run`, `exec` or use `down` first.")
    for folder in (instance.home / "postgres", instance.outside, instance.socket_dir):
        shutil.rmtree(folder, ignore_errors=True)


def _keeper(instance: Instance, name: str) -> Lock:
    return instance.lock(f"{name}.keeper")


def _ensure(instance: Instance, name: str) -> None:
    """Start a keeper unless one is there; we hold a share of ``use``, so that it stays."""
    keeper = _keeper(instance, name)
    otherwise = f"Another process has been starting {name} for {PATIENCE} seconds: see {instance.log_dir}."
    with instance.lock(f"{name}.start").held(seconds=PATIENCE, otherwise=otherwise):
        deadline = time.monotonic() + PATIENCE
        while keeper.is_held():  # living, or on its way out since before we had our share
            if SERVICES[name].variables[0] in published(instance):
                return
            if time.monotonic() > deadline:
                raise Refusal(f"The keeper of {name} does not end: end process {keeper.note()}.")
            time.sleep(0.05)
        _start_keeper(instance, name)


def _start_keeper(instance: Instance, name: str) -> None:
    instance.log_dir.mkdir(parents=True, exist_ok=True)
    command = [sys.executable, "-m", "gruendungswerkstatt.embedded", "keep", name]
    with (instance.log_dir / f"{name}.keeper.log").open("wb") as log:
        started = subprocess.Popen(
            [*command, *(["--test"] if instance.is_test else [])],
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=log,
            cwd=BASE_DIR,
            env={**os.environ, "VAR_DIR": str(VAR_DIR)},  # which may be relative to where we stand
            start_new_session=True,  # it outlives us, and the terminal's Ctrl-C
            text=True,
        )
    with started.stdout as answers:
        for answer in answers:
            if answer == "ready\n":
                break
            if answer.startswith("refused "):
                started.wait()
                raise Refusal(answer.removeprefix("refused ").strip())
            say(answer.rstrip())
        else:
            started.wait()
            raise Refusal(f"The keeper of {name} ended: see {log.name}.")
    # Nobody waits for it: it may outlive us, and if not, we end soon after.
    started.returncode = 0


def _leave(instance: Instance, name: str, use: Lock) -> None:
    """Give back our share of `use`; as the last user end the service and wait until it is gone."""
    use.release()
    keeper = _keeper(instance, name)
    deadline = time.monotonic() + PATIENCE
    while keeper.is_held() and not pin_file(instance, name).exists() and time.monotonic() < deadline:
        if use.acquire():
            with contextlib.suppress(ProcessLookupError):
                os.kill(int(keeper.note()), signal.SIGTERM)
            while keeper.is_held() and time.monotonic() < deadline:
                time.sleep(0.02)
            use.release()
        elif use.acquire(shared=True):
            use.release()
            return  # somebody else uses it
        time.sleep(0.02)
