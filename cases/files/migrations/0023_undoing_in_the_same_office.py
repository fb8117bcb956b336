from django.db import migrations, models

from gruendungswerkstatt.common.constraints import same_office

TABLE, NAME = "cases_files_statuschange", "status_change_id_office"


class Migration(migrations.Migration):
    """A change is undone in its own office.

    The index is made while people go on working, and no row can break it: the key alone is unique. For a foreign key it
    is as good as the constraint it stands for.
    """

    atomic = False

    dependencies = [("cases_files", "0022_follow_ups_of_founded_cases")]

    operations = [
        migrations.SeparateDatabaseAndState(
            state_operations=[
                migrations.AddConstraint(
                    model_name="statuschange",
                    constraint=models.UniqueConstraint(fields=("id", "office"), name=NAME),
                ),
            ],
            database_operations=[
                migrations.RunSQL(
                    f'CREATE UNIQUE INDEX CONCURRENTLY IF NOT EXISTS {NAME} ON {TABLE} (id, office_id)',
                    f'DROP INDEX CONCURRENTLY IF EXISTS {NAME}',
                ),
            ],
        ),
        same_office(TABLE, "undoes_id", TABLE),
    ]
