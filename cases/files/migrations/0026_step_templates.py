
import django.db.models.deletion
import gruendungswerkstatt.common.clock
import gruendungswerkstatt.common.ids
import pghistory.utils
import pgtrigger.compiler
import pgtrigger.migrations
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('cases_files', '0025_funding'),
        ('network_people', '0009_leaves'),
    ]

    operations = [
        migrations.CreateModel(
            name='StepTemplate',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('uuid', models.UUIDField(default=gruendungswerkstatt.common.ids.new_uuid, editable=False, unique=True)),
                ('version', models.PositiveIntegerField(default=1)),
                ('code', models.CharField(blank=True, max_length=40)),
                ('texts', models.JSONField(default=dict)),
                ('phase', models.CharField(blank=True, choices=[('access', 'Access'), ('orientation', 'Orientation'), ('planning', 'Planning'), ('start', 'Start'), ('consolidation', 'Consolidation')], max_length=16)),
                ('hint_code', models.CharField(blank=True, max_length=40)),
                ('actor', models.CharField(choices=[('founder', 'The founder'), ('advisor', 'The advisor')], default='founder', max_length=8)),
                ('days', models.PositiveSmallIntegerField(blank=True, null=True)),
                ('is_off', models.BooleanField(default=False)),
                ('created_at', models.DateTimeField(default=gruendungswerkstatt.common.clock.now)),
            ],
        ),
        migrations.CreateModel(
            name='StepTemplateEvent',
            fields=[
                ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                ('pgh_label', models.TextField(help_text='The event label.')),
                ('pgh_id', models.BigAutoField(primary_key=True, serialize=False)),
                ('pgh_before', models.JSONField(null=True)),
                ('pgh_context', pghistory.utils.JSONField(null=True)),
                ('pgh_context_id', models.UUIDField(null=True)),
                ('uuid', models.UUIDField(default=gruendungswerkstatt.common.ids.new_uuid, editable=False)),
                ('code', models.CharField(blank=True, max_length=40)),
                ('texts', models.JSONField(default=dict)),
                ('phase', models.CharField(blank=True, choices=[('access', 'Access'), ('orientation', 'Orientation'), ('planning', 'Planning'), ('start', 'Start'), ('consolidation', 'Consolidation')], max_length=16)),
                ('hint_code', models.CharField(blank=True, max_length=40)),
                ('actor', models.CharField(choices=[('founder', 'The founder'), ('advisor', 'The advisor')], default='founder', max_length=8)),
                ('days', models.PositiveSmallIntegerField(blank=True, null=True)),
                ('is_off', models.BooleanField(default=False)),
                ('created_at', models.DateTimeField(default=gruendungswerkstatt.common.clock.now)),
            ],
            options={
                'abstract': False,
            },
        ),
        pgtrigger.migrations.RemoveTrigger(
            model_name='planstep',
            name='insert_insert',
        ),
        pgtrigger.migrations.RemoveTrigger(
            model_name='planstep',
            name='update_update',
        ),
        pgtrigger.migrations.RemoveTrigger(
            model_name='planstep',
            name='delete_delete',
        ),
        migrations.AddField(
            model_name='planstep',
            name='actor',
            field=models.CharField(choices=[('founder', 'The founder'), ('advisor', 'The advisor')], db_default='founder', default='founder', max_length=8),
        ),
        migrations.AddField(
            model_name='planstep',
            name='template',
            field=models.CharField(blank=True, db_default='', default='', max_length=40),
        ),
        migrations.AddField(
            model_name='planstep',
            name='texts',
            field=models.JSONField(blank=True, db_default={}, default=dict),
        ),
        migrations.AddField(
            model_name='planstepevent',
            name='actor',
            field=models.CharField(choices=[('founder', 'The founder'), ('advisor', 'The advisor')], db_default='founder', default='founder', max_length=8),
        ),
        migrations.AddField(
            model_name='planstepevent',
            name='template',
            field=models.CharField(blank=True, db_default='', default='', max_length=40),
        ),
        migrations.AddField(
            model_name='planstepevent',
            name='texts',
            field=models.JSONField(blank=True, db_default={}, default=dict),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='planstep',
            trigger=pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "cases_files_planstepevent" ("uuid", "office_id", "case_id", "hint_code", "text", "texts", "template", "actor", "due_on", "done_at", "created_at", "pgh_obj_id", "pgh_created_at", "pgh_label", "pgh_context", "pgh_context_id") SELECT new_values."uuid", new_values."office_id", new_values."case_id", new_values."hint_code", new_values."text", new_values."texts", new_values."template", new_values."actor", new_values."due_on", new_values."done_at", new_values."created_at", new_values."id", CLOCK_TIMESTAMP(), \'insert\', NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\')::JSONB, NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\')::UUID FROM new_values ; RETURN NULL;', hash='19af944da5471c3f3a5d2fe4c699810c66f7f09e', level='STATEMENT', operation='INSERT', pgid='pgtrigger_insert_insert_887a0', referencing='REFERENCING NEW TABLE AS new_values ', table='cases_files_planstep', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='planstep',
            trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "cases_files_planstepevent" ("uuid", "office_id", "case_id", "hint_code", "text", "texts", "template", "actor", "due_on", "done_at", "created_at", "pgh_obj_id", "pgh_created_at", "pgh_label", "pgh_context", "pgh_context_id", "pgh_before") SELECT new_values."uuid", new_values."office_id", new_values."case_id", new_values."hint_code", new_values."text", new_values."texts", new_values."template", new_values."actor", new_values."due_on", new_values."done_at", new_values."created_at", new_values."id", CLOCK_TIMESTAMP(), \'update\', NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\')::JSONB, NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\')::UUID, (SELECT jsonb_object_agg(before.key, before.value) FROM jsonb_each(to_jsonb(old_values)) AS before JOIN jsonb_each(to_jsonb(new_values)) AS after ON after.key = before.key WHERE before.value IS DISTINCT FROM after.value AND before.key IN (\'uuid\', \'office_id\', \'case_id\', \'hint_code\', \'text\', \'texts\', \'template\', \'actor\', \'due_on\', \'done_at\', \'created_at\')) FROM old_values JOIN new_values ON (old_values."id") = (new_values."id") WHERE (old_values."uuid" IS DISTINCT FROM (new_values."uuid") OR old_values."office_id" IS DISTINCT FROM (new_values."office_id") OR old_values."case_id" IS DISTINCT FROM (new_values."case_id") OR old_values."hint_code" IS DISTINCT FROM (new_values."hint_code") OR old_values."text" IS DISTINCT FROM (new_values."text") OR old_values."texts" IS DISTINCT FROM (new_values."texts") OR old_values."template" IS DISTINCT FROM (new_values."template") OR old_values."actor" IS DISTINCT FROM (new_values."actor") OR old_values."due_on" IS DISTINCT FROM (new_values."due_on") OR old_values."done_at" IS DISTINCT FROM (new_values."done_at") OR old_values."created_at" IS DISTINCT FROM (new_values."created_at")); RETURN NULL;', hash='565322af9352f8ca77ff73fb4dea16cba6973688', level='STATEMENT', operation='UPDATE', pgid='pgtrigger_update_update_d0646', referencing='REFERENCING OLD TABLE AS old_values  NEW TABLE AS new_values ', table='cases_files_planstep', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='planstep',
            trigger=pgtrigger.compiler.Trigger(name='delete_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "cases_files_planstepevent" ("uuid", "office_id", "case_id", "hint_code", "text", "texts", "template", "actor", "due_on", "done_at", "created_at", "pgh_obj_id", "pgh_created_at", "pgh_label", "pgh_context", "pgh_context_id") SELECT old_values."uuid", old_values."office_id", old_values."case_id", old_values."hint_code", old_values."text", old_values."texts", old_values."template", old_values."actor", old_values."due_on", old_values."done_at", old_values."created_at", old_values."id", CLOCK_TIMESTAMP(), \'delete\', NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\')::JSONB, NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\')::UUID FROM old_values ; RETURN NULL;', hash='20533540e7581012cb2976faedc785a3e0d32667', level='STATEMENT', operation='DELETE', pgid='pgtrigger_delete_delete_d3371', referencing='REFERENCING OLD TABLE AS old_values ', table='cases_files_planstep', when='AFTER')),
        ),
        migrations.AddField(
            model_name='steptemplate',
            name='office',
            field=models.ForeignKey(limit_choices_to={'kind': 'jobcenter'}, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='network_people.organisation'),
        ),
        migrations.AddField(
            model_name='steptemplateevent',
            name='office',
            field=models.ForeignKey(db_constraint=False, db_index=False, limit_choices_to={'kind': 'jobcenter'}, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='network_people.organisation'),
        ),
        migrations.AddField(
            model_name='steptemplateevent',
            name='pgh_obj',
            field=models.ForeignKey(db_constraint=False, db_index=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='cases_files.steptemplate'),
        ),
        migrations.AddConstraint(
            model_name='steptemplate',
            constraint=models.UniqueConstraint(condition=models.Q(('code', ''), _negated=True), fields=('office', 'code'), name='step_template_code_once'),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='steptemplate',
            trigger=pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "cases_files_steptemplateevent" ("uuid", "office_id", "code", "texts", "phase", "hint_code", "actor", "days", "is_off", "created_at", "pgh_obj_id", "pgh_created_at", "pgh_label", "pgh_context", "pgh_context_id") SELECT new_values."uuid", new_values."office_id", new_values."code", new_values."texts", new_values."phase", new_values."hint_code", new_values."actor", new_values."days", new_values."is_off", new_values."created_at", new_values."id", CLOCK_TIMESTAMP(), \'insert\', NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\')::JSONB, NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\')::UUID FROM new_values ; RETURN NULL;', hash='d70c7a75a06618fb54ddfa1eeeb430b6a3cac1b2', level='STATEMENT', operation='INSERT', pgid='pgtrigger_insert_insert_116b1', referencing='REFERENCING NEW TABLE AS new_values ', table='cases_files_steptemplate', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='steptemplate',
            trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "cases_files_steptemplateevent" ("uuid", "office_id", "code", "texts", "phase", "hint_code", "actor", "days", "is_off", "created_at", "pgh_obj_id", "pgh_created_at", "pgh_label", "pgh_context", "pgh_context_id", "pgh_before") SELECT new_values."uuid", new_values."office_id", new_values."code", new_values."texts", new_values."phase", new_values."hint_code", new_values."actor", new_values."days", new_values."is_off", new_values."created_at", new_values."id", CLOCK_TIMESTAMP(), \'update\', NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\')::JSONB, NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\')::UUID, (SELECT jsonb_object_agg(before.key, before.value) FROM jsonb_each(to_jsonb(old_values)) AS before JOIN jsonb_each(to_jsonb(new_values)) AS after ON after.key = before.key WHERE before.value IS DISTINCT FROM after.value AND before.key IN (\'uuid\', \'office_id\', \'code\', \'texts\', \'phase\', \'hint_code\', \'actor\', \'days\', \'is_off\', \'created_at\')) FROM old_values JOIN new_values ON (old_values."id") = (new_values."id") WHERE (old_values."uuid" IS DISTINCT FROM (new_values."uuid") OR old_values."office_id" IS DISTINCT FROM (new_values."office_id") OR old_values."code" IS DISTINCT FROM (new_values."code") OR old_values."texts" IS DISTINCT FROM (new_values."texts") OR old_values."phase" IS DISTINCT FROM (new_values."phase") OR old_values."hint_code" IS DISTINCT FROM (new_values."hint_code") OR old_values."actor" IS DISTINCT FROM (new_values."actor") OR old_values."days" IS DISTINCT FROM (new_values."days") OR old_values."is_off" IS DISTINCT FROM (new_values."is_off") OR old_values."created_at" IS DISTINCT FROM (new_values."created_at")); RETURN NULL;', hash='ebda640fc8c2ae318681e7b5f4c431bdafb34d00', level='STATEMENT', operation='UPDATE', pgid='pgtrigger_update_update_4870e', referencing='REFERENCING OLD TABLE AS old_values  NEW TABLE AS new_values ', table='cases_files_steptemplate', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='steptemplate',
            trigger=pgtrigger.compiler.Trigger(name='delete_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "cases_files_steptemplateevent" ("uuid", "office_id", "code", "texts", "phase", "hint_code", "actor", "days", "is_off", "created_at", "pgh_obj_id", "pgh_created_at", "pgh_label", "pgh_context", "pgh_context_id") SELECT old_values."uuid", old_values."office_id", old_values."code", old_values."texts", old_values."phase", old_values."hint_code", old_values."actor", old_values."days", old_values."is_off", old_values."created_at", old_values."id", CLOCK_TIMESTAMP(), \'delete\', NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\')::JSONB, NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\')::UUID FROM old_values ; RETURN NULL;', hash='7e3a0b00b9b2131b371b34b817507d9c015e93fc', level='STATEMENT', operation='DELETE', pgid='pgtrigger_delete_delete_a3ba4', referencing='REFERENCING OLD TABLE AS old_values ', table='cases_files_steptemplate', when='AFTER')),
        ),
        migrations.AddIndex(
            model_name='steptemplateevent',
            index=models.Index(fields=['pgh_obj', 'pgh_id'], name='cases_files_pgh_obj_de8537_idx'),
        ),
        migrations.AddIndex(
            model_name='steptemplateevent',
            index=models.Index(fields=['office', '-pgh_created_at', '-pgh_id'], name='cases_files_office__f06cfd_idx'),
        ),
    ]
