import django.db.models.deletion
import gruendungswerkstatt.common.clock
import gruendungswerkstatt.common.ids
from django.conf import settings
from django.db import migrations, models

from gruendungswerkstatt.common.constraints import same_office


class Migration(migrations.Migration):

    dependencies = [
        ('network_people', '0002_identities'),
    ]

    operations = [
        migrations.AddField(
            model_name='membership',
            name='version',
            field=models.PositiveIntegerField(default=1),
        ),
        migrations.AddField(
            model_name='organisation',
            name='looked_after_by',
            field=models.ForeignKey(blank=True, limit_choices_to={'kind': 'jobcenter'}, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='network_people.organisation'),
        ),
        migrations.AddField(
            model_name='user',
            name='session_epoch',
            field=models.PositiveIntegerField(default=0),
        ),
        migrations.CreateModel(
            name='Invitation',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('uuid', models.UUIDField(default=gruendungswerkstatt.common.ids.new_uuid, editable=False, unique=True)),
                ('version', models.PositiveIntegerField(default=1)),
                ('role', models.CharField(choices=[('advisor', 'Advisor'), ('team_lead', 'Team lead'), ('partner', 'Partner'), ('administrator', 'Administrator')], max_length=16)),
                ('email', models.EmailField(max_length=254)),
                ('name', models.CharField(max_length=120)),
                ('language', models.CharField(max_length=5)),
                ('invited_at', models.DateTimeField(default=gruendungswerkstatt.common.clock.now)),
                ('expires_at', models.DateTimeField()),
                ('used_at', models.DateTimeField(blank=True, null=True)),
                ('revoked_at', models.DateTimeField(blank=True, null=True)),
                ('delete_after_on', models.DateField(db_index=True)),
                ('invited_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='network_people.membership')),
                ('membership', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='network_people.membership')),
                ('office', models.ForeignKey(limit_choices_to={'kind': 'jobcenter'}, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='network_people.organisation')),
                ('organisation', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='network_people.organisation')),
            ],
        ),
        migrations.CreateModel(
            name='AccountMail',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('uuid', models.UUIDField(default=gruendungswerkstatt.common.ids.new_uuid, editable=False, unique=True)),
                ('kind', models.CharField(choices=[('invitation', 'invitation'), ('password_reset', 'Password Reset'), ('factor_reset', 'Factor Reset')], max_length=16)),
                ('due_at', models.DateTimeField(db_index=True, default=gruendungswerkstatt.common.clock.now)),
                ('attempts', models.PositiveSmallIntegerField(default=0)),
                ('user', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.CASCADE, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('invitation', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.CASCADE, related_name='+', to='network_people.invitation')),
            ],
        ),
        migrations.CreateModel(
            name='MembershipChange',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('uuid', models.UUIDField(default=gruendungswerkstatt.common.ids.new_uuid, editable=False, unique=True)),
                ('kind', models.CharField(choices=[('joined', 'Joined'), ('role_changed', 'Role changed'), ('ended', 'Membership ended'), ('factor_reset', 'Second factor reset')], max_length=16)),
                ('role_before', models.CharField(blank=True, choices=[('advisor', 'Advisor'), ('team_lead', 'Team lead'), ('partner', 'Partner'), ('administrator', 'Administrator')], max_length=16)),
                ('role_after', models.CharField(blank=True, choices=[('advisor', 'Advisor'), ('team_lead', 'Team lead'), ('partner', 'Partner'), ('administrator', 'Administrator')], max_length=16)),
                ('changed_at', models.DateTimeField(default=gruendungswerkstatt.common.clock.now)),
                ('author', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='network_people.membership')),
                ('membership', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='changes', to='network_people.membership')),
                ('office', models.ForeignKey(limit_choices_to={'kind': 'jobcenter'}, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='network_people.organisation')),
            ],
        ),
        migrations.AddConstraint(
            model_name='invitation',
            constraint=models.UniqueConstraint(condition=models.Q(('revoked_at', None), ('used_at', None)), fields=('organisation', 'email'), name='invitation_open_once'),
        ),
        migrations.AddConstraint(
            model_name='invitation',
            constraint=models.CheckConstraint(condition=models.Q(('used_at', None), ('revoked_at', None), _connector='OR'), name='invitation_used_or_revoked'),
        ),
        migrations.AddConstraint(
            model_name='invitation',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('membership', None), ('used_at', None)), models.Q(('membership__isnull', False), ('used_at__isnull', False)), _connector='OR'), name='invitation_used_gives_membership'),
        ),
        migrations.AddConstraint(
            model_name='accountmail',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('invitation', None), ('user__isnull', False)), models.Q(('invitation__isnull', False), ('user', None)), _connector='OR'), name='account_mail_has_one_subject'),
        ),
        same_office('network_people_invitation', 'invited_by_id', 'network_people_membership', 'organisation_id'),
        same_office('network_people_membershipchange', 'author_id', 'network_people_membership', 'organisation_id'),
    ]
