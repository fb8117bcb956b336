import django.db.models.deletion
from django.db import migrations, models

import gruendungswerkstatt.common.clock
import gruendungswerkstatt.common.ids
from gruendungswerkstatt.common.constraints import same_office

TABLE = "cases_files_erasurerequest"


class Migration(migrations.Migration):
    dependencies = [("cases_files", "0005_history")]

    operations = [
        migrations.CreateModel(
            name="ErasureRequest",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "uuid",
                    models.UUIDField(default=gruendungswerkstatt.common.ids.new_uuid, editable=False, unique=True),
                ),
                ("version", models.PositiveIntegerField(default=1)),
                (
                    "state",
                    models.CharField(
                        choices=[("open", "Waiting for the office"), ("declined", "Declined")],
                        default="open",
                        max_length=8,
                    ),
                ),
                ("requested_at", models.DateTimeField(default=gruendungswerkstatt.common.clock.now)),
                ("decided_at", models.DateTimeField(blank=True, null=True)),
                (
                    "decline_reason",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("legal_duty", "The law says that the office has to keep the data for now."),
                            ("claims", "The data is needed for a legal claim that is still open."),
                            ("not_proven", "We do not know for sure yet that the request comes from the person."),
                        ],
                        max_length=12,
                    ),
                ),
                (
                    "case",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="erasure_requests",
                        to="cases_files.case",
                    ),
                ),
                (
                    "decided_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="network_people.membership",
                    ),
                ),
                (
                    "recorded_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="network_people.membership",
                    ),
                ),
                (
                    "office",
                    models.ForeignKey(
                        limit_choices_to={"kind": "jobcenter"},
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="network_people.organisation",
                    ),
                ),
            ],
            options={
                "ordering": ["-requested_at", "-id"],
                "indexes": [
                    models.Index(
                        condition=models.Q(("state", "open")),
                        fields=["office", "requested_at"],
                        name="erasure_request_open",
                    )
                ],
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("state", "open")), fields=("case",), name="erasure_request_open_once"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("state", "declined"), _negated=True),
                            models.Q(models.Q(("decline_reason", ""), _negated=True), ("decided_at__isnull", False)),
                            _connector="OR",
                        ),
                        name="erasure_request_declined_has_reason",
                    ),
                ],
            },
        ),
        same_office(TABLE, "case_id", "cases_files_case"),
        same_office(TABLE, "recorded_by_id", "network_people_membership", "organisation_id"),
        same_office(TABLE, "decided_by_id", "network_people_membership", "organisation_id"),
        migrations.AlterField(
            model_name="timelineentry",
            name="kind",
            field=models.CharField(choices=[('case_opened', 'Case opened'), ('note', 'Note'), ('phase_changed', 'Phase changed'), ('state_changed', 'State changed'), ('advisor_changed', 'Advisor changed'), ('appointment_planned', 'Appointment planned'), ('appointment_moved', 'Appointment moved'), ('appointment_cancelled', 'Appointment cancelled'), ('appointment_ended', 'Appointment: outcome recorded'), ('consent_given', 'Consent recorded'), ('consent_withdrawn', 'Consent withdrawn'), ('referred', 'Referral sent'), ('referral_answered', 'Referral answered'), ('step_added', 'Step agreed'), ('step_done', 'Step done'), ('application_recorded', 'Application recorded'), ('erasure_requested', 'Deletion asked for'), ('erasure_declined', 'Deletion declined'), ('code_renewed', 'Founder got a new code'), ('pin_set', 'Founder got a new PIN')], max_length=24),
        ),
    ]
