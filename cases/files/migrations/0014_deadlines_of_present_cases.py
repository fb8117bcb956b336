from datetime import timedelta

from django.db import migrations
from django.db.models import Q

from gruendungswerkstatt.common.clock import local
from gruendungswerkstatt.common.ids import new_uuid
from gruendungswerkstatt.common.retention import Period, Unit

BATCH = 500


def set_deadlines(apps, schema_editor):
    """What follows from cases that are worked on, as `deadlines.follow` sets it from now on; no line in the timeline."""
    Case, Deadline = apps.get_model("cases_files", "Case"), apps.get_model("cases_files", "Deadline")

    def deadline(case, kind, day, due_on):
        return Deadline(
            uuid=new_uuid(), office_id=case.office_id, case=case, kind=kind, counted_from_on=day, due_on=due_on,
            source="rule",
        )  # fmt: skip

    cases = Case.objects.filter(state__in=["open", "resting"])
    start = cases.filter(planned_start_on__isnull=False).exclude(has_application=True)
    trading = Q(submission__answers__self_employed="yes") | Q(submission__answers__stage="trading")
    Deadline.objects.bulk_create(
        (
            deadline(case, "start_money", case.planned_start_on, case.planned_start_on - timedelta(days=1))
            for case in start.iterator(BATCH)
        ),
        batch_size=BATCH,
        ignore_conflicts=True,
    )
    opened = ((case, local(case.opened_at).date()) for case in cases.filter(trading).iterator(BATCH))
    Deadline.objects.bulk_create(
        (deadline(case, "viability", day, Period(1, Unit.YEARS).after(day)) for case, day in opened),
        batch_size=BATCH,
        ignore_conflicts=True,
    )


class Migration(migrations.Migration):
    dependencies = [("cases_files", "0013_deadlines")]

    operations = [migrations.RunPython(set_deadlines, migrations.RunPython.noop, elidable=True)]
