"""`manage.py seed_demo`: the network, two offices, the demo accounts and twelve personas on their ways."""

from typing import Any

from django.core.management.base import BaseCommand, CommandParser

from gruendungswerkstatt.common import clock
from gruendungswerkstatt.demo.accounts import OFFICE
from gruendungswerkstatt.demo.figures import make_figures
from gruendungswerkstatt.demo.guard import refuse_outside_demo
from gruendungswerkstatt.demo.offices import make_offices
from gruendungswerkstatt.demo.story import Story
from network.people.models import Organisation


class Command(BaseCommand):
    help = "Fill the database of a demonstration. Running it again adds what is missing and changes nothing else."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--once", action="store_true", help="do nothing if it was done before")

    def handle(self, *args: Any, **options: Any) -> None:
        refuse_outside_demo()
        story = Story(clock.now())
        if options["once"] and story.is_told():
            self.stdout.write("Demo data is there already.")
            return
        make_offices()
        make_figures(Organisation.objects.get(code=OFFICE))
        new = story.tell_all()
        self.stdout.write(f"Demo data: {new} personas new.")
