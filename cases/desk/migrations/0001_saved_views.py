import django.db.models.deletion
import gruendungswerkstatt.common.clock
import gruendungswerkstatt.common.ids
from django.db import migrations, models

from gruendungswerkstatt.common.constraints import same_office


class Migration(migrations.Migration):
    """Views of the worklist that members keep."""

    initial = True

    dependencies = [
        ('network_people', '0008_changes_through_the_provider'),
    ]

    operations = [
        migrations.CreateModel(
            name='SavedView',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('uuid', models.UUIDField(default=gruendungswerkstatt.common.ids.new_uuid, editable=False, unique=True)),
                ('name', models.CharField(max_length=60)),
                ('query', models.CharField(blank=True, max_length=1000)),
                ('is_shared', models.BooleanField(default=False)),
                ('created_at', models.DateTimeField(default=gruendungswerkstatt.common.clock.now)),
                ('office', models.ForeignKey(limit_choices_to={'kind': 'jobcenter'}, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='network_people.organisation')),
                ('owner', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='network_people.membership')),
            ],
            options={
                'indexes': [models.Index(condition=models.Q(('is_shared', True)), fields=['office', 'name'], name='saved_view_shared')],
                'constraints': [models.UniqueConstraint(fields=('owner', 'name'), name='saved_view_name_once')],
            },
        ),
        same_office("cases_desk_savedview", "owner_id", "network_people_membership", "organisation_id"),
    ]
