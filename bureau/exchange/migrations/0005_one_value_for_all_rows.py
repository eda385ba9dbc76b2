from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("exchange", "0004_drop_check_only"),
    ]

    operations = [
        migrations.AddField(
            model_name="rememberedcolumns",
            name="constants",
            field=models.JSONField(default=dict),
        ),
        migrations.AlterField(
            model_name="import",
            name="updated",
            field=models.PositiveIntegerField(default=0, verbose_name="updated"),
        ),
    ]
