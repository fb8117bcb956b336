"""The command line of the embedded services; see the package's docstring."""

import argparse
import os
import signal
import subprocess
import sys
from pathlib import Path

from prepare.basics import finish, say

from . import services
from .instance import Instance, portal_instance, test_instance
from .processes import end_with_parent


def main() -> int:
    parser = argparse.ArgumentParser(prog="python -m gruendungswerkstatt.embedded", description=__doc__)
    parser.add_argument("--test", action="store_true", help="the tests' own services instead of the portal's")
    commands = parser.add_subparsers(dest="command", required=True)
    for name, text in (
        ("up", "start PostgreSQL and Valkey and leave them running"),
        ("down", "end what `up` left running"),
        ("status", "say what runs and where its data is"),
        ("erase", "remove the data of services that do not run"),
    ):
        _with_test(commands.add_parser(name, help=text))
    run = commands.add_parser("run", help="the whole portal, until Ctrl-C")
    run.add_argument("--follow-parent", action="store_true", help="end when the process that started this one ends")
    execute = _with_test(commands.add_parser("exec", help="run a command with services around it: exec -- CMD …"))
    execute.add_argument("words", nargs=argparse.REMAINDER, metavar="-- CMD …")
    keep = _with_test(commands.add_parser("keep"))
    keep.add_argument("service")
    arguments = parser.parse_args()
    instance = test_instance() if arguments.test else portal_instance()
    return globals()[f"_{arguments.command}"](instance, arguments)


def _with_test(parser: argparse.ArgumentParser) -> argparse.ArgumentParser:
    """`--test` may stand before and after the command."""
    parser.add_argument("--test", action="store_true", default=argparse.SUPPRESS, help=argparse.SUPPRESS)
    return parser


def _up(instance: Instance, _) -> int:
    services.pin(instance)
    return _status(instance, _)


def _down(instance: Instance, _) -> int:
    services.end_pinned(instance)
    return 0


def _status(instance: Instance, _) -> int:
    for line in services.status(instance):
        say(line)
    return 0


def _erase(instance: Instance, _) -> int:
    services.erase(instance)
    return 0


def _keep(instance: Instance, arguments) -> int:
    from .keeper import keep

    return keep(instance, arguments.service)


def _run(_, arguments) -> int:
    from .run import run

    if arguments.follow_parent:
        end_with_parent(signal.SIGTERM, os.getppid())
    return run()


def _exec(instance: Instance, arguments) -> int:
    """Run the command and pass its exit code on (128 + n when signal n ended it)."""
    words = arguments.words[1:] if arguments.words[:1] == ["--"] else arguments.words
    if not words:
        sys.exit("exec needs a command: exec -- CMD …")
    parent = os.getpid()
    child = None

    def pass_on(number, _frame):
        if child is None:
            sys.exit(128 + number)
        # The terminal's Ctrl-C has reached the command already; one more would abort its own tidying up.
        if not (number == signal.SIGINT and sys.stdin.isatty()):
            child.send_signal(number)

    for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        signal.signal(number, pass_on)
    with services.running(instance) as variables:
        path = os.pathsep.join([str(Path(sys.executable).parent), os.environ.get("PATH", os.defpath)])
        try:
            child = subprocess.Popen(
                words,
                env={**os.environ, **variables, "PATH": path},
                preexec_fn=lambda: end_with_parent(signal.SIGTERM, parent),
            )
        except FileNotFoundError:
            sys.exit(f"{words[0]} is not there")
        code = child.wait()
    return 128 - code if code < 0 else code


finish(main)
