
import django.db.models.deletion
import gruendungswerkstatt.common.clock
import gruendungswerkstatt.common.ids
import pghistory.utils
import pgtrigger.compiler
import pgtrigger.migrations
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('cases_files', '0026_step_templates'),
        ('network_people', '0009_leaves'),
    ]

    operations = [
        migrations.CreateModel(
            name='TextBlock',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('uuid', models.UUIDField(default=gruendungswerkstatt.common.ids.new_uuid, editable=False, unique=True)),
                ('version', models.PositiveIntegerField(default=1)),
                ('name', models.CharField(max_length=60)),
                ('sort_name', models.CharField(max_length=60)),
                ('texts', models.JSONField(default=dict)),
                ('place', models.CharField(choices=[('both', 'In notes and in questions to founders'), ('note', 'In notes only'), ('question', 'In questions to founders only')], default='both', max_length=8)),
                ('created_at', models.DateTimeField(default=gruendungswerkstatt.common.clock.now)),
                ('office', models.ForeignKey(limit_choices_to={'kind': 'jobcenter'}, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='network_people.organisation')),
            ],
        ),
        migrations.CreateModel(
            name='TextBlockEvent',
            fields=[
                ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                ('pgh_label', models.TextField(help_text='The event label.')),
                ('pgh_id', models.BigAutoField(primary_key=True, serialize=False)),
                ('pgh_before', models.JSONField(null=True)),
                ('pgh_context', pghistory.utils.JSONField(null=True)),
                ('pgh_context_id', models.UUIDField(null=True)),
                ('uuid', models.UUIDField(default=gruendungswerkstatt.common.ids.new_uuid, editable=False)),
                ('name', models.CharField(max_length=60)),
                ('texts', models.JSONField(default=dict)),
                ('place', models.CharField(choices=[('both', 'In notes and in questions to founders'), ('note', 'In notes only'), ('question', 'In questions to founders only')], default='both', max_length=8)),
                ('created_at', models.DateTimeField(default=gruendungswerkstatt.common.clock.now)),
                ('office', models.ForeignKey(db_constraint=False, db_index=False, limit_choices_to={'kind': 'jobcenter'}, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='network_people.organisation')),
                ('pgh_obj', models.ForeignKey(db_constraint=False, db_index=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='cases_files.textblock')),
            ],
            options={
                'abstract': False,
            },
        ),
        migrations.AddConstraint(
            model_name='textblock',
            constraint=models.UniqueConstraint(fields=('office', 'sort_name'), name='text_block_name_once'),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='textblock',
            trigger=pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "cases_files_textblockevent" ("uuid", "office_id", "name", "texts", "place", "created_at", "pgh_obj_id", "pgh_created_at", "pgh_label", "pgh_context", "pgh_context_id") SELECT new_values."uuid", new_values."office_id", new_values."name", new_values."texts", new_values."place", new_values."created_at", new_values."id", CLOCK_TIMESTAMP(), \'insert\', NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\')::JSONB, NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\')::UUID FROM new_values ; RETURN NULL;', hash='30c7974bc2284c2044def48a368bc454e6101c0f', level='STATEMENT', operation='INSERT', pgid='pgtrigger_insert_insert_a78c5', referencing='REFERENCING NEW TABLE AS new_values ', table='cases_files_textblock', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='textblock',
            trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "cases_files_textblockevent" ("uuid", "office_id", "name", "texts", "place", "created_at", "pgh_obj_id", "pgh_created_at", "pgh_label", "pgh_context", "pgh_context_id", "pgh_before") SELECT new_values."uuid", new_values."office_id", new_values."name", new_values."texts", new_values."place", new_values."created_at", new_values."id", CLOCK_TIMESTAMP(), \'update\', NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\')::JSONB, NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\')::UUID, (SELECT jsonb_object_agg(before.key, before.value) FROM jsonb_each(to_jsonb(old_values)) AS before JOIN jsonb_each(to_jsonb(new_values)) AS after ON after.key = before.key WHERE before.value IS DISTINCT FROM after.value AND before.key IN (\'uuid\', \'office_id\', \'name\', \'texts\', \'place\', \'created_at\')) FROM old_values JOIN new_values ON (old_values."id") = (new_values."id") WHERE (old_values."uuid" IS DISTINCT FROM (new_values."uuid") OR old_values."office_id" IS DISTINCT FROM (new_values."office_id") OR old_values."name" IS DISTINCT FROM (new_values."name") OR old_values."texts" IS DISTINCT FROM (new_values."texts") OR old_values."place" IS DISTINCT FROM (new_values."place") OR old_values."created_at" IS DISTINCT FROM (new_values."created_at")); RETURN NULL;', hash='6921fcff3b47e324982ab0bf3997bcc609544e20', level='STATEMENT', operation='UPDATE', pgid='pgtrigger_update_update_e7a99', referencing='REFERENCING OLD TABLE AS old_values  NEW TABLE AS new_values ', table='cases_files_textblock', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='textblock',
            trigger=pgtrigger.compiler.Trigger(name='delete_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "cases_files_textblockevent" ("uuid", "office_id", "name", "texts", "place", "created_at", "pgh_obj_id", "pgh_created_at", "pgh_label", "pgh_context", "pgh_context_id") SELECT old_values."uuid", old_values."office_id", old_values."name", old_values."texts", old_values."place", old_values."created_at", old_values."id", CLOCK_TIMESTAMP(), \'delete\', NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\')::JSONB, NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\')::UUID FROM old_values ; RETURN NULL;', hash='ce60e919449a30037659afc25ffd1658a234fd2d', level='STATEMENT', operation='DELETE', pgid='pgtrigger_delete_delete_3858b', referencing='REFERENCING OLD TABLE AS old_values ', table='cases_files_textblock', when='AFTER')),
        ),
        migrations.AddIndex(
            model_name='textblockevent',
            index=models.Index(fields=['pgh_obj', 'pgh_id'], name='cases_files_pgh_obj_cb2698_idx'),
        ),
        migrations.AddIndex(
            model_name='textblockevent',
            index=models.Index(fields=['office', '-pgh_created_at', '-pgh_id'], name='cases_files_office__26f28f_idx'),
        ),
    ]
