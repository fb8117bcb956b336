from django.contrib.postgres.operations import AddIndexConcurrently
from django.db import migrations, models


class Migration(migrations.Migration):
    """The inbox finds wishes for a new code without reading every enquiry; sending goes on meanwhile."""

    atomic = False
    dependencies = [("intake", "0004_hints_and_counts")]
    operations = [
        AddIndexConcurrently(
            "submission",
            models.Index(
                fields=["office", "code_lost_at"],
                name="submission_lost_codes",
                condition=models.Q(code_lost_at__isnull=False),
            ),
        ),
    ]
