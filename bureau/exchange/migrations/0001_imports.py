import django.db.models.deletion
import django.utils.timezone
from django.conf import settings
from django.db import migrations, models

from bureau.migrating import CreateModels

import bureau.exchange.models


class Migration(migrations.Migration):
    replaces = [
        ("exchange", "0001_initial"),
        ("exchange", "0002_tolerant_import"),
        ("exchange", "0003_states_of_earlier_imports"),
        ("exchange", "0004_drop_check_only"),
        ("exchange", "0005_one_value_for_all_rows"),
        ("exchange", "0006_unreadable"),
    ]

    initial = True

    dependencies = [
        ("bureau", "0001_initial"),
        ("bureau", "0003_import_version"),
        ("jobs", "0001_initial"),
    ]

    operations = [
        CreateModels([
        migrations.CreateModel(
            name="Import",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("sheet_key", models.CharField(max_length=50, verbose_name="kind of sheet")),
                (
                    "office",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="bureau.office",
                        verbose_name="for office",
                    ),
                ),
                (
                    "started_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="imported by",
                    ),
                ),
                ("created_at", models.DateTimeField(default=django.utils.timezone.now, verbose_name="imported at")),
                (
                    "state",
                    models.CharField(
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
                ("finished_at", models.DateTimeField(null=True, verbose_name="finished at")),
                (
                    "job",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to="jobs.job",
                        verbose_name="job",
                    ),
                ),
                (
                    "file",
                    models.FileField(
                        max_length=200, upload_to=bureau.exchange.models.storage_path, verbose_name="file"
                    ),
                ),
                ("file_name", models.CharField(max_length=200, verbose_name="file name")),
                ("sha256", models.CharField(max_length=64)),
                ("layout", models.JSONField(default=dict)),
                ("expected_rows", models.PositiveIntegerField(null=True)),
                ("sheet_name", models.CharField(blank=True, max_length=100, verbose_name="sheet of the file")),
                ("ignored_headings", models.JSONField(default=list, verbose_name="columns that were not read")),
                ("notes", models.JSONField(default=list, verbose_name="about the file")),
                ("why_unreadable", models.TextField(blank=True, verbose_name="why it could not be read")),
                (
                    "mode",
                    models.CharField(
                        choices=[
                            ("keep_good", "Import the good rows, give the failed ones back"),
                            ("all_or_nothing", "Import all rows, or none if any fails"),
                        ],
                        default="keep_good",
                        max_length=20,
                        verbose_name="if rows fail",
                    ),
                ),
                (
                    "accepts_unverified",
                    models.BooleanField(
                        default=False,
                        help_text="Such as a credit code whose check digit is wrong: it is imported and marked.",
                        verbose_name="accept unverified values",
                    ),
                ),
                (
                    "corrects",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="corrections",
                        to="exchange.import",
                    ),
                ),
                ("preview", models.JSONField(null=True)),
                ("effects", models.JSONField(null=True)),
                (
                    "effects_job",
                    models.ForeignKey(
                        null=True, on_delete=django.db.models.deletion.SET_NULL, related_name="+", to="jobs.job"
                    ),
                ),
                ("rows", models.PositiveIntegerField(default=0, verbose_name="rows")),
                ("created", models.PositiveIntegerField(default=0, verbose_name="new")),
                ("updated", models.PositiveIntegerField(default=0, verbose_name="updated")),
                ("unchanged", models.PositiveIntegerField(default=0, verbose_name="unchanged")),
                ("failed", models.PositiveIntegerField(default=0, verbose_name="failed")),
                ("last_row", models.PositiveIntegerField(default=0)),
                (
                    "error_workbook",
                    models.FileField(
                        blank=True,
                        max_length=200,
                        upload_to=bureau.exchange.models.storage_path,
                        verbose_name="workbook of the failed rows",
                    ),
                ),
                ("undone_at", models.DateTimeField(null=True, verbose_name="undone at")),
                (
                    "undone_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="undone by",
                    ),
                ),
                (
                    "undo_job",
                    models.ForeignKey(
                        null=True, on_delete=django.db.models.deletion.SET_NULL, related_name="+", to="jobs.job"
                    ),
                ),
                ("undo_counts", models.JSONField(default=dict)),
                ("is_check_only", models.BooleanField(default=False, verbose_name="check only")),
            ],
            options={
                "verbose_name": "import",
                "verbose_name_plural": "imports",
                "ordering": ["-pk"],
                "default_permissions": ("view", "add", "change"),
            },
        ),
        migrations.CreateModel(
            name="RememberedColumns",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "office",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to="bureau.office",
                        verbose_name="office",
                    ),
                ),
                ("sheet_key", models.CharField(max_length=50, verbose_name="kind of sheet")),
                ("signature", models.CharField(max_length=64)),
                ("places", models.JSONField(default=dict)),
                ("constants", models.JSONField(default=dict)),
                ("updated_at", models.DateTimeField(auto_now=True)),
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
        migrations.CreateModel(
            name="ImportProblem",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "run",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="problems", to="exchange.import"
                    ),
                ),
                ("row", models.PositiveIntegerField(verbose_name="row")),
                ("column", models.CharField(blank=True, max_length=100, verbose_name="column")),
                ("value", models.CharField(blank=True, max_length=200, verbose_name="value")),
                ("reason", models.TextField(verbose_name="reason")),
            ],
            options={
                "verbose_name": "failed cell",
                "verbose_name_plural": "failed cells",
                "ordering": ["row", "pk"],
                "default_permissions": ("view",),
                "indexes": [models.Index(fields=["run", "row"], name="exchange_problem_row")],
            },
        ),
        migrations.CreateModel(
            name="KeptRow",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "run",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="kept_rows", to="exchange.import"
                    ),
                ),
                ("object_id", models.BigIntegerField()),
                ("label", models.CharField(max_length=200, verbose_name="record")),
                ("reason", models.CharField(max_length=300, verbose_name="reason")),
            ],
            options={
                "verbose_name": "record that was kept",
                "verbose_name_plural": "records that were kept",
                "ordering": ["pk"],
                "default_permissions": ("view",),
                "constraints": [models.UniqueConstraint(fields=("run", "object_id"), name="exchange_keptrow_once")],
            },
        ),
        ]),
        migrations.RemoveField(
            model_name="import",
            name="is_check_only",
        ),
    ]
