from django.contrib.postgres.operations import AddIndexConcurrently
from django.db import migrations, models


class Migration(migrations.Migration):
    """Who was not reached is called again; the index is made while people go on working."""

    atomic = False

    dependencies = [("cases_files", "0023_undoing_in_the_same_office")]

    operations = [
        migrations.AddField(
            model_name="case",
            name="second_try_on",
            field=models.DateField(blank=True, null=True),
        ),
        AddIndexConcurrently(
            "case",
            models.Index(
                condition=models.Q(("second_try_on__isnull", False)),
                fields=["office", "second_try_on", "id"],
                name="case_second_try",
            ),
        ),
    ]
