from django.db import migrations

from gruendungswerkstatt.common import clock
from gruendungswerkstatt.common.clock import local
from gruendungswerkstatt.common.ids import new_uuid
from gruendungswerkstatt.common.retention import Period, Unit

BATCH = 500


def plan_follow_ups(apps, schema_editor):
    """What is still to come of cases that were closed as founded, as `followups.follow` plans it from now on."""
    Case, FollowUp = apps.get_model("cases_files", "Case"), apps.get_model("cases_files", "FollowUp")
    founded = Case.objects.filter(state="closed", outcome__in=["founded_full_time", "founded_side"])
    today = clock.today()
    rows = (
        FollowUp(uuid=new_uuid(), office_id=case.office_id, case=case, months=months, due_on=due_on)
        for case in founded.iterator(BATCH)
        for months in (3, 6, 12)
        if (due_on := Period(months, Unit.MONTHS).after(local(case.closed_at).date())) >= today
    )
    FollowUp.objects.bulk_create(rows, batch_size=BATCH, ignore_conflicts=True)


class Migration(migrations.Migration):
    dependencies = [("cases_files", "0021_follow_ups")]

    operations = [migrations.RunPython(plan_follow_ups, migrations.RunPython.noop, elidable=True)]
