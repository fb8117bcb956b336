from django.db import migrations, models


def forget_assumed_ages(apps, schema_editor):
    """Who only asked for a call was never asked for the age, but was stored as an adult."""
    submissions = apps.get_model("intake", "Submission").objects.using(schema_editor.connection.alias)
    submissions.exclude(answers__has_key="is_adult").update(is_adult=None)


class Migration(migrations.Migration):
    dependencies = [("intake", "0001_initial")]
    operations = [
        migrations.AlterField(
            model_name="submission",
            name="is_adult",
            field=models.BooleanField(blank=True, null=True),
        ),
        migrations.RunPython(forget_assumed_ages, migrations.RunPython.noop, elidable=True),
    ]
