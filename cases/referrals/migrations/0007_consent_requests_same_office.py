from django.db import migrations

from gruendungswerkstatt.common.constraints import same_office


class Migration(migrations.Migration):
    """A question for a consent belongs to the office of its case, and somebody of that office asked it."""

    dependencies = [("cases_referrals", "0006_consent_requests")]
    operations = [
        same_office("cases_referrals_consentrequest", "case_id", "cases_files_case"),
        same_office("cases_referrals_consentrequest", "asked_by_id", "network_people_membership", "organisation_id"),
    ]
