from django.db import migrations

from cases.files import blocking

PORTION = 1_000


def write_keys(apps, schema_editor):
    """Founders from before are compared with new enquiries too. Written a second time nothing changes."""
    Founder, MatchKey = apps.get_model("cases_files", "Founder"), apps.get_model("cases_files", "MatchKey")
    rows = []
    for founder in Founder.objects.select_related("municipality").order_by("pk").iterator(PORTION):
        names = filter(None, (founder.name, founder.name_latin, founder.name_original))
        keys = blocking.keys_of(names, founder.phone, founder.email, founder.municipality.code)
        rows += [MatchKey(office_id=founder.office_id, founder_id=founder.pk, key=key) for key in keys]
        if len(rows) >= PORTION:
            MatchKey.objects.bulk_create(rows, ignore_conflicts=True)
            rows = []
    MatchKey.objects.bulk_create(rows, ignore_conflicts=True)


class Migration(migrations.Migration):
    dependencies = [("cases_files", "0011_matching_same_office")]

    operations = [migrations.RunPython(write_keys, migrations.RunPython.noop)]
