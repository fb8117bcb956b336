import django.db.models.deletion
from django.db import migrations, models

import gruendungswerkstatt.common.clock
import gruendungswerkstatt.common.ids
from gruendungswerkstatt.common.constraints import same_office

OFFICE = {
    "limit_choices_to": {"kind": "jobcenter"},
    "on_delete": django.db.models.deletion.PROTECT,
    "related_name": "+",
    "to": "network_people.organisation",
}
MEMBER = {"on_delete": django.db.models.deletion.PROTECT, "related_name": "+", "to": "network_people.membership"}


class Migration(migrations.Migration):
    dependencies = [("audit", "0001_initial"), ("network_people", "0001_initial")]

    operations = [
        migrations.CreateModel(
            name="ErasureRun",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "uuid",
                    models.UUIDField(default=gruendungswerkstatt.common.ids.new_uuid, editable=False, unique=True),
                ),
                (
                    "cause",
                    models.CharField(
                        choices=[
                            ("night", "Nightly run"),
                            ("command", "Run by hand"),
                            ("office", "Decided by the office"),
                            ("founder", "Deleted by the person"),
                        ],
                        max_length=8,
                    ),
                ),
                ("reason", models.CharField(blank=True, max_length=16)),
                ("is_dry_run", models.BooleanField(default=False)),
                ("started_at", models.DateTimeField(default=gruendungswerkstatt.common.clock.now)),
                ("finished_at", models.DateTimeField(blank=True, null=True)),
                ("counts", models.JSONField(default=dict)),
                ("errors", models.JSONField(default=dict)),
                ("delete_after_on", models.DateField(db_index=True)),
                ("by", models.ForeignKey(blank=True, null=True, **MEMBER)),
                ("office", models.ForeignKey(**OFFICE)),
            ],
            options={
                "indexes": [models.Index(fields=["office", "-started_at", "-id"], name="erasure_run_by_office")],
            },
        ),
        migrations.CreateModel(
            name="RetentionPeriod",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("version", models.PositiveIntegerField(default=1)),
                ("code", models.CharField(max_length=24)),
                ("amount", models.PositiveSmallIntegerField()),
                ("changed_at", models.DateTimeField(default=gruendungswerkstatt.common.clock.now)),
                ("changed_by", models.ForeignKey(**MEMBER)),
                ("office", models.ForeignKey(**OFFICE)),
            ],
            options={
                "constraints": [models.UniqueConstraint(fields=("office", "code"), name="retention_period_once")],
            },
        ),
        same_office("audit_erasurerun", "by_id", "network_people_membership", "organisation_id"),
        same_office("audit_retentionperiod", "changed_by_id", "network_people_membership", "organisation_id"),
    ]
