from django.db import migrations, models


def take_over_answers(apps, schema_editor):
    """What the enquiries of today's founders say about the helper, and that some were never asked for their age."""
    alias = schema_editor.connection.alias
    founders = apps.get_model("cases_files", "Founder").objects.using(alias)
    cases = apps.get_model("cases_files", "Case").objects.using(alias).filter(submission__isnull=False)
    for answer, may_call in (("yes", True), ("no", False)):
        asked = cases.filter(submission__answers__may_call_helper=answer)
        founders.filter(pk__in=asked.values("founder_id")).update(may_call_helper=may_call)
    founders.filter(pk__in=cases.filter(submission__is_adult=None).values("founder_id")).update(is_adult=None)


class Migration(migrations.Migration):
    dependencies = [("cases_files", "0002_same_office"), ("intake", "0002_age_may_be_unknown")]
    operations = [
        migrations.AddField(
            model_name="founder",
            name="may_call_helper",
            field=models.BooleanField(blank=True, null=True),
        ),
        migrations.AlterField(
            model_name="founder",
            name="is_adult",
            field=models.BooleanField(blank=True, null=True),
        ),
        migrations.RunPython(take_over_answers, migrations.RunPython.noop, elidable=True),
    ]
