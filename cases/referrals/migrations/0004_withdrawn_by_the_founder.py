from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("cases_referrals", "0003_consent_once")]

    operations = [
        migrations.AlterField(
            model_name="consent",
            name="given_by",
            field=models.CharField(choices=[('in_person', 'In person'), ('phone', 'By phone'), ('written', 'In writing'), ('portal', 'By the founder, in this portal')], max_length=12),
        ),
        migrations.AlterField(
            model_name="consent",
            name="withdrawn_by",
            field=models.CharField(blank=True, choices=[('in_person', 'In person'), ('phone', 'By phone'), ('written', 'In writing'), ('portal', 'By the founder, in this portal')], max_length=12),
        ),
    ]
