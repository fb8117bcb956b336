from django.db import migrations

from gruendungswerkstatt.common.constraints import same_office


class Migration(migrations.Migration):
    """Composite foreign keys: what was added and what matches never point into another office."""

    dependencies = [("cases_files", "0010_matching")]

    operations = [
        same_office("cases_files_matchkey", "founder_id", "cases_files_founder"),
        same_office("cases_files_addedenquiry", "case_id", "cases_files_case"),
        same_office("cases_files_addedenquiry", "submission_id", "intake_submission"),
    ]
