from django.db import migrations

from gruendungswerkstatt.common.constraints import same_office


class Migration(migrations.Migration):
    """Composite foreign keys: a row never points into another office."""

    dependencies = [("cases_appointments", "0001_initial")]
    operations = [
        same_office("cases_appointments_appointment", "case_id", "cases_files_case"),
    ]
