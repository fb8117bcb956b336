"""`begin_portal EMAIL NAME`: the network's bodies, municipalities and topics, and the first person of the office."""

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand, CommandError
from django.core.validators import validate_email
from django.db import transaction
from django.urls import reverse

from network.directory.services import load_network
from network.people.services.beginning import AlreadyBegun, appoint_first_team_lead


class Command(BaseCommand):
    help = "Brings the directory's first contents and makes the first team lead, who then invites everybody else."

    def add_arguments(self, parser):
        parser.add_argument("email")
        parser.add_argument("name")

    @transaction.atomic
    def handle(self, *args, email: str, name: str, **options):
        try:
            validate_email(email)
            office = next(organisation for organisation in load_network() if organisation.is_office)
            appoint_first_team_lead(office, email=email, name=name)
        except ValidationError as error:
            raise CommandError(f"{email} is no e-mail address") from error
        except AlreadyBegun as error:
            raise CommandError(f"The office {error} has a team lead already, who invites others.") from error
        address = f"{settings.SITE_URL.rstrip('/')}{reverse('account_reset_password')}"
        self.stdout.write(f"{email} leads {office.name}. They choose a password at {address}")
