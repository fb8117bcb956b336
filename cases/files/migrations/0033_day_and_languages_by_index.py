from django.contrib.postgres.operations import AddIndexConcurrently
from django.db import migrations, models

LANGUAGES = ("ar", "uk", "kmr", "ckb", "fa", "prs", "ti", "tr", "ru", "en", "de", "other")


class Migration(migrations.Migration):
    """ "My day" and the list of those who speak one language end at the lines they show; people go on working meanwhile."""

    atomic = False

    dependencies = [("cases_files", "0032_handing_on_in_the_timeline")]

    operations = [
        AddIndexConcurrently(
            "case",
            models.Index(
                condition=models.Q(("state", "open")),
                fields=["office", "advisor", "last_contact_at", "id"],
                name="case_open_by_contact",
            ),
        ),
        *(
            AddIndexConcurrently(
                "founder",
                models.Index(
                    condition=models.Q(("languages__contains", [code])),
                    fields=["office", "sort_name", "id"],
                    name=f"founder_by_name_{code}",
                ),
            )
            for code in LANGUAGES
        ),
    ]
