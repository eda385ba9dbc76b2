import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("bureau", "0003_import_version"),
        ("exchange", "0001_initial"),
        ("jobs", "0001_initial"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.AddField(
            model_name="import",
            name="accepts_unverified",
            field=models.BooleanField(
                default=False,
                help_text="Such as a credit code whose check digit is wrong: it is imported and marked.",
                verbose_name="accept unverified values",
            ),
        ),
        migrations.AddField(
            model_name="import",
            name="corrects",
            field=models.ForeignKey(
                null=True, on_delete=django.db.models.deletion.PROTECT, related_name="corrections", to="exchange.import"
            ),
        ),
        migrations.AddField(
            model_name="import",
            name="effects",
            field=models.JSONField(null=True),
        ),
        migrations.AddField(
            model_name="import",
            name="effects_job",
            field=models.ForeignKey(
                null=True, on_delete=django.db.models.deletion.SET_NULL, related_name="+", to="jobs.job"
            ),
        ),
        migrations.AddField(
            model_name="import",
            name="layout",
            field=models.JSONField(default=dict),
        ),
        migrations.AddField(
            model_name="import",
            name="expected_rows",
            field=models.PositiveIntegerField(null=True),
        ),
        migrations.AddField(
            model_name="import",
            name="mode",
            field=models.CharField(
                choices=[
                    ("keep_good", "Import the good rows, give the failed ones back"),
                    ("all_or_nothing", "Import all rows, or none if any fails"),
                ],
                default="keep_good",
                max_length=20,
                verbose_name="if rows fail",
            ),
        ),
        migrations.AddField(
            model_name="import",
            name="notes",
            field=models.JSONField(default=list, verbose_name="about the file"),
        ),
        migrations.AddField(
            model_name="import",
            name="preview",
            field=models.JSONField(null=True),
        ),
        migrations.AddField(
            model_name="import",
            name="state",
            field=models.CharField(
                choices=[
                    ("columns", "Columns to be assigned"),
                    ("preview", "To be confirmed"),
                    ("running", "Being imported"),
                    ("done", "Imported"),
                    ("refused", "Nothing was written"),
                    ("undoing", "Being undone"),
                    ("undone", "Undone"),
                ],
                default="preview",
                max_length=10,
                verbose_name="state",
            ),
        ),
        migrations.AddField(
            model_name="import",
            name="undo_counts",
            field=models.JSONField(default=dict),
        ),
        migrations.AddField(
            model_name="import",
            name="undo_job",
            field=models.ForeignKey(
                null=True, on_delete=django.db.models.deletion.SET_NULL, related_name="+", to="jobs.job"
            ),
        ),
        migrations.AddField(
            model_name="import",
            name="undone_at",
            field=models.DateTimeField(null=True, verbose_name="undone at"),
        ),
        migrations.AddField(
            model_name="import",
            name="undone_by",
            field=models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
                verbose_name="undone by",
            ),
        ),
        migrations.CreateModel(
            name="KeptRow",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("object_id", models.BigIntegerField()),
                ("label", models.CharField(max_length=200, verbose_name="record")),
                ("reason", models.CharField(max_length=300, verbose_name="reason")),
                (
                    "run",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="kept_rows", to="exchange.import"
                    ),
                ),
            ],
            options={
                "verbose_name": "record that was kept",
                "verbose_name_plural": "records that were kept",
                "ordering": ["pk"],
                "default_permissions": ("view",),
                "constraints": [models.UniqueConstraint(fields=("run", "object_id"), name="exchange_keptrow_once")],
            },
        ),
        migrations.CreateModel(
            name="RememberedColumns",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("sheet_key", models.CharField(max_length=50, verbose_name="kind of sheet")),
                ("signature", models.CharField(max_length=64)),
                ("places", models.JSONField(default=dict)),
                ("updated_at", models.DateTimeField(auto_now=True)),
                (
                    "office",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to="bureau.office",
                        verbose_name="office",
                    ),
                ),
                (
                    "updated_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "verbose_name": "remembered columns",
                "verbose_name_plural": "remembered columns",
                "default_permissions": ("view", "add", "change"),
                "constraints": [
                    models.UniqueConstraint(
                        fields=("office", "sheet_key", "signature"), name="exchange_rememberedcolumns_header"
                    )
                ],
            },
        ),
    ]
