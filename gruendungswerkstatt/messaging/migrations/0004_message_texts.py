import django.db.models.deletion
from django.db import migrations, models

import gruendungswerkstatt.common.clock
from gruendungswerkstatt.common.constraints import same_office


class Migration(migrations.Migration):
    """Texts of an office's own; whoever changed one works at that office."""

    dependencies = [
        ("messaging", "0003_failed_index"),
        ("network_people", "0001_initial"),
    ]

    operations = [
        migrations.CreateModel(
            name="MessageText",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("version", models.PositiveIntegerField(default=1)),
                ("kind", models.CharField(max_length=40)),
                ("channel", models.CharField(choices=[("email", "E-mail"), ("sms", "SMS")], max_length=8)),
                ("language", models.CharField(max_length=5)),
                ("title", models.CharField(blank=True, max_length=120)),
                ("body", models.TextField(blank=True)),
                ("shipped_digest", models.CharField(max_length=16)),
                ("changed_at", models.DateTimeField(default=gruendungswerkstatt.common.clock.now)),
                (
                    "changed_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="network_people.membership"
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
                "constraints": [
                    models.UniqueConstraint(
                        fields=("office", "kind", "channel", "language"), name="message_text_once"
                    )
                ],
            },
        ),
        same_office("messaging_messagetext", "changed_by_id", "network_people_membership", "organisation_id"),
    ]
