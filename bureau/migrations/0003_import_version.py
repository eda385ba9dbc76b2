from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("bureau", "0002_roles"),
    ]

    operations = [
        migrations.AddField(
            model_name="attachment",
            name="import_version",
            field=models.PositiveIntegerField(editable=False, null=True),
        ),
        migrations.AddField(
            model_name="historicalattachment",
            name="import_version",
            field=models.PositiveIntegerField(editable=False, null=True),
        ),
    ]
