from django.contrib.postgres.operations import AddIndexConcurrently
from django.db import migrations, models


class Migration(migrations.Migration):
    """Erasing a person finds their messages without reading the whole ledger; sending goes on meanwhile."""

    atomic = False
    dependencies = [("messaging", "0004_message_texts")]
    operations = [
        AddIndexConcurrently("message", models.Index(fields=["recipient_uuid"], name="message_by_recipient")),
    ]
