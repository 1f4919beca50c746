import uuid
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
    ]

    operations = [
        migrations.CreateModel(
            name='Item',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('name', models.CharField(help_text='What people call it.', max_length=120)),
                ('note', models.CharField(blank=True, default='', help_text='Anything else worth knowing.', max_length=2000)),
                ('created_at', models.DateTimeField(auto_now_add=True, help_text='When it was created.')),
                ('updated_at', models.DateTimeField(auto_now=True, help_text='When it last changed.')),
            ],
            options={
                'indexes': [models.Index(fields=['-created_at', '-id'], name='item_newest_first')],
            },
        ),
    ]
