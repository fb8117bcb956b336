from django.contrib.postgres.operations import AddIndexConcurrently
from django.db import migrations, models


class Migration(migrations.Migration):
    """Planned appointments by when they end: who is expected next, whose outcome is missing."""

    atomic = False

    dependencies = [
        ('cases_appointments', '0004_history'),
        ('cases_files', '0015_worklist_indexes'),
        ('network_people', '0008_changes_through_the_provider'),
    ]

    operations = [
        AddIndexConcurrently("appointment", models.Index(condition=models.Q(('state', 'planned')), fields=['office', 'ends_at', 'starts_at', 'case'], name='appointment_planned'),
        ),
    ]
