"""Every partner gets the office that sees to its members: until now there was one office with partners."""

from django.db import migrations


def give_partners_to_first_office(apps, schema_editor):
    Organisation = apps.get_model("network_people", "Organisation")
    office = Organisation.objects.filter(kind="jobcenter").order_by("id").first()
    if office:
        partners = Organisation.objects.exclude(kind="jobcenter")
        partners.filter(looked_after_by=None).update(looked_after_by=office)


class Migration(migrations.Migration):
    dependencies = [("network_people", "0003_members")]

    operations = [migrations.RunPython(give_partners_to_first_office, migrations.RunPython.noop, elidable=True)]
