"""A new installation begins with the network's contents and one person, who is not told a password."""

import pytest
from django.core.management import CommandError, call_command

from network.people.enums import Role
from network.people.models import Membership, Municipality, User

pytestmark = pytest.mark.django_db


def test_the_first_team_lead_gets_in_by_a_forgotten_password(capsys, settings, client):
    settings.SITE_URL = "https://portal.example"
    call_command("begin_portal", "Lead@Kreis.example", "Leyla Lead")
    (membership,) = Membership.objects.all()
    assert (membership.user.email, membership.role) == ("lead@kreis.example", Role.TEAM_LEAD)
    assert membership.organisation.is_office
    assert Municipality.objects.count() == 10
    address = capsys.readouterr().out.strip().rpartition(" ")[2]
    assert address.startswith("https://portal.example/")
    assert client.get(address.removeprefix("https://portal.example")).status_code == 200


def test_it_begins_once():
    call_command("begin_portal", "lead@kreis.example", "Leyla Lead")
    with pytest.raises(CommandError, match="has a team lead already"):
        call_command("begin_portal", "other@kreis.example", "Other")
    assert User.objects.count() == 1


def test_a_typing_error_leaves_nothing():
    with pytest.raises(CommandError, match="is no e-mail address"):
        call_command("begin_portal", "lead", "Leyla Lead")
    assert Municipality.objects.count() == 0
