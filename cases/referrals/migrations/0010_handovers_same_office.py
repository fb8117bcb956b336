from django.db import migrations

from gruendungswerkstatt.common.constraints import same_office

TABLE = "cases_referrals_handover"


class Migration(migrations.Migration):
    """What is handed over belongs to the office that does it, and somebody of that office recorded the consent."""

    dependencies = [("cases_referrals", "0009_handovers")]
    operations = [
        same_office(TABLE, "case_id", "cases_files_case"),
        same_office(TABLE, "submission_id", "intake_submission"),
        same_office(TABLE, "recorded_by_id", "network_people_membership", "organisation_id"),
    ]
