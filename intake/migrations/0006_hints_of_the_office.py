from django.db import migrations

from gruendungswerkstatt.common.constraints import same_office


class Migration(migrations.Migration):
    """Whoever changed or checked a hint belongs to its office."""

    dependencies = [("intake", "0005_lost_codes_index")]
    operations = [
        same_office("intake_officehint", "changed_by_id", "network_people_membership", "organisation_id"),
        same_office("intake_officehint", "checked_by_id", "network_people_membership", "organisation_id"),
    ]
