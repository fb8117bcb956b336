"""Many founders at once, each thinking a while before every answer: do they all get through, and how long do they wait?

They walk against gunicorn as `make run` starts it for this machine. The same walk by one founder alone comes first;
what counts is the ratio.
"""

import random
import statistics
import time
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field

from gruendungswerkstatt.demo.personas import PERSONAS, Persona
from intake.steps import GROUPS, step_of

from .client import Client
from .server import IN_REAL_USE, serving
from .walk import posted

CROWD, THINKING_SECONDS = 200, 20.0
ALONE_TIMES = 5
WANTED_RATIO = 4
WRITERS = [persona for persona in PERSONAS if persona.answers.get("municipality")]


@dataclass
class Founder:
    """Walks and notes how long every answer of the server took, in seconds, and what went wrong."""

    port: int
    persona: Persona
    thinking: float = 0.0
    waits: list[float] = field(default_factory=list)
    errors: list[str] = field(default_factory=list)

    def walk(self) -> "Founder":
        """The short way, then sending; stops at the first answer that is none."""
        chance = random.Random(id(self))  # noqa: S311 (thinking, not a secret)
        time.sleep(self.thinking * chance.random())  # nobody begins at the same moment
        client, base = Client(self.port, self.persona.language), f"/{self.persona.language}/intake/"
        try:
            self._ask(client, base, None, 200)
            self._ask(client, base, {"has_read": "on"}, 302)
            for group in filter(lambda group: step_of(group).is_short_way, GROUPS.values()):
                self._ask(client, f"{base}{group.code}/", None, 200)
                time.sleep(self.thinking * (0.5 + chance.random()))
                self._ask(client, f"{base}{group.code}/", posted(group, self.persona.answers), 302)
            self._ask(client, f"{base}check/", {}, 302)
            self._ask(client, f"{base}sent/", None, 200)
        except (OSError, AssertionError) as error:
            self.errors.append(f"{self.persona.key}: {error!r}")
        return self

    def _ask(self, client: Client, path: str, data: dict | None, wanted: int) -> None:
        begun = time.perf_counter()
        answer = client.ask(path, data)
        self.waits.append(time.perf_counter() - begun)
        if answer.status != wanted:
            raise AssertionError(f"{path} answered {answer.status} instead of {wanted}")


def run() -> str:
    """The figures in a sentence. Raises SystemExit if somebody did not get through."""
    with serving("bench.settings_served", **IN_REAL_USE) as port:
        Founder(port, WRITERS[0]).walk()  # warms up
        alone = _waits([Founder(port, WRITERS[i % len(WRITERS)]).walk() for i in range(ALONE_TIMES)])
        crowd = [Founder(port, WRITERS[i % len(WRITERS)], THINKING_SECONDS) for i in range(CROWD)]
        begun = time.monotonic()
        with ThreadPoolExecutor(CROWD) as pool:
            together = _waits(list(pool.map(Founder.walk, crowd)))
        elapsed = time.monotonic() - begun
    before, after = _p95(alone), _p95(together)
    return (
        f"{CROWD} founders at once, {THINKING_SECONDS:.0f} s of thinking before every answer:"
        f" {len(together):,} requests in {elapsed:.0f} s without an error;"
        f" p95 {after * 1000:.0f} ms, alone {before * 1000:.0f} ms:"
        f" **{after / before:.1f} times** (wanted: at most {WANTED_RATIO})"
    )


def _waits(founders: Sequence[Founder]) -> list[float]:
    if errors := [error for founder in founders for error in founder.errors]:
        raise SystemExit(f"{len(errors)} of {len(founders)} founders did not get through: {errors[:5]}")
    return [wait for founder in founders for wait in founder.waits]


def _p95(waits: Sequence[float]) -> float:
    return statistics.quantiles(waits, n=20)[-1]
