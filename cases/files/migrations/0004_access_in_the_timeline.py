from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("cases_files", "0003_helper_and_age")]

    operations = [
        migrations.AlterField(
            model_name="timelineentry",
            name="kind",
            field=models.CharField(choices=[('case_opened', 'Case opened'), ('note', 'Note'), ('phase_changed', 'Phase changed'), ('state_changed', 'State changed'), ('advisor_changed', 'Advisor changed'), ('appointment_planned', 'Appointment planned'), ('appointment_moved', 'Appointment moved'), ('appointment_cancelled', 'Appointment cancelled'), ('appointment_ended', 'Appointment: outcome recorded'), ('consent_given', 'Consent recorded'), ('consent_withdrawn', 'Consent withdrawn'), ('referred', 'Referral sent'), ('referral_answered', 'Referral answered'), ('step_added', 'Step agreed'), ('step_done', 'Step done'), ('application_recorded', 'Application recorded'), ('code_renewed', 'Founder got a new code'), ('pin_set', 'Founder got a new PIN')], max_length=24),
        ),
    ]
