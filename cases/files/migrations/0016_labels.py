import django.db.models.deletion
import gruendungswerkstatt.common.clock
import gruendungswerkstatt.common.ids
import pghistory.utils
import pgtrigger.compiler
import pgtrigger.migrations
from django.db import migrations, models

from gruendungswerkstatt.common.constraints import same_office


TABLE = "cases_files_caselabel"


class Migration(migrations.Migration):
    """Labels of an office and the cases they are on."""

    dependencies = [
        ('cases_files', '0015_worklist_indexes'),
        ('network_people', '0008_changes_through_the_provider'),
    ]

    operations = [
        migrations.CreateModel(
            name='Label',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('uuid', models.UUIDField(default=gruendungswerkstatt.common.ids.new_uuid, editable=False, unique=True)),
                ('version', models.PositiveIntegerField(default=1)),
                ('name', models.CharField(max_length=40)),
                ('sort_name', models.CharField(max_length=40)),
                ('created_at', models.DateTimeField(default=gruendungswerkstatt.common.clock.now)),
                ('office', models.ForeignKey(limit_choices_to={'kind': 'jobcenter'}, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='network_people.organisation')),
            ],
            options={'constraints': [models.UniqueConstraint(fields=('id', 'office'), name='label_id_office'), models.UniqueConstraint(fields=('office', 'sort_name'), name='label_name_once')]},
        ),
        migrations.CreateModel(
            name='CaseLabel',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('created_at', models.DateTimeField(default=gruendungswerkstatt.common.clock.now)),
                ('case', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='labels', to='cases_files.case')),
                ('created_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='network_people.membership')),
                ('office', models.ForeignKey(limit_choices_to={'kind': 'jobcenter'}, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='network_people.organisation')),
                ('label', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='cases', to='cases_files.label')),
            ],
            options={'constraints': [models.UniqueConstraint(fields=('case', 'label'), name='case_label_once')], 'indexes': [models.Index(fields=['office', 'label', 'case'], name='case_label_by_label')]},
        ),
        same_office(TABLE, "case_id", "cases_files_case"),
        same_office(TABLE, "label_id", "cases_files_label"),
        same_office(TABLE, "created_by_id", "network_people_membership", "organisation_id"),
        migrations.CreateModel(
            name='CaseLabelEvent',
            fields=[
                ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                ('pgh_label', models.TextField(help_text='The event label.')),
                ('pgh_id', models.BigAutoField(primary_key=True, serialize=False)),
                ('pgh_before', models.JSONField(null=True)),
                ('pgh_context', pghistory.utils.JSONField(null=True)),
                ('pgh_context_id', models.UUIDField(null=True)),
                ('created_at', models.DateTimeField(default=gruendungswerkstatt.common.clock.now)),
                ('case', models.ForeignKey(db_constraint=False, db_index=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='cases_files.case')),
                ('created_by', models.ForeignKey(db_constraint=False, db_index=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='network_people.membership')),
                ('office', models.ForeignKey(db_constraint=False, db_index=False, limit_choices_to={'kind': 'jobcenter'}, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='network_people.organisation')),
                ('pgh_obj', models.ForeignKey(db_constraint=False, db_index=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='cases_files.caselabel')),
                ('label', models.ForeignKey(db_constraint=False, db_index=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='cases_files.label')),
            ],
            options={
                'abstract': False,
            },
        ),
        migrations.CreateModel(
            name='LabelEvent',
            fields=[
                ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                ('pgh_label', models.TextField(help_text='The event label.')),
                ('pgh_id', models.BigAutoField(primary_key=True, serialize=False)),
                ('pgh_before', models.JSONField(null=True)),
                ('pgh_context', pghistory.utils.JSONField(null=True)),
                ('pgh_context_id', models.UUIDField(null=True)),
                ('uuid', models.UUIDField(default=gruendungswerkstatt.common.ids.new_uuid, editable=False)),
                ('name', models.CharField(max_length=40)),
                ('created_at', models.DateTimeField(default=gruendungswerkstatt.common.clock.now)),
                ('office', models.ForeignKey(db_constraint=False, db_index=False, limit_choices_to={'kind': 'jobcenter'}, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='network_people.organisation')),
                ('pgh_obj', models.ForeignKey(db_constraint=False, db_index=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='cases_files.label')),
            ],
            options={
                'abstract': False,
            },
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='label',
            trigger=pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "cases_files_labelevent" ("uuid", "office_id", "name", "created_at", "pgh_obj_id", "pgh_created_at", "pgh_label", "pgh_context", "pgh_context_id") SELECT new_values."uuid", new_values."office_id", new_values."name", new_values."created_at", new_values."id", CLOCK_TIMESTAMP(), \'insert\', NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\')::JSONB, NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\')::UUID FROM new_values ; RETURN NULL;', hash='00e6f200722782211546b2c53544856af27fa8ca', level='STATEMENT', operation='INSERT', pgid='pgtrigger_insert_insert_aa736', referencing='REFERENCING NEW TABLE AS new_values ', table='cases_files_label', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='label',
            trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "cases_files_labelevent" ("uuid", "office_id", "name", "created_at", "pgh_obj_id", "pgh_created_at", "pgh_label", "pgh_context", "pgh_context_id", "pgh_before") SELECT new_values."uuid", new_values."office_id", new_values."name", new_values."created_at", new_values."id", CLOCK_TIMESTAMP(), \'update\', NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\')::JSONB, NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\')::UUID, (SELECT jsonb_object_agg(before.key, before.value) FROM jsonb_each(to_jsonb(old_values)) AS before JOIN jsonb_each(to_jsonb(new_values)) AS after ON after.key = before.key WHERE before.value IS DISTINCT FROM after.value AND before.key IN (\'uuid\', \'office_id\', \'name\', \'created_at\')) FROM old_values JOIN new_values ON (old_values."id") = (new_values."id") WHERE (old_values."uuid" IS DISTINCT FROM (new_values."uuid") OR old_values."office_id" IS DISTINCT FROM (new_values."office_id") OR old_values."name" IS DISTINCT FROM (new_values."name") OR old_values."created_at" IS DISTINCT FROM (new_values."created_at")); RETURN NULL;', hash='2332242f842b19c377aba7d80feea250e0d807de', level='STATEMENT', operation='UPDATE', pgid='pgtrigger_update_update_cf4ac', referencing='REFERENCING OLD TABLE AS old_values  NEW TABLE AS new_values ', table='cases_files_label', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='label',
            trigger=pgtrigger.compiler.Trigger(name='delete_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "cases_files_labelevent" ("uuid", "office_id", "name", "created_at", "pgh_obj_id", "pgh_created_at", "pgh_label", "pgh_context", "pgh_context_id") SELECT old_values."uuid", old_values."office_id", old_values."name", old_values."created_at", old_values."id", CLOCK_TIMESTAMP(), \'delete\', NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\')::JSONB, NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\')::UUID FROM old_values ; RETURN NULL;', hash='cb634cf960b119c01e5ea963340a1b318767bc53', level='STATEMENT', operation='DELETE', pgid='pgtrigger_delete_delete_ced49', referencing='REFERENCING OLD TABLE AS old_values ', table='cases_files_label', when='AFTER')),
        ),
        migrations.AddIndex(
            model_name='caselabelevent',
            index=models.Index(fields=['pgh_obj', 'pgh_id'], name='cases_files_pgh_obj_dcee0b_idx'),
        ),
        migrations.AddIndex(
            model_name='caselabelevent',
            index=models.Index(fields=['office', '-pgh_created_at', '-pgh_id'], name='cases_files_office__1a8a87_idx'),
        ),
        migrations.AddIndex(
            model_name='caselabelevent',
            index=models.Index(fields=['case'], name='cases_files_case_id_f7fa9b_idx'),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='caselabel',
            trigger=pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "cases_files_caselabelevent" ("office_id", "case_id", "label_id", "created_by_id", "created_at", "pgh_obj_id", "pgh_created_at", "pgh_label", "pgh_context", "pgh_context_id") SELECT new_values."office_id", new_values."case_id", new_values."label_id", new_values."created_by_id", new_values."created_at", new_values."id", CLOCK_TIMESTAMP(), \'insert\', NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\')::JSONB, NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\')::UUID FROM new_values ; RETURN NULL;', hash='9384dd11da2af52558cce45ebc8cc931022942f9', level='STATEMENT', operation='INSERT', pgid='pgtrigger_insert_insert_df537', referencing='REFERENCING NEW TABLE AS new_values ', table='cases_files_caselabel', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='caselabel',
            trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "cases_files_caselabelevent" ("office_id", "case_id", "label_id", "created_by_id", "created_at", "pgh_obj_id", "pgh_created_at", "pgh_label", "pgh_context", "pgh_context_id", "pgh_before") SELECT new_values."office_id", new_values."case_id", new_values."label_id", new_values."created_by_id", new_values."created_at", new_values."id", CLOCK_TIMESTAMP(), \'update\', NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\')::JSONB, NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\')::UUID, (SELECT jsonb_object_agg(before.key, before.value) FROM jsonb_each(to_jsonb(old_values)) AS before JOIN jsonb_each(to_jsonb(new_values)) AS after ON after.key = before.key WHERE before.value IS DISTINCT FROM after.value AND before.key IN (\'office_id\', \'case_id\', \'label_id\', \'created_by_id\', \'created_at\')) FROM old_values JOIN new_values ON (old_values."id") = (new_values."id") WHERE (old_values."office_id" IS DISTINCT FROM (new_values."office_id") OR old_values."case_id" IS DISTINCT FROM (new_values."case_id") OR old_values."label_id" IS DISTINCT FROM (new_values."label_id") OR old_values."created_by_id" IS DISTINCT FROM (new_values."created_by_id") OR old_values."created_at" IS DISTINCT FROM (new_values."created_at")); RETURN NULL;', hash='7db3bdb63c4cfcaad5a3c6b3039ceee0f61edaaf', level='STATEMENT', operation='UPDATE', pgid='pgtrigger_update_update_6dfaa', referencing='REFERENCING OLD TABLE AS old_values  NEW TABLE AS new_values ', table='cases_files_caselabel', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='caselabel',
            trigger=pgtrigger.compiler.Trigger(name='delete_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "cases_files_caselabelevent" ("office_id", "case_id", "label_id", "created_by_id", "created_at", "pgh_obj_id", "pgh_created_at", "pgh_label", "pgh_context", "pgh_context_id") SELECT old_values."office_id", old_values."case_id", old_values."label_id", old_values."created_by_id", old_values."created_at", old_values."id", CLOCK_TIMESTAMP(), \'delete\', NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\')::JSONB, NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\')::UUID FROM old_values ; RETURN NULL;', hash='7330cb79ac4248e051d9ef38af45e82f8e128783', level='STATEMENT', operation='DELETE', pgid='pgtrigger_delete_delete_e9f6e', referencing='REFERENCING OLD TABLE AS old_values ', table='cases_files_caselabel', when='AFTER')),
        ),
        migrations.AddIndex(
            model_name='labelevent',
            index=models.Index(fields=['pgh_obj', 'pgh_id'], name='cases_files_pgh_obj_8605cb_idx'),
        ),
        migrations.AddIndex(
            model_name='labelevent',
            index=models.Index(fields=['office', '-pgh_created_at', '-pgh_id'], name='cases_files_office__a350da_idx'),
        ),
    ]
