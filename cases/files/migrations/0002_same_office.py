from django.db import migrations

from gruendungswerkstatt.common.constraints import same_office


class Migration(migrations.Migration):
    """Composite foreign keys: a row never points into another office."""

    dependencies = [("cases_files", "0001_initial")]
    operations = [
        same_office("cases_files_namekey", "founder_id", "cases_files_founder"),
        same_office("cases_files_case", "founder_id", "cases_files_founder"),
        same_office("cases_files_case", "submission_id", "intake_submission"),
        same_office("cases_files_note", "case_id", "cases_files_case"),
        same_office("cases_files_statuschange", "case_id", "cases_files_case"),
        same_office("cases_files_timelineentry", "case_id", "cases_files_case"),
        same_office("cases_files_planstep", "case_id", "cases_files_case"),
    ]
