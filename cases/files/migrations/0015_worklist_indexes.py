import datetime
import django.contrib.postgres.indexes
from django.contrib.postgres.operations import AddIndexConcurrently
import django.db.models.functions.comparison
from django.db import migrations, models


class Migration(migrations.Migration):
    """Every filter and sort of the worklist finds its rows by an index; people go on working meanwhile."""

    atomic = False

    dependencies = [
        ('cases_files', '0014_deadlines_of_present_cases'),
        ('intake', '0008_ways_in'),
        ('network_people', '0008_changes_through_the_provider'),
    ]

    operations = [
        AddIndexConcurrently("case", models.Index(fields=['office', 'phase', '-opened_at'], name='case_by_phase'),
        ),
        AddIndexConcurrently("case", models.Index(fields=['office', 'state', '-opened_at'], name='case_by_state'),
        ),
        AddIndexConcurrently("case", models.Index(fields=['office', 'sector', '-opened_at'], name='case_by_sector'),
        ),
        AddIndexConcurrently("case", models.Index(models.F('office'), django.db.models.functions.comparison.Coalesce('planned_start_on', datetime.date(9999, 12, 31), output_field=models.DateField()), models.F('id'), name='case_by_start'),
        ),
        AddIndexConcurrently(
            "case",
            models.Index(
                condition=models.Q(("planned_start_on__isnull", False)),
                fields=["office", "planned_start_on"],
                name="case_start_planned",
            ),
        ),
        AddIndexConcurrently("founder", models.Index(fields=['office', 'municipality'], name='founder_by_town'),
        ),
        AddIndexConcurrently("founder", models.Index(fields=['office', 'needs_interpreter'], name='founder_by_interpreter'),
        ),
        AddIndexConcurrently("founder", django.contrib.postgres.indexes.GinIndex(fields=['languages'], name='founder_by_language'),
        ),
        AddIndexConcurrently("planstep", models.Index(condition=models.Q(('done_at', None), ('due_on__isnull', False)), fields=['office', 'due_on'], name='plan_step_due'),
        ),
    ]
