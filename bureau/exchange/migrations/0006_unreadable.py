from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("exchange", "0005_one_value_for_all_rows"),
    ]

    operations = [
        migrations.AddField(
            model_name="import",
            name="why_unreadable",
            field=models.TextField(blank=True, verbose_name="why it could not be read"),
        ),
        migrations.AlterField(
            model_name="import",
            name="state",
            field=models.CharField(
                choices=[
                    ("columns", "Columns to be assigned"),
                    ("preview", "To be confirmed"),
                    ("running", "Being imported"),
                    ("done", "Imported"),
                    ("refused", "Nothing was written"),
                    ("unreadable", "Could not be read"),
                    ("undoing", "Being undone"),
                    ("undone", "Undone"),
                ],
                default="preview",
                max_length=10,
                verbose_name="state",
            ),
        ),
    ]
