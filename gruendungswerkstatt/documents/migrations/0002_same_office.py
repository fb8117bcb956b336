from django.db import migrations

from gruendungswerkstatt.common.constraints import same_office


class Migration(migrations.Migration):
    """A composite foreign key: a file never belongs to another office than what it was sent for."""

    dependencies = [("documents", "0001_initial")]
    operations = [same_office("documents_document", "request_id", "documents_documentrequest")]
