from django.db import migrations

from gruendungswerkstatt.common.constraints import same_office


class Migration(migrations.Migration):
    """A version belongs to the office of its page, and somebody of that office published it."""

    dependencies = [("content", "0001_initial")]
    operations = [
        same_office("content_pageversion", "page_id", "content_page"),
        same_office("content_pageversion", "published_by_id", "network_people_membership", "organisation_id"),
    ]
