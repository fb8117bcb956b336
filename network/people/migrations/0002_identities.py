import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

import gruendungswerkstatt.common.clock


class Migration(migrations.Migration):

    dependencies = [
        ('network_people', '0001_initial'),
    ]

    operations = [
        migrations.CreateModel(
            name='Identity',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('issuer', models.CharField(max_length=255)),
                ('subject', models.CharField(max_length=255)),
                ('linked_at', models.DateTimeField(default=gruendungswerkstatt.common.clock.now)),
                ('user', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='identities', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'verbose_name_plural': 'identities',
                'constraints': [models.UniqueConstraint(fields=('issuer', 'subject'), name='identity_once'), models.UniqueConstraint(fields=('user', 'issuer'), name='identity_once_per_issuer')],
            },
        ),
        migrations.CreateModel(
            name='GrantedMembership',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('identity', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='granted', to='network_people.identity')),
                ('membership', models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, related_name='granted', to='network_people.membership')),
            ],
        ),
    ]
