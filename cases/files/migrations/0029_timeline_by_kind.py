from django.contrib.postgres.operations import AddIndexConcurrently
from django.db import migrations, models


class Migration(migrations.Migration):
    """One part of a timeline is found by an index; people go on working meanwhile."""

    atomic = False

    dependencies = [("cases_files", "0028_translations")]

    operations = [
        AddIndexConcurrently(
            "timelineentry",
            models.Index(fields=["case", "kind", "-happened_at", "-id"], name="timeline_by_kind"),
        ),
    ]
