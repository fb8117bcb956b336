from django.db import migrations

from gruendungswerkstatt.common.constraints import same_office


class Migration(migrations.Migration):
    """Composite foreign keys: a row never points into another office."""

    dependencies = [("cases_referrals", "0001_initial")]
    operations = [
        same_office("cases_referrals_consent", "founder_id", "cases_files_founder"),
        same_office("cases_referrals_referral", "case_id", "cases_files_case"),
        same_office("cases_referrals_referral", "consent_id", "cases_referrals_consent"),
        same_office("cases_referrals_referralstatuschange", "referral_id", "cases_referrals_referral"),
    ]
