from django.db import migrations

from gruendungswerkstatt.common.constraints import same_office


class Migration(migrations.Migration):
    """An appointment's advisor, and whoever planned it, work at its own office."""

    dependencies = [
        ("cases_appointments", "0002_same_office"),
        ("network_people", "0001_initial"),
    ]
    operations = [
        same_office("cases_appointments_appointment", "advisor_id", "network_people_membership", "organisation_id"),
        same_office("cases_appointments_appointment", "created_by_id", "network_people_membership", "organisation_id"),
    ]
