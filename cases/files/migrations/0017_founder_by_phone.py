import django.contrib.postgres.indexes
from django.contrib.postgres.operations import AddIndexConcurrently
from django.db import migrations


class Migration(migrations.Migration):
    """A telephone number is found by any part of it; people go on working meanwhile."""

    atomic = False

    dependencies = [("cases_files", "0016_labels")]

    operations = [
        AddIndexConcurrently(
            "founder",
            django.contrib.postgres.indexes.GinIndex(
                fields=["phone"], name="founder_by_phone", opclasses=["gin_trgm_ops"]
            ),
        ),
    ]
