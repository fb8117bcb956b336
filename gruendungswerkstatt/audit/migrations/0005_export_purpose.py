from django.db import migrations, models


class Migration(migrations.Migration):
    """One more purpose; the column stays as it is."""

    dependencies = [
        ('audit', '0004_period_history'),
    ]

    operations = [
        migrations.AlterField(
            model_name='viewlog',
            name='purpose',
            field=models.CharField(choices=[('triage', 'Reading a new enquiry'), ('case_work', 'Work on the case'), ('referral', 'Answering a referral'), ('history', 'Looking at changes'), ('export', 'Taking over a list of cases into a table')], max_length=16),
        ),
    ]
