import bureau.models.fields
import django.db.models.deletion
import django.db.models.functions.datetime
import inspections.label_code
import inspections.models.verification
import simple_history.models
from django.conf import settings
from django.db import migrations, models

from bureau.migrating import CreateModels


class Migration(migrations.Migration):
    dependencies = [
        ("bureau", "0005_management_system"),
        ("bureau", "__first__"),
        ("enterprises", "0001_initial"),
        ("inspections", "0001_initial"),
        ("standards", "0001_records"),
    ]

    operations = [
        CreateModels(
            [
                migrations.CreateModel(
                    name="Appointment",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        (
                            "created_by",
                            models.ForeignKey(
                                editable=False,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                                verbose_name="entered by",
                            ),
                        ),
                        ("created_at", models.DateTimeField(editable=False, verbose_name="entered at")),
                        (
                            "updated_by",
                            models.ForeignKey(
                                editable=False,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                                verbose_name="changed by",
                            ),
                        ),
                        ("updated_at", models.DateTimeField(editable=False, verbose_name="changed at")),
                        ("version", models.PositiveIntegerField(default=1, editable=False, verbose_name="version")),
                        (
                            "voided_by",
                            models.ForeignKey(
                                editable=False,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                                verbose_name="voided by",
                            ),
                        ),
                        ("voided_at", models.DateTimeField(editable=False, null=True, verbose_name="voided at")),
                        (
                            "void_reason",
                            models.CharField(
                                blank=True, editable=False, max_length=200, verbose_name="reason of voiding"
                            ),
                        ),
                        ("import_id", models.BigIntegerField(editable=False, null=True, verbose_name="import number")),
                        (
                            "import_row",
                            models.PositiveIntegerField(editable=False, null=True, verbose_name="row of the import"),
                        ),
                        ("import_version", models.PositiveIntegerField(editable=False, null=True)),
                        (
                            "office",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="bureau.office",
                                verbose_name="kept by office",
                            ),
                        ),
                        (
                            "region",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="bureau.region",
                                verbose_name="region",
                            ),
                        ),
                        (
                            "holder",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="appointments",
                                to="enterprises.enterprise",
                                verbose_name="holder",
                            ),
                        ),
                        (
                            "institution",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="standards.institution",
                                verbose_name="institution",
                            ),
                        ),
                        ("day", models.DateField(verbose_name="day of the appointment")),
                        (
                            "state",
                            models.CharField(
                                choices=[("requested", "Requested"), ("booked", "Booked"), ("cancelled", "Cancelled")],
                                default="booked",
                                max_length=10,
                                verbose_name="state",
                            ),
                        ),
                        (
                            "submission",
                            models.CharField(
                                choices=[("sent_in", "Sent to the institution"), ("on_site", "Verified on site")],
                                default="sent_in",
                                max_length=10,
                                verbose_name="way of submission",
                            ),
                        ),
                        ("contact", models.CharField(blank=True, max_length=40, verbose_name="contact person")),
                        ("phone", models.CharField(blank=True, max_length=40, verbose_name="telephone")),
                        (
                            "override_reason",
                            models.CharField(
                                blank=True,
                                help_text="Why the day may take more pieces than stated, is closed, or is nearer than the rule allows.",
                                max_length=200,
                                verbose_name="why beyond the rule",
                            ),
                        ),
                        (
                            "cancel_reason",
                            models.CharField(blank=True, max_length=200, verbose_name="reason of cancelling"),
                        ),
                        ("remark", models.CharField(blank=True, max_length=200, verbose_name="remark")),
                    ],
                    options={
                        "verbose_name": "appointment",
                        "verbose_name_plural": "appointments",
                        "ordering": ["-pk"],
                        "abstract": False,
                        "default_permissions": ("view", "add", "change", "void", "import", "export"),
                        "indexes": [models.Index(fields=["institution", "day"], name="inspections_appointment_day")],
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("state", "cancelled"), models.Q(("cancel_reason", ""), _negated=True)),
                                    models.Q(models.Q(("state", "cancelled"), _negated=True), ("cancel_reason", "")),
                                    _connector="OR",
                                ),
                                name="inspections_appointment_cancelled",
                                violation_error_message="A cancelled appointment says why, and no other does.",
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="BookingRule",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("edition", models.CharField(max_length=40, verbose_name="edition")),
                        ("effective_from", models.DateField(blank=True, null=True, verbose_name="in force from")),
                        ("effective_to", models.DateField(blank=True, null=True, verbose_name="in force until")),
                        (
                            "is_verified",
                            models.BooleanField(default=False, verbose_name="compared with the official text"),
                        ),
                        ("working_days_ahead", models.PositiveSmallIntegerField(verbose_name="working days ahead")),
                        ("weeks_offered", models.PositiveSmallIntegerField(verbose_name="weeks offered")),
                    ],
                    options={
                        "verbose_name": "rule of appointments",
                        "verbose_name_plural": "rules of appointments",
                        "ordering": ["-effective_from", "edition"],
                        "abstract": False,
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("effective_to__isnull", True),
                                    ("effective_from__isnull", True),
                                    ("effective_to__gte", models.F("effective_from")),
                                    _connector="OR",
                                ),
                                name="inspections_bookingrule_dates",
                                violation_error_message="A rule cannot end before it begins.",
                            ),
                            models.UniqueConstraint(
                                fields=("edition",),
                                name="inspections_bookingrule_once",
                                violation_error_message="This edition is already there.",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("weeks_offered__gte", 1), ("weeks_offered__lte", 52)),
                                name="inspections_bookingrule_weeks",
                                violation_error_message="Days are offered for 1 to 52 weeks.",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Capacity",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        (
                            "created_by",
                            models.ForeignKey(
                                editable=False,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                                verbose_name="entered by",
                            ),
                        ),
                        ("created_at", models.DateTimeField(editable=False, verbose_name="entered at")),
                        (
                            "updated_by",
                            models.ForeignKey(
                                editable=False,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                                verbose_name="changed by",
                            ),
                        ),
                        ("updated_at", models.DateTimeField(editable=False, verbose_name="changed at")),
                        ("version", models.PositiveIntegerField(default=1, editable=False, verbose_name="version")),
                        (
                            "voided_by",
                            models.ForeignKey(
                                editable=False,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                                verbose_name="voided by",
                            ),
                        ),
                        ("voided_at", models.DateTimeField(editable=False, null=True, verbose_name="voided at")),
                        (
                            "void_reason",
                            models.CharField(
                                blank=True, editable=False, max_length=200, verbose_name="reason of voiding"
                            ),
                        ),
                        ("import_id", models.BigIntegerField(editable=False, null=True, verbose_name="import number")),
                        (
                            "import_row",
                            models.PositiveIntegerField(editable=False, null=True, verbose_name="row of the import"),
                        ),
                        ("import_version", models.PositiveIntegerField(editable=False, null=True)),
                        (
                            "office",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="bureau.office",
                                verbose_name="kept by office",
                            ),
                        ),
                        (
                            "region",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="bureau.region",
                                verbose_name="region",
                            ),
                        ),
                        ("begins_on", models.DateField(verbose_name="first day")),
                        (
                            "ends_on",
                            models.DateField(
                                blank=True,
                                help_text="Last day; empty while it lasts.",
                                null=True,
                                verbose_name="last day",
                            ),
                        ),
                        (
                            "institution",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="capacities",
                                to="standards.institution",
                                verbose_name="institution",
                            ),
                        ),
                        (
                            "days",
                            models.CharField(
                                choices=[
                                    ("workdays", "Monday to Friday"),
                                    ("1", "Mondays"),
                                    ("2", "Tuesdays"),
                                    ("3", "Wednesdays"),
                                    ("4", "Thursdays"),
                                    ("5", "Fridays"),
                                    ("6", "Saturdays"),
                                    ("7", "Sundays"),
                                    ("dates", "Every day of these dates"),
                                ],
                                max_length=10,
                                verbose_name="days",
                            ),
                        ),
                        (
                            "pieces",
                            models.PositiveIntegerField(
                                help_text="0: closed, as on public holidays.", verbose_name="pieces a day"
                            ),
                        ),
                        ("remark", models.CharField(blank=True, max_length=200, verbose_name="remark")),
                    ],
                    options={
                        "verbose_name": "capacity for appointments",
                        "verbose_name_plural": "capacities for appointments",
                        "ordering": ["-pk"],
                        "abstract": False,
                        "default_permissions": ("view", "add", "change", "void", "import", "export"),
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("ends_on__isnull", True), ("ends_on__gte", models.F("begins_on")), _connector="OR"
                                ),
                                name="inspections_capacity_dates",
                                violation_error_message="It cannot end before it begins.",
                            ),
                            models.UniqueConstraint(
                                condition=models.Q(("voided_at__isnull", True)),
                                fields=("institution", "days", "begins_on"),
                                name="inspections_capacity_once",
                                violation_error_message="The capacity of these days is already stated from that day.",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("days", "dates"), _negated=True),
                                    ("ends_on__isnull", False),
                                    _connector="OR",
                                ),
                                name="inspections_capacity_end",
                                violation_error_message="Certain dates have a first and a last day.",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="HistoricalAppointment",
                    fields=[
                        ("id", models.BigIntegerField(auto_created=True, blank=True, db_index=True, verbose_name="ID")),
                        ("created_at", models.DateTimeField(editable=False, verbose_name="entered at")),
                        ("updated_at", models.DateTimeField(editable=False, verbose_name="changed at")),
                        ("version", models.PositiveIntegerField(default=1, editable=False, verbose_name="version")),
                        ("voided_at", models.DateTimeField(editable=False, null=True, verbose_name="voided at")),
                        (
                            "void_reason",
                            models.CharField(
                                blank=True, editable=False, max_length=200, verbose_name="reason of voiding"
                            ),
                        ),
                        ("import_id", models.BigIntegerField(editable=False, null=True, verbose_name="import number")),
                        (
                            "import_row",
                            models.PositiveIntegerField(editable=False, null=True, verbose_name="row of the import"),
                        ),
                        ("import_version", models.PositiveIntegerField(editable=False, null=True)),
                        ("day", models.DateField(verbose_name="day of the appointment")),
                        (
                            "state",
                            models.CharField(
                                choices=[("requested", "Requested"), ("booked", "Booked"), ("cancelled", "Cancelled")],
                                default="booked",
                                max_length=10,
                                verbose_name="state",
                            ),
                        ),
                        (
                            "submission",
                            models.CharField(
                                choices=[("sent_in", "Sent to the institution"), ("on_site", "Verified on site")],
                                default="sent_in",
                                max_length=10,
                                verbose_name="way of submission",
                            ),
                        ),
                        ("contact", models.CharField(blank=True, max_length=40, verbose_name="contact person")),
                        ("phone", models.CharField(blank=True, max_length=40, verbose_name="telephone")),
                        (
                            "override_reason",
                            models.CharField(
                                blank=True,
                                help_text="Why the day may take more pieces than stated, is closed, or is nearer than the rule allows.",
                                max_length=200,
                                verbose_name="why beyond the rule",
                            ),
                        ),
                        (
                            "cancel_reason",
                            models.CharField(blank=True, max_length=200, verbose_name="reason of cancelling"),
                        ),
                        ("remark", models.CharField(blank=True, max_length=200, verbose_name="remark")),
                        (
                            "created_by",
                            models.ForeignKey(
                                blank=True,
                                db_constraint=False,
                                editable=False,
                                null=True,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                                verbose_name="entered by",
                            ),
                        ),
                        (
                            "updated_by",
                            models.ForeignKey(
                                blank=True,
                                db_constraint=False,
                                editable=False,
                                null=True,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                                verbose_name="changed by",
                            ),
                        ),
                        (
                            "voided_by",
                            models.ForeignKey(
                                blank=True,
                                db_constraint=False,
                                editable=False,
                                null=True,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                                verbose_name="voided by",
                            ),
                        ),
                        (
                            "office",
                            models.ForeignKey(
                                blank=True,
                                db_constraint=False,
                                null=True,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                to="bureau.office",
                                verbose_name="kept by office",
                            ),
                        ),
                        (
                            "region",
                            models.ForeignKey(
                                blank=True,
                                db_constraint=False,
                                null=True,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                to="bureau.region",
                                verbose_name="region",
                            ),
                        ),
                        (
                            "holder",
                            models.ForeignKey(
                                blank=True,
                                db_constraint=False,
                                null=True,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                to="enterprises.enterprise",
                                verbose_name="holder",
                            ),
                        ),
                        (
                            "institution",
                            models.ForeignKey(
                                blank=True,
                                db_constraint=False,
                                null=True,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                to="standards.institution",
                                verbose_name="institution",
                            ),
                        ),
                        ("history_id", models.AutoField(primary_key=True, serialize=False)),
                        ("history_date", models.DateTimeField(db_index=True)),
                        ("history_change_reason", models.CharField(max_length=100, null=True)),
                        (
                            "history_type",
                            models.CharField(
                                choices=[("+", "Created"), ("~", "Changed"), ("-", "Deleted")], max_length=1
                            ),
                        ),
                        (
                            "history_user",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.SET_NULL,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "historical appointment",
                        "verbose_name_plural": "historical appointments",
                        "ordering": ("-history_date", "-history_id"),
                        "get_latest_by": ("history_date", "history_id"),
                    },
                    bases=(simple_history.models.HistoricalChanges, models.Model),
                ),
                migrations.CreateModel(
                    name="HistoricalCapacity",
                    fields=[
                        ("id", models.BigIntegerField(auto_created=True, blank=True, db_index=True, verbose_name="ID")),
                        ("created_at", models.DateTimeField(editable=False, verbose_name="entered at")),
                        ("updated_at", models.DateTimeField(editable=False, verbose_name="changed at")),
                        ("version", models.PositiveIntegerField(default=1, editable=False, verbose_name="version")),
                        ("voided_at", models.DateTimeField(editable=False, null=True, verbose_name="voided at")),
                        (
                            "void_reason",
                            models.CharField(
                                blank=True, editable=False, max_length=200, verbose_name="reason of voiding"
                            ),
                        ),
                        ("import_id", models.BigIntegerField(editable=False, null=True, verbose_name="import number")),
                        (
                            "import_row",
                            models.PositiveIntegerField(editable=False, null=True, verbose_name="row of the import"),
                        ),
                        ("import_version", models.PositiveIntegerField(editable=False, null=True)),
                        ("begins_on", models.DateField(verbose_name="first day")),
                        (
                            "ends_on",
                            models.DateField(
                                blank=True,
                                help_text="Last day; empty while it lasts.",
                                null=True,
                                verbose_name="last day",
                            ),
                        ),
                        (
                            "days",
                            models.CharField(
                                choices=[
                                    ("workdays", "Monday to Friday"),
                                    ("1", "Mondays"),
                                    ("2", "Tuesdays"),
                                    ("3", "Wednesdays"),
                                    ("4", "Thursdays"),
                                    ("5", "Fridays"),
                                    ("6", "Saturdays"),
                                    ("7", "Sundays"),
                                    ("dates", "Every day of these dates"),
                                ],
                                max_length=10,
                                verbose_name="days",
                            ),
                        ),
                        (
                            "pieces",
                            models.PositiveIntegerField(
                                help_text="0: closed, as on public holidays.", verbose_name="pieces a day"
                            ),
                        ),
                        ("remark", models.CharField(blank=True, max_length=200, verbose_name="remark")),
                        (
                            "created_by",
                            models.ForeignKey(
                                blank=True,
                                db_constraint=False,
                                editable=False,
                                null=True,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                                verbose_name="entered by",
                            ),
                        ),
                        (
                            "updated_by",
                            models.ForeignKey(
                                blank=True,
                                db_constraint=False,
                                editable=False,
                                null=True,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                                verbose_name="changed by",
                            ),
                        ),
                        (
                            "voided_by",
                            models.ForeignKey(
                                blank=True,
                                db_constraint=False,
                                editable=False,
                                null=True,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                                verbose_name="voided by",
                            ),
                        ),
                        (
                            "office",
                            models.ForeignKey(
                                blank=True,
                                db_constraint=False,
                                null=True,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                to="bureau.office",
                                verbose_name="kept by office",
                            ),
                        ),
                        (
                            "region",
                            models.ForeignKey(
                                blank=True,
                                db_constraint=False,
                                null=True,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                to="bureau.region",
                                verbose_name="region",
                            ),
                        ),
                        (
                            "institution",
                            models.ForeignKey(
                                blank=True,
                                db_constraint=False,
                                null=True,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                to="standards.institution",
                                verbose_name="institution",
                            ),
                        ),
                        ("history_id", models.AutoField(primary_key=True, serialize=False)),
                        ("history_date", models.DateTimeField(db_index=True)),
                        ("history_change_reason", models.CharField(max_length=100, null=True)),
                        (
                            "history_type",
                            models.CharField(
                                choices=[("+", "Created"), ("~", "Changed"), ("-", "Deleted")], max_length=1
                            ),
                        ),
                        (
                            "history_user",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.SET_NULL,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "historical capacity for appointments",
                        "verbose_name_plural": "historical capacities for appointments",
                        "ordering": ("-history_date", "-history_id"),
                        "get_latest_by": ("history_date", "history_id"),
                    },
                    bases=(simple_history.models.HistoricalChanges, models.Model),
                ),
                migrations.CreateModel(
                    name="InstrumentKind",
                    fields=[
                        ("edition", models.CharField(max_length=40, verbose_name="edition")),
                        ("effective_from", models.DateField(blank=True, null=True, verbose_name="in force from")),
                        ("effective_to", models.DateField(blank=True, null=True, verbose_name="in force until")),
                        (
                            "is_verified",
                            models.BooleanField(default=False, verbose_name="compared with the official text"),
                        ),
                        (
                            "code",
                            models.CharField(
                                max_length=30, primary_key=True, serialize=False, verbose_name="kind code"
                            ),
                        ),
                        ("name", models.CharField(max_length=60, unique=True, verbose_name="kind of instrument")),
                        ("name_en", models.CharField(max_length=80, verbose_name="English name")),
                        (
                            "category",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="kinds",
                                to="inspections.instrumentcategory",
                                verbose_name="category",
                            ),
                        ),
                        ("position", models.PositiveSmallIntegerField(default=0, verbose_name="position")),
                    ],
                    options={
                        "verbose_name": "kind of measuring instruments",
                        "verbose_name_plural": "kinds of measuring instruments",
                        "ordering": ["position", "code"],
                        "abstract": False,
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("effective_to__isnull", True),
                                    ("effective_from__isnull", True),
                                    ("effective_to__gte", models.F("effective_from")),
                                    _connector="OR",
                                ),
                                name="inspections_instrumentkind_dates",
                                violation_error_message="A rule cannot end before it begins.",
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Instrument",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        (
                            "created_by",
                            models.ForeignKey(
                                db_index=False,
                                editable=False,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                                verbose_name="entered by",
                            ),
                        ),
                        ("created_at", models.DateTimeField(editable=False, verbose_name="entered at")),
                        (
                            "updated_by",
                            models.ForeignKey(
                                db_index=False,
                                editable=False,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                                verbose_name="changed by",
                            ),
                        ),
                        ("updated_at", models.DateTimeField(editable=False, verbose_name="changed at")),
                        ("version", models.PositiveIntegerField(default=1, editable=False, verbose_name="version")),
                        (
                            "voided_by",
                            models.ForeignKey(
                                db_index=False,
                                editable=False,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                                verbose_name="voided by",
                            ),
                        ),
                        ("voided_at", models.DateTimeField(editable=False, null=True, verbose_name="voided at")),
                        (
                            "void_reason",
                            models.CharField(
                                blank=True, editable=False, max_length=200, verbose_name="reason of voiding"
                            ),
                        ),
                        ("import_id", models.BigIntegerField(editable=False, null=True, verbose_name="import number")),
                        (
                            "import_row",
                            models.PositiveIntegerField(editable=False, null=True, verbose_name="row of the import"),
                        ),
                        ("import_version", models.PositiveIntegerField(editable=False, null=True)),
                        (
                            "office",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="bureau.office",
                                verbose_name="kept by office",
                            ),
                        ),
                        (
                            "region",
                            models.ForeignKey(
                                db_index=False,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="bureau.region",
                                verbose_name="region",
                            ),
                        ),
                        (
                            "holder",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="instruments",
                                to="enterprises.enterprise",
                                verbose_name="holder",
                            ),
                        ),
                        (
                            "holder_no",
                            bureau.models.fields.CodeField(blank=True, max_length=40, verbose_name="holder's own no."),
                        ),
                        (
                            "ecqs_no",
                            bureau.models.fields.CodeField(
                                blank=True, max_length=40, verbose_name="no. on the national platform"
                            ),
                        ),
                        ("name", models.CharField(max_length=100, verbose_name="instrument name")),
                        (
                            "kind",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="inspections.instrumentkind",
                                verbose_name="kind of instrument",
                            ),
                        ),
                        (
                            "model",
                            bureau.models.fields.CodeField(
                                blank=True, max_length=80, verbose_name="model and specification"
                            ),
                        ),
                        (
                            "measuring_range",
                            bureau.models.fields.CodeField(blank=True, max_length=80, verbose_name="measuring range"),
                        ),
                        (
                            "accuracy_class",
                            bureau.models.fields.CodeField(blank=True, max_length=60, verbose_name="accuracy class"),
                        ),
                        (
                            "serial_no",
                            bureau.models.fields.CodeField(blank=True, max_length=60, verbose_name="serial no."),
                        ),
                        ("maker", models.CharField(blank=True, max_length=100, verbose_name="manufacturer")),
                        ("origin", models.CharField(blank=True, max_length=60, verbose_name="place of origin")),
                        ("place", models.CharField(blank=True, max_length=200, verbose_name="place of use")),
                        ("quantity", models.PositiveIntegerField(default=1, verbose_name="quantity")),
                        (
                            "purpose",
                            models.CharField(
                                choices=[
                                    ("trade", "Trade settlement"),
                                    ("safety", "Safety protection"),
                                    ("medical", "Medical care"),
                                    ("environment", "Environmental monitoring"),
                                    ("standard", "Public or highest measurement standard"),
                                    ("other", "Other purpose"),
                                ],
                                max_length=20,
                                verbose_name="purpose of use",
                            ),
                        ),
                        (
                            "legal_kind",
                            models.CharField(
                                choices=[("mandatory", "Mandatory verification"), ("voluntary", "Not mandatory")],
                                max_length=10,
                                verbose_name="legal kind",
                            ),
                        ),
                        (
                            "submission",
                            models.CharField(
                                choices=[("sent_in", "Sent to the institution"), ("on_site", "Verified on site")],
                                default="sent_in",
                                max_length=10,
                                verbose_name="way of submission",
                            ),
                        ),
                        (
                            "period_months",
                            models.PositiveSmallIntegerField(
                                blank=True,
                                help_text="Empty: as the catalogue in force says.",
                                null=True,
                                verbose_name="verification period, months",
                            ),
                        ),
                        ("in_use_from", models.DateField(verbose_name="in use from")),
                        (
                            "state",
                            models.CharField(
                                choices=[("in_use", "In use"), ("stopped", "Out of use"), ("scrapped", "Scrapped")],
                                default="in_use",
                                max_length=10,
                                verbose_name="state",
                            ),
                        ),
                        (
                            "state_since",
                            models.DateField(
                                blank=True,
                                help_text="Empty for instruments that were never out of use.",
                                null=True,
                                verbose_name="in this state from",
                            ),
                        ),
                        (
                            "end_reason",
                            models.CharField(
                                blank=True,
                                choices=[
                                    ("replaced", "Replaced when due"),
                                    ("failed", "Failed and not repaired"),
                                    ("other", "For another reason"),
                                ],
                                max_length=10,
                                verbose_name="why it was scrapped",
                            ),
                        ),
                        (
                            "first_verified_on",
                            models.DateField(
                                blank=True,
                                help_text="For kinds that are replaced when due: their time in use runs from this day.",
                                null=True,
                                verbose_name="first verified on",
                            ),
                        ),
                        ("replace_due_on", models.DateField(blank=True, null=True, verbose_name="to be replaced on")),
                        (
                            "last_verified_on",
                            models.DateField(editable=False, null=True, verbose_name="last verified on"),
                        ),
                        ("valid_until", models.DateField(editable=False, null=True, verbose_name="valid until")),
                        ("next_due_on", models.DateField(editable=False, null=True, verbose_name="next due on")),
                        (
                            "label_code",
                            models.CharField(
                                default=inspections.label_code.new_label_code,
                                editable=False,
                                max_length=12,
                                verbose_name="label code",
                            ),
                        ),
                        ("remark", models.CharField(blank=True, max_length=200, verbose_name="remark")),
                    ],
                    options={
                        "verbose_name": "measuring instrument",
                        "verbose_name_plural": "measuring instruments",
                        "ordering": ["-pk"],
                        "abstract": False,
                        "default_permissions": ("view", "add", "change", "void", "import", "export"),
                        "indexes": [
                            models.Index(
                                fields=["serial_no"], name="inspections_instr_serial", opclasses=["varchar_pattern_ops"]
                            ),
                            models.Index(
                                condition=models.Q(("ecqs_no", ""), _negated=True),
                                fields=["ecqs_no"],
                                name="inspections_instr_ecqs",
                                opclasses=["varchar_pattern_ops"],
                            ),
                            models.Index(
                                condition=models.Q(("holder_no", ""), _negated=True),
                                fields=["holder_no"],
                                name="inspections_instr_own_no",
                                opclasses=["varchar_pattern_ops"],
                            ),
                            models.Index(fields=["next_due_on", "region"], name="inspections_instr_due"),
                            models.Index(fields=["replace_due_on"], name="inspections_instr_replace"),
                            models.Index(fields=["region", "kind"], name="inspections_instr_place"),
                            models.Index(
                                condition=models.Q(("import_id__isnull", False)),
                                fields=["import_id"],
                                name="inspections_instr_import",
                            ),
                        ],
                        "constraints": [
                            models.UniqueConstraint(
                                condition=models.Q(
                                    ("voided_at__isnull", True),
                                    models.Q(("serial_no", ""), _negated=True),
                                    models.Q(("state", "scrapped"), _negated=True),
                                ),
                                fields=("holder", "kind", "serial_no"),
                                name="inspections_instrument_once",
                                violation_error_message="This holder already has an instrument of this kind with this serial no.",
                            ),
                            models.UniqueConstraint(
                                condition=models.Q(("voided_at__isnull", True)),
                                fields=("label_code",),
                                name="inspections_instrument_label",
                                violation_error_message="Another instrument has this label code.",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("quantity__gte", 1)),
                                name="inspections_instrument_quantity",
                                violation_error_message="The quantity is at least 1.",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("quantity", 1), ("serial_no", ""), _connector="OR"),
                                name="inspections_instrument_one",
                                violation_error_message="A serial no. names one piece: pieces with numbers stand in a row each.",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("state", "in_use"), ("state_since__isnull", True)),
                                    models.Q(
                                        ("state_since__gte", models.F("in_use_from")), ("state_since__isnull", False)
                                    ),
                                    _connector="OR",
                                ),
                                name="inspections_instrument_since",
                                violation_error_message="An instrument that is out of use or scrapped states from which day, not before it came into use.",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("end_reason", ""), ("state", "scrapped"), _connector="OR"),
                                name="inspections_instrument_end",
                                violation_error_message="Why it was scrapped is stated of scrapped instruments alone.",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="HistoricalInstrument",
                    fields=[
                        ("id", models.BigIntegerField(auto_created=True, blank=True, db_index=True, verbose_name="ID")),
                        ("created_at", models.DateTimeField(editable=False, verbose_name="entered at")),
                        ("updated_at", models.DateTimeField(editable=False, verbose_name="changed at")),
                        ("version", models.PositiveIntegerField(default=1, editable=False, verbose_name="version")),
                        ("voided_at", models.DateTimeField(editable=False, null=True, verbose_name="voided at")),
                        (
                            "void_reason",
                            models.CharField(
                                blank=True, editable=False, max_length=200, verbose_name="reason of voiding"
                            ),
                        ),
                        ("import_id", models.BigIntegerField(editable=False, null=True, verbose_name="import number")),
                        (
                            "import_row",
                            models.PositiveIntegerField(editable=False, null=True, verbose_name="row of the import"),
                        ),
                        ("import_version", models.PositiveIntegerField(editable=False, null=True)),
                        (
                            "holder_no",
                            bureau.models.fields.CodeField(blank=True, max_length=40, verbose_name="holder's own no."),
                        ),
                        (
                            "ecqs_no",
                            bureau.models.fields.CodeField(
                                blank=True, max_length=40, verbose_name="no. on the national platform"
                            ),
                        ),
                        ("name", models.CharField(max_length=100, verbose_name="instrument name")),
                        (
                            "model",
                            bureau.models.fields.CodeField(
                                blank=True, max_length=80, verbose_name="model and specification"
                            ),
                        ),
                        (
                            "measuring_range",
                            bureau.models.fields.CodeField(blank=True, max_length=80, verbose_name="measuring range"),
                        ),
                        (
                            "accuracy_class",
                            bureau.models.fields.CodeField(blank=True, max_length=60, verbose_name="accuracy class"),
                        ),
                        (
                            "serial_no",
                            bureau.models.fields.CodeField(blank=True, max_length=60, verbose_name="serial no."),
                        ),
                        ("maker", models.CharField(blank=True, max_length=100, verbose_name="manufacturer")),
                        ("origin", models.CharField(blank=True, max_length=60, verbose_name="place of origin")),
                        ("place", models.CharField(blank=True, max_length=200, verbose_name="place of use")),
                        ("quantity", models.PositiveIntegerField(default=1, verbose_name="quantity")),
                        (
                            "purpose",
                            models.CharField(
                                choices=[
                                    ("trade", "Trade settlement"),
                                    ("safety", "Safety protection"),
                                    ("medical", "Medical care"),
                                    ("environment", "Environmental monitoring"),
                                    ("standard", "Public or highest measurement standard"),
                                    ("other", "Other purpose"),
                                ],
                                max_length=20,
                                verbose_name="purpose of use",
                            ),
                        ),
                        (
                            "legal_kind",
                            models.CharField(
                                choices=[("mandatory", "Mandatory verification"), ("voluntary", "Not mandatory")],
                                max_length=10,
                                verbose_name="legal kind",
                            ),
                        ),
                        (
                            "submission",
                            models.CharField(
                                choices=[("sent_in", "Sent to the institution"), ("on_site", "Verified on site")],
                                default="sent_in",
                                max_length=10,
                                verbose_name="way of submission",
                            ),
                        ),
                        (
                            "period_months",
                            models.PositiveSmallIntegerField(
                                blank=True,
                                help_text="Empty: as the catalogue in force says.",
                                null=True,
                                verbose_name="verification period, months",
                            ),
                        ),
                        ("in_use_from", models.DateField(verbose_name="in use from")),
                        (
                            "state",
                            models.CharField(
                                choices=[("in_use", "In use"), ("stopped", "Out of use"), ("scrapped", "Scrapped")],
                                default="in_use",
                                max_length=10,
                                verbose_name="state",
                            ),
                        ),
                        (
                            "state_since",
                            models.DateField(
                                blank=True,
                                help_text="Empty for instruments that were never out of use.",
                                null=True,
                                verbose_name="in this state from",
                            ),
                        ),
                        (
                            "end_reason",
                            models.CharField(
                                blank=True,
                                choices=[
                                    ("replaced", "Replaced when due"),
                                    ("failed", "Failed and not repaired"),
                                    ("other", "For another reason"),
                                ],
                                max_length=10,
                                verbose_name="why it was scrapped",
                            ),
                        ),
                        (
                            "first_verified_on",
                            models.DateField(
                                blank=True,
                                help_text="For kinds that are replaced when due: their time in use runs from this day.",
                                null=True,
                                verbose_name="first verified on",
                            ),
                        ),
                        ("replace_due_on", models.DateField(blank=True, null=True, verbose_name="to be replaced on")),
                        ("remark", models.CharField(blank=True, max_length=200, verbose_name="remark")),
                        (
                            "created_by",
                            models.ForeignKey(
                                blank=True,
                                db_constraint=False,
                                editable=False,
                                null=True,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                                verbose_name="entered by",
                            ),
                        ),
                        (
                            "updated_by",
                            models.ForeignKey(
                                blank=True,
                                db_constraint=False,
                                editable=False,
                                null=True,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                                verbose_name="changed by",
                            ),
                        ),
                        (
                            "voided_by",
                            models.ForeignKey(
                                blank=True,
                                db_constraint=False,
                                editable=False,
                                null=True,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                                verbose_name="voided by",
                            ),
                        ),
                        (
                            "office",
                            models.ForeignKey(
                                blank=True,
                                db_constraint=False,
                                null=True,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                to="bureau.office",
                                verbose_name="kept by office",
                            ),
                        ),
                        (
                            "region",
                            models.ForeignKey(
                                blank=True,
                                db_constraint=False,
                                null=True,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                to="bureau.region",
                                verbose_name="region",
                            ),
                        ),
                        (
                            "holder",
                            models.ForeignKey(
                                blank=True,
                                db_constraint=False,
                                null=True,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                to="enterprises.enterprise",
                                verbose_name="holder",
                            ),
                        ),
                        (
                            "kind",
                            models.ForeignKey(
                                blank=True,
                                db_constraint=False,
                                null=True,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                to="inspections.instrumentkind",
                                verbose_name="kind of instrument",
                            ),
                        ),
                        ("history_id", models.AutoField(primary_key=True, serialize=False)),
                        ("history_date", models.DateTimeField(db_index=True)),
                        ("history_change_reason", models.CharField(max_length=100, null=True)),
                        (
                            "history_type",
                            models.CharField(
                                choices=[("+", "Created"), ("~", "Changed"), ("-", "Deleted")], max_length=1
                            ),
                        ),
                        (
                            "history_user",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.SET_NULL,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "historical measuring instrument",
                        "verbose_name_plural": "historical measuring instruments",
                        "ordering": ("-history_date", "-history_id"),
                        "get_latest_by": ("history_date", "history_id"),
                    },
                    bases=(simple_history.models.HistoricalChanges, models.Model),
                ),
                migrations.CreateModel(
                    name="DueTally",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        (
                            "region",
                            models.ForeignKey(
                                db_constraint=False,
                                db_index=False,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                to="bureau.region",
                            ),
                        ),
                        (
                            "office",
                            models.ForeignKey(
                                db_constraint=False,
                                db_index=False,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                to="bureau.office",
                            ),
                        ),
                        ("purpose", models.CharField(max_length=20)),
                        ("is_delta", models.BooleanField(db_default=True, default=True)),
                        ("due_month", models.DateField()),
                        ("met_month", models.DateField()),
                        (
                            "instrument_kind",
                            models.ForeignKey(
                                db_constraint=False,
                                db_index=False,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                to="inspections.instrumentkind",
                            ),
                        ),
                        ("is_in_time", models.BooleanField()),
                        ("records", models.BigIntegerField()),
                        ("quantity", models.BigIntegerField()),
                    ],
                    options={
                        "verbose_name": "tally of verifications owed",
                        "verbose_name_plural": "tallies of verifications owed",
                        "indexes": [
                            models.Index(fields=["due_month", "region"], name="inspections_dtally_when"),
                            models.Index(
                                condition=models.Q(("is_delta", True)), fields=["id"], name="inspections_dtally_delta"
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="CatalogueEntry",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("edition", models.CharField(max_length=40, verbose_name="edition")),
                        ("effective_from", models.DateField(blank=True, null=True, verbose_name="in force from")),
                        ("effective_to", models.DateField(blank=True, null=True, verbose_name="in force until")),
                        (
                            "is_verified",
                            models.BooleanField(default=False, verbose_name="compared with the official text"),
                        ),
                        (
                            "kind",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="entries",
                                to="inspections.instrumentkind",
                                verbose_name="kind of instrument",
                            ),
                        ),
                        (
                            "control",
                            models.CharField(
                                choices=[
                                    ("P", "Type approval"),
                                    ("V", "Mandatory verification"),
                                    ("P+V", "Type approval and mandatory verification"),
                                ],
                                max_length=3,
                                verbose_name="control mode",
                            ),
                        ),
                        (
                            "mode",
                            models.CharField(
                                choices=[
                                    ("periodic", "Periodic verification"),
                                    ("first_only", "First verification only, used until out of accuracy"),
                                    ("replaced", "First verification only, replaced when due"),
                                    ("none", "No mandatory verification"),
                                ],
                                max_length=20,
                                verbose_name="verification mode",
                            ),
                        ),
                        ("is_for_trade", models.BooleanField(default=False, verbose_name="trade settlement")),
                        ("is_for_safety", models.BooleanField(default=False, verbose_name="safety protection")),
                        ("is_for_medical", models.BooleanField(default=False, verbose_name="medical care")),
                        (
                            "is_for_environment",
                            models.BooleanField(default=False, verbose_name="environmental monitoring"),
                        ),
                        (
                            "period_months",
                            models.PositiveSmallIntegerField(
                                blank=True, null=True, verbose_name="verification period, months"
                            ),
                        ),
                        (
                            "life_months",
                            models.PositiveSmallIntegerField(blank=True, null=True, verbose_name="time in use, months"),
                        ),
                        (
                            "regulation",
                            models.CharField(blank=True, max_length=60, verbose_name="verification regulation"),
                        ),
                        ("note", models.CharField(blank=True, max_length=200, verbose_name="note")),
                    ],
                    options={
                        "verbose_name": "entry of the catalogue under mandatory control",
                        "verbose_name_plural": "catalogue under mandatory control",
                        "ordering": ["kind__position", "-effective_from"],
                        "abstract": False,
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("effective_to__isnull", True),
                                    ("effective_from__isnull", True),
                                    ("effective_to__gte", models.F("effective_from")),
                                    _connector="OR",
                                ),
                                name="inspections_catalogueentry_dates",
                                violation_error_message="A rule cannot end before it begins.",
                            ),
                            models.UniqueConstraint(
                                fields=("edition", "kind"),
                                name="inspections_catalogueentry_once",
                                violation_error_message="This edition already has an entry for this kind.",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="UseTally",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        (
                            "region",
                            models.ForeignKey(
                                db_constraint=False,
                                db_index=False,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                to="bureau.region",
                            ),
                        ),
                        (
                            "office",
                            models.ForeignKey(
                                db_constraint=False,
                                db_index=False,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                to="bureau.office",
                            ),
                        ),
                        ("purpose", models.CharField(max_length=20)),
                        ("is_delta", models.BooleanField(db_default=True, default=True)),
                        ("begins_on", models.DateField()),
                        (
                            "kind",
                            models.ForeignKey(
                                db_constraint=False,
                                db_index=False,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                to="inspections.instrumentkind",
                            ),
                        ),
                        ("legal_kind", models.CharField(max_length=10)),
                        ("is_verified", models.BooleanField()),
                        ("quantity", models.BigIntegerField()),
                    ],
                    options={
                        "verbose_name": "tally of pieces in use",
                        "verbose_name_plural": "tallies of pieces in use",
                        "indexes": [
                            models.Index(fields=["begins_on", "region"], name="inspections_utally_when"),
                            models.Index(
                                condition=models.Q(("is_delta", True)), fields=["id"], name="inspections_utally_delta"
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="VerificationTally",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        (
                            "region",
                            models.ForeignKey(
                                db_constraint=False,
                                db_index=False,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                to="bureau.region",
                            ),
                        ),
                        (
                            "office",
                            models.ForeignKey(
                                db_constraint=False,
                                db_index=False,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                to="bureau.office",
                            ),
                        ),
                        ("purpose", models.CharField(max_length=20)),
                        ("is_delta", models.BooleanField(db_default=True, default=True)),
                        ("span", models.CharField(max_length=5)),
                        ("begins_on", models.DateField()),
                        (
                            "institution",
                            models.ForeignKey(
                                db_constraint=False,
                                db_index=False,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                to="standards.institution",
                            ),
                        ),
                        (
                            "instrument_kind",
                            models.ForeignKey(
                                db_constraint=False,
                                db_index=False,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                to="inspections.instrumentkind",
                            ),
                        ),
                        ("service", models.CharField(max_length=12)),
                        ("kind", models.CharField(max_length=12)),
                        ("legal_kind", models.CharField(max_length=10)),
                        ("conclusion", models.CharField(max_length=10)),
                        ("is_free", models.BooleanField()),
                        ("is_emergency", models.BooleanField()),
                        ("records", models.BigIntegerField()),
                        ("quantity", models.BigIntegerField()),
                        ("fee", models.BigIntegerField()),
                        ("fee_waived", models.BigIntegerField()),
                        ("timed", models.BigIntegerField()),
                        ("days_taken", models.BigIntegerField()),
                    ],
                    options={
                        "verbose_name": "tally of verifications",
                        "verbose_name_plural": "tallies of verifications",
                        "indexes": [
                            models.Index(fields=["span", "begins_on", "region"], name="inspections_vtally_when"),
                            models.Index(
                                condition=models.Q(("is_delta", True)), fields=["id"], name="inspections_vtally_delta"
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="HistoricalAppointmentItem",
                    fields=[
                        ("id", models.BigIntegerField(auto_created=True, blank=True, db_index=True, verbose_name="ID")),
                        ("created_at", models.DateTimeField(editable=False, verbose_name="entered at")),
                        ("updated_at", models.DateTimeField(editable=False, verbose_name="changed at")),
                        ("version", models.PositiveIntegerField(default=1, editable=False, verbose_name="version")),
                        ("voided_at", models.DateTimeField(editable=False, null=True, verbose_name="voided at")),
                        (
                            "void_reason",
                            models.CharField(
                                blank=True, editable=False, max_length=200, verbose_name="reason of voiding"
                            ),
                        ),
                        ("import_id", models.BigIntegerField(editable=False, null=True, verbose_name="import number")),
                        (
                            "import_row",
                            models.PositiveIntegerField(editable=False, null=True, verbose_name="row of the import"),
                        ),
                        ("import_version", models.PositiveIntegerField(editable=False, null=True)),
                        ("quantity", models.PositiveIntegerField(default=1, verbose_name="quantity")),
                        ("received_on", models.DateField(blank=True, null=True, verbose_name="received on")),
                        (
                            "created_by",
                            models.ForeignKey(
                                blank=True,
                                db_constraint=False,
                                editable=False,
                                null=True,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                                verbose_name="entered by",
                            ),
                        ),
                        (
                            "updated_by",
                            models.ForeignKey(
                                blank=True,
                                db_constraint=False,
                                editable=False,
                                null=True,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                                verbose_name="changed by",
                            ),
                        ),
                        (
                            "voided_by",
                            models.ForeignKey(
                                blank=True,
                                db_constraint=False,
                                editable=False,
                                null=True,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                                verbose_name="voided by",
                            ),
                        ),
                        (
                            "appointment",
                            models.ForeignKey(
                                blank=True,
                                db_constraint=False,
                                null=True,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                to="inspections.appointment",
                                verbose_name="appointment",
                            ),
                        ),
                        (
                            "instrument",
                            models.ForeignKey(
                                blank=True,
                                db_constraint=False,
                                null=True,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                to="inspections.instrument",
                                verbose_name="measuring instrument",
                            ),
                        ),
                        ("history_id", models.AutoField(primary_key=True, serialize=False)),
                        ("history_date", models.DateTimeField(db_index=True)),
                        ("history_change_reason", models.CharField(max_length=100, null=True)),
                        (
                            "history_type",
                            models.CharField(
                                choices=[("+", "Created"), ("~", "Changed"), ("-", "Deleted")], max_length=1
                            ),
                        ),
                        (
                            "history_user",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.SET_NULL,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "historical piece of the appointment",
                        "verbose_name_plural": "historical pieces of the appointment",
                        "ordering": ("-history_date", "-history_id"),
                        "get_latest_by": ("history_date", "history_id"),
                    },
                    bases=(simple_history.models.HistoricalChanges, models.Model),
                ),
                migrations.CreateModel(
                    name="AppointmentItem",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        (
                            "created_by",
                            models.ForeignKey(
                                editable=False,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                                verbose_name="entered by",
                            ),
                        ),
                        ("created_at", models.DateTimeField(editable=False, verbose_name="entered at")),
                        (
                            "updated_by",
                            models.ForeignKey(
                                editable=False,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                                verbose_name="changed by",
                            ),
                        ),
                        ("updated_at", models.DateTimeField(editable=False, verbose_name="changed at")),
                        ("version", models.PositiveIntegerField(default=1, editable=False, verbose_name="version")),
                        (
                            "voided_by",
                            models.ForeignKey(
                                editable=False,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                                verbose_name="voided by",
                            ),
                        ),
                        ("voided_at", models.DateTimeField(editable=False, null=True, verbose_name="voided at")),
                        (
                            "void_reason",
                            models.CharField(
                                blank=True, editable=False, max_length=200, verbose_name="reason of voiding"
                            ),
                        ),
                        ("import_id", models.BigIntegerField(editable=False, null=True, verbose_name="import number")),
                        (
                            "import_row",
                            models.PositiveIntegerField(editable=False, null=True, verbose_name="row of the import"),
                        ),
                        ("import_version", models.PositiveIntegerField(editable=False, null=True)),
                        (
                            "appointment",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="items",
                                to="inspections.appointment",
                                verbose_name="appointment",
                            ),
                        ),
                        (
                            "instrument",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="appointment_items",
                                to="inspections.instrument",
                                verbose_name="measuring instrument",
                            ),
                        ),
                        ("quantity", models.PositiveIntegerField(default=1, verbose_name="quantity")),
                        ("received_on", models.DateField(blank=True, null=True, verbose_name="received on")),
                    ],
                    options={
                        "verbose_name": "piece of the appointment",
                        "verbose_name_plural": "pieces of the appointment",
                        "ordering": ["pk"],
                        "abstract": False,
                        "default_permissions": ("view", "add", "change", "void", "import", "export"),
                        "constraints": [
                            models.UniqueConstraint(
                                condition=models.Q(("voided_at__isnull", True)),
                                fields=("appointment", "instrument"),
                                name="inspections_appointmentitem_once",
                                violation_error_message="The appointment already has this piece.",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("quantity__gte", 1)),
                                name="inspections_appointmentitem_quantity",
                                violation_error_message="The quantity is at least 1.",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="HistoricalVerification",
                    fields=[
                        ("id", models.BigIntegerField(auto_created=True, blank=True, db_index=True, verbose_name="ID")),
                        ("created_at", models.DateTimeField(editable=False, verbose_name="entered at")),
                        ("updated_at", models.DateTimeField(editable=False, verbose_name="changed at")),
                        ("version", models.PositiveIntegerField(default=1, editable=False, verbose_name="version")),
                        ("voided_at", models.DateTimeField(editable=False, null=True, verbose_name="voided at")),
                        (
                            "void_reason",
                            models.CharField(
                                blank=True, editable=False, max_length=200, verbose_name="reason of voiding"
                            ),
                        ),
                        ("import_id", models.BigIntegerField(editable=False, null=True, verbose_name="import number")),
                        (
                            "import_row",
                            models.PositiveIntegerField(editable=False, null=True, verbose_name="row of the import"),
                        ),
                        ("import_version", models.PositiveIntegerField(editable=False, null=True)),
                        (
                            "certificate_no",
                            bureau.models.fields.CodeField(max_length=40, verbose_name="certificate no."),
                        ),
                        (
                            "paper",
                            models.CharField(
                                choices=[
                                    ("certificate", "Verification certificate"),
                                    ("rejection", "Rejection notice"),
                                    ("calibration", "Calibration certificate"),
                                ],
                                max_length=12,
                                verbose_name="paper",
                            ),
                        ),
                        (
                            "kind",
                            models.CharField(
                                choices=[
                                    ("initial", "Initial verification"),
                                    ("subsequent", "Subsequent verification"),
                                    ("in_service", "In-service inspection"),
                                    ("arbitration", "Arbitration verification"),
                                    ("calibration", "Calibration"),
                                ],
                                max_length=12,
                                verbose_name="kind of verification",
                            ),
                        ),
                        (
                            "service",
                            inspections.models.verification.ServiceField(
                                choices=[("verification", "Verification"), ("calibration", "Calibration")],
                                editable=False,
                                max_length=12,
                                verbose_name="service",
                            ),
                        ),
                        ("verified_on", models.DateField(verbose_name="verified on")),
                        (
                            "serial_no",
                            bureau.models.fields.CodeField(blank=True, max_length=60, verbose_name="serial no."),
                        ),
                        ("quantity", models.PositiveIntegerField(default=1, verbose_name="quantity")),
                        (
                            "purpose",
                            models.CharField(
                                choices=[
                                    ("trade", "Trade settlement"),
                                    ("safety", "Safety protection"),
                                    ("medical", "Medical care"),
                                    ("environment", "Environmental monitoring"),
                                    ("standard", "Public or highest measurement standard"),
                                    ("other", "Other purpose"),
                                ],
                                max_length=20,
                                verbose_name="purpose of use",
                            ),
                        ),
                        (
                            "legal_kind",
                            models.CharField(
                                choices=[("mandatory", "Mandatory verification"), ("voluntary", "Not mandatory")],
                                max_length=10,
                                verbose_name="legal kind",
                            ),
                        ),
                        (
                            "conclusion",
                            models.CharField(
                                choices=[("passed", "Passed"), ("failed", "Failed"), ("none", "No conclusion")],
                                max_length=10,
                                verbose_name="conclusion",
                            ),
                        ),
                        (
                            "accuracy_class",
                            bureau.models.fields.CodeField(blank=True, max_length=60, verbose_name="class found"),
                        ),
                        ("valid_until", models.DateField(blank=True, null=True, verbose_name="valid until")),
                        ("next_due_on", models.DateField(blank=True, null=True, verbose_name="next due on")),
                        ("verifier", models.CharField(blank=True, max_length=40, verbose_name="verified by")),
                        ("checker", models.CharField(blank=True, max_length=40, verbose_name="result checked by")),
                        ("approver", models.CharField(blank=True, max_length=40, verbose_name="approved by")),
                        (
                            "fee",
                            models.DecimalField(decimal_places=2, default=0, max_digits=12, verbose_name="fee, yuan"),
                        ),
                        (
                            "fee_waived",
                            models.DecimalField(
                                decimal_places=2, default=0, max_digits=12, verbose_name="of it waived, yuan"
                            ),
                        ),
                        ("is_free", models.BooleanField(default=False, verbose_name="free of charge")),
                        ("is_emergency", models.BooleanField(default=False, verbose_name="urgent")),
                        ("requested_at", models.DateTimeField(blank=True, null=True, verbose_name="requested at")),
                        ("finished_at", models.DateTimeField(blank=True, null=True, verbose_name="finished at")),
                        ("received_on", models.DateField(blank=True, null=True, verbose_name="received on")),
                        (
                            "days_taken",
                            inspections.models.verification.DaysTakenField(
                                editable=False, null=True, verbose_name="days from receipt to result"
                            ),
                        ),
                        ("remark", models.CharField(blank=True, max_length=200, verbose_name="remark")),
                        (
                            "created_by",
                            models.ForeignKey(
                                blank=True,
                                db_constraint=False,
                                editable=False,
                                null=True,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                                verbose_name="entered by",
                            ),
                        ),
                        (
                            "updated_by",
                            models.ForeignKey(
                                blank=True,
                                db_constraint=False,
                                editable=False,
                                null=True,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                                verbose_name="changed by",
                            ),
                        ),
                        (
                            "voided_by",
                            models.ForeignKey(
                                blank=True,
                                db_constraint=False,
                                editable=False,
                                null=True,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                                verbose_name="voided by",
                            ),
                        ),
                        (
                            "office",
                            models.ForeignKey(
                                blank=True,
                                db_constraint=False,
                                null=True,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                to="bureau.office",
                                verbose_name="kept by office",
                            ),
                        ),
                        (
                            "region",
                            models.ForeignKey(
                                blank=True,
                                db_constraint=False,
                                null=True,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                to="bureau.region",
                                verbose_name="region",
                            ),
                        ),
                        (
                            "institution",
                            models.ForeignKey(
                                blank=True,
                                db_constraint=False,
                                null=True,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                to="standards.institution",
                                verbose_name="verifying institution",
                            ),
                        ),
                        (
                            "instrument",
                            models.ForeignKey(
                                blank=True,
                                db_constraint=False,
                                help_text="Empty for a batch of pieces that are not in the ledger, such as new water meters.",
                                null=True,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                to="inspections.instrument",
                                verbose_name="instrument in the ledger",
                            ),
                        ),
                        (
                            "holder",
                            models.ForeignKey(
                                blank=True,
                                db_constraint=False,
                                null=True,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                to="enterprises.enterprise",
                                verbose_name="client",
                            ),
                        ),
                        (
                            "instrument_kind",
                            models.ForeignKey(
                                blank=True,
                                db_constraint=False,
                                null=True,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                to="inspections.instrumentkind",
                                verbose_name="kind of instrument",
                            ),
                        ),
                        (
                            "standard",
                            models.ForeignKey(
                                blank=True,
                                db_constraint=False,
                                null=True,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                to="standards.measurementstandard",
                                verbose_name="measurement standard used",
                            ),
                        ),
                        ("history_id", models.AutoField(primary_key=True, serialize=False)),
                        ("history_date", models.DateTimeField(db_index=True)),
                        ("history_change_reason", models.CharField(max_length=100, null=True)),
                        (
                            "history_type",
                            models.CharField(
                                choices=[("+", "Created"), ("~", "Changed"), ("-", "Deleted")], max_length=1
                            ),
                        ),
                        (
                            "history_user",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.SET_NULL,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "historical verification",
                        "verbose_name_plural": "historical verifications",
                        "ordering": ("-history_date", "-history_id"),
                        "get_latest_by": ("history_date", "history_id"),
                    },
                    bases=(simple_history.models.HistoricalChanges, models.Model),
                ),
                migrations.CreateModel(
                    name="InstrumentStop",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        (
                            "instrument",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="stops",
                                to="inspections.instrument",
                            ),
                        ),
                        ("begins_on", models.DateField(verbose_name="out of use from")),
                        ("ends_on", models.DateField(null=True, verbose_name="out of use until")),
                    ],
                    options={
                        "verbose_name": "days out of use",
                        "verbose_name_plural": "days out of use",
                        "ordering": ["begins_on"],
                    },
                ),
                migrations.CreateModel(
                    name="UsePeriod",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        (
                            "instrument",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="use_periods",
                                to="inspections.instrument",
                            ),
                        ),
                        ("begins_on", models.DateField(verbose_name="in use from")),
                        ("ends_on", models.DateField(null=True, verbose_name="in use until")),
                        ("is_verified", models.BooleanField(verbose_name="with a valid paper")),
                        ("is_dropped", models.BooleanField(default=False)),
                        (
                            "office",
                            models.ForeignKey(
                                db_index=False,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="bureau.office",
                                verbose_name="kept by office",
                            ),
                        ),
                        (
                            "region",
                            models.ForeignKey(
                                db_index=False,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="bureau.region",
                                verbose_name="region",
                            ),
                        ),
                        (
                            "kind",
                            models.ForeignKey(
                                db_index=False,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="inspections.instrumentkind",
                                verbose_name="kind of instrument",
                            ),
                        ),
                        (
                            "purpose",
                            models.CharField(
                                choices=[
                                    ("trade", "Trade settlement"),
                                    ("safety", "Safety protection"),
                                    ("medical", "Medical care"),
                                    ("environment", "Environmental monitoring"),
                                    ("standard", "Public or highest measurement standard"),
                                    ("other", "Other purpose"),
                                ],
                                max_length=20,
                                verbose_name="purpose of use",
                            ),
                        ),
                        (
                            "legal_kind",
                            models.CharField(
                                choices=[("mandatory", "Mandatory verification"), ("voluntary", "Not mandatory")],
                                max_length=10,
                                verbose_name="legal kind",
                            ),
                        ),
                        ("quantity", models.PositiveIntegerField(verbose_name="quantity")),
                    ],
                    options={
                        "verbose_name": "days in use of an instrument",
                        "verbose_name_plural": "days in use of instruments",
                        "indexes": [
                            models.Index(
                                condition=models.Q(("is_dropped", False)),
                                fields=["begins_on"],
                                include=(
                                    "region",
                                    "office",
                                    "kind",
                                    "purpose",
                                    "legal_kind",
                                    "is_verified",
                                    "quantity",
                                ),
                                name="inspections_use_begins",
                            ),
                            models.Index(
                                condition=models.Q(("ends_on__isnull", False), ("is_dropped", False)),
                                fields=["ends_on"],
                                include=(
                                    "region",
                                    "office",
                                    "kind",
                                    "purpose",
                                    "legal_kind",
                                    "is_verified",
                                    "quantity",
                                ),
                                name="inspections_use_ends",
                            ),
                        ],
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("ends_on__isnull", True), ("ends_on__gte", models.F("begins_on")), _connector="OR"
                                ),
                                name="inspections_useperiod_dates",
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Verification",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        (
                            "created_by",
                            models.ForeignKey(
                                db_index=False,
                                editable=False,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                                verbose_name="entered by",
                            ),
                        ),
                        ("created_at", models.DateTimeField(editable=False, verbose_name="entered at")),
                        (
                            "updated_by",
                            models.ForeignKey(
                                db_index=False,
                                editable=False,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                                verbose_name="changed by",
                            ),
                        ),
                        ("updated_at", models.DateTimeField(editable=False, verbose_name="changed at")),
                        ("version", models.PositiveIntegerField(default=1, editable=False, verbose_name="version")),
                        (
                            "voided_by",
                            models.ForeignKey(
                                db_index=False,
                                editable=False,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                                verbose_name="voided by",
                            ),
                        ),
                        ("voided_at", models.DateTimeField(editable=False, null=True, verbose_name="voided at")),
                        (
                            "void_reason",
                            models.CharField(
                                blank=True, editable=False, max_length=200, verbose_name="reason of voiding"
                            ),
                        ),
                        ("import_id", models.BigIntegerField(editable=False, null=True, verbose_name="import number")),
                        (
                            "import_row",
                            models.PositiveIntegerField(editable=False, null=True, verbose_name="row of the import"),
                        ),
                        ("import_version", models.PositiveIntegerField(editable=False, null=True)),
                        (
                            "office",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="bureau.office",
                                verbose_name="kept by office",
                            ),
                        ),
                        (
                            "region",
                            models.ForeignKey(
                                db_index=False,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="bureau.region",
                                verbose_name="region",
                            ),
                        ),
                        (
                            "institution",
                            models.ForeignKey(
                                db_index=False,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="standards.institution",
                                verbose_name="verifying institution",
                            ),
                        ),
                        (
                            "certificate_no",
                            bureau.models.fields.CodeField(max_length=40, verbose_name="certificate no."),
                        ),
                        (
                            "paper",
                            models.CharField(
                                choices=[
                                    ("certificate", "Verification certificate"),
                                    ("rejection", "Rejection notice"),
                                    ("calibration", "Calibration certificate"),
                                ],
                                max_length=12,
                                verbose_name="paper",
                            ),
                        ),
                        (
                            "kind",
                            models.CharField(
                                choices=[
                                    ("initial", "Initial verification"),
                                    ("subsequent", "Subsequent verification"),
                                    ("in_service", "In-service inspection"),
                                    ("arbitration", "Arbitration verification"),
                                    ("calibration", "Calibration"),
                                ],
                                max_length=12,
                                verbose_name="kind of verification",
                            ),
                        ),
                        (
                            "service",
                            inspections.models.verification.ServiceField(
                                choices=[("verification", "Verification"), ("calibration", "Calibration")],
                                editable=False,
                                max_length=12,
                                verbose_name="service",
                            ),
                        ),
                        ("verified_on", models.DateField(verbose_name="verified on")),
                        (
                            "instrument",
                            models.ForeignKey(
                                blank=True,
                                db_index=False,
                                help_text="Empty for a batch of pieces that are not in the ledger, such as new water meters.",
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="verifications",
                                to="inspections.instrument",
                                verbose_name="instrument in the ledger",
                            ),
                        ),
                        (
                            "holder",
                            models.ForeignKey(
                                db_index=False,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="verifications",
                                to="enterprises.enterprise",
                                verbose_name="client",
                            ),
                        ),
                        (
                            "instrument_kind",
                            models.ForeignKey(
                                db_index=False,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="inspections.instrumentkind",
                                verbose_name="kind of instrument",
                            ),
                        ),
                        (
                            "serial_no",
                            bureau.models.fields.CodeField(blank=True, max_length=60, verbose_name="serial no."),
                        ),
                        ("quantity", models.PositiveIntegerField(default=1, verbose_name="quantity")),
                        (
                            "purpose",
                            models.CharField(
                                choices=[
                                    ("trade", "Trade settlement"),
                                    ("safety", "Safety protection"),
                                    ("medical", "Medical care"),
                                    ("environment", "Environmental monitoring"),
                                    ("standard", "Public or highest measurement standard"),
                                    ("other", "Other purpose"),
                                ],
                                max_length=20,
                                verbose_name="purpose of use",
                            ),
                        ),
                        (
                            "legal_kind",
                            models.CharField(
                                choices=[("mandatory", "Mandatory verification"), ("voluntary", "Not mandatory")],
                                max_length=10,
                                verbose_name="legal kind",
                            ),
                        ),
                        (
                            "conclusion",
                            models.CharField(
                                choices=[("passed", "Passed"), ("failed", "Failed"), ("none", "No conclusion")],
                                max_length=10,
                                verbose_name="conclusion",
                            ),
                        ),
                        (
                            "accuracy_class",
                            bureau.models.fields.CodeField(blank=True, max_length=60, verbose_name="class found"),
                        ),
                        ("valid_until", models.DateField(blank=True, null=True, verbose_name="valid until")),
                        ("next_due_on", models.DateField(blank=True, null=True, verbose_name="next due on")),
                        (
                            "standard",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="standards.measurementstandard",
                                verbose_name="measurement standard used",
                            ),
                        ),
                        ("verifier", models.CharField(blank=True, max_length=40, verbose_name="verified by")),
                        ("checker", models.CharField(blank=True, max_length=40, verbose_name="result checked by")),
                        ("approver", models.CharField(blank=True, max_length=40, verbose_name="approved by")),
                        (
                            "fee",
                            models.DecimalField(decimal_places=2, default=0, max_digits=12, verbose_name="fee, yuan"),
                        ),
                        (
                            "fee_waived",
                            models.DecimalField(
                                decimal_places=2, default=0, max_digits=12, verbose_name="of it waived, yuan"
                            ),
                        ),
                        ("is_free", models.BooleanField(default=False, verbose_name="free of charge")),
                        ("is_emergency", models.BooleanField(default=False, verbose_name="urgent")),
                        ("requested_at", models.DateTimeField(blank=True, null=True, verbose_name="requested at")),
                        ("finished_at", models.DateTimeField(blank=True, null=True, verbose_name="finished at")),
                        ("received_on", models.DateField(blank=True, null=True, verbose_name="received on")),
                        (
                            "days_taken",
                            inspections.models.verification.DaysTakenField(
                                editable=False, null=True, verbose_name="days from receipt to result"
                            ),
                        ),
                        ("due_on", models.DateField(editable=False, null=True, verbose_name="next one owed on")),
                        ("met_on", models.DateField(editable=False, null=True, verbose_name="verified again on")),
                        ("remark", models.CharField(blank=True, max_length=200, verbose_name="remark")),
                    ],
                    options={
                        "verbose_name": "verification",
                        "verbose_name_plural": "verifications",
                        "ordering": ["-pk"],
                        "abstract": False,
                        "default_permissions": ("view", "add", "change", "void", "import", "export"),
                        "indexes": [
                            models.Index(fields=["region"], name="inspections_verif_place"),
                            models.Index(fields=["verified_on", "id"], name="inspections_verif_on"),
                            models.Index(fields=["institution", "id"], name="inspections_verif_by"),
                            models.Index(fields=["holder", "verified_on"], name="inspections_verif_holder"),
                            models.Index(fields=["instrument", "verified_on"], name="inspections_verif_piece"),
                            models.Index(fields=["instrument_kind", "id"], name="inspections_verif_kind"),
                            models.Index(
                                condition=models.Q(("import_id__isnull", False)),
                                fields=["import_id"],
                                name="inspections_verif_import",
                            ),
                            models.Index(
                                fields=["serial_no"], name="inspections_verif_serial", opclasses=["varchar_pattern_ops"]
                            ),
                            models.Index(
                                fields=["certificate_no"],
                                name="inspections_verif_no_begins",
                                opclasses=["varchar_pattern_ops"],
                            ),
                            models.Index(
                                condition=models.Q(("due_on__isnull", False), ("voided_at__isnull", True)),
                                fields=["due_on"],
                                include=("region", "office", "instrument_kind", "purpose", "quantity", "met_on"),
                                name="inspections_verif_owed",
                            ),
                        ],
                        "constraints": [
                            models.UniqueConstraint(
                                models.F("certificate_no"),
                                models.F("institution"),
                                django.db.models.functions.datetime.ExtractYear("verified_on"),
                                condition=models.Q(("voided_at__isnull", True)),
                                name="inspections_verification_number",
                                violation_error_message="This institution already issued a paper with this number in that year.",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("quantity__gte", 1)),
                                name="inspections_verification_quantity",
                                violation_error_message="The quantity is at least 1.",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("fee__gte", 0), ("fee_waived__gte", 0), ("fee_waived__lte", models.F("fee"))
                                ),
                                name="inspections_verification_fee",
                                violation_error_message="The fee waived is between nothing and the fee.",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("valid_until__isnull", True),
                                    ("valid_until__gte", models.F("verified_on")),
                                    _connector="OR",
                                ),
                                name="inspections_verification_validity",
                                violation_error_message="A certificate cannot run out before the day of the verification.",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("next_due_on__isnull", True),
                                    ("next_due_on__gt", models.F("verified_on")),
                                    _connector="OR",
                                ),
                                name="inspections_verification_due",
                                violation_error_message="The next verification is due after this one.",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(
                                        ("conclusion", "none"),
                                        ("kind", "calibration"),
                                        ("legal_kind", "voluntary"),
                                        ("paper", "calibration"),
                                    ),
                                    models.Q(
                                        models.Q(("kind", "calibration"), _negated=True),
                                        ("conclusion", "passed"),
                                        ("paper", "certificate"),
                                    ),
                                    models.Q(
                                        models.Q(("kind", "calibration"), _negated=True),
                                        ("conclusion", "failed"),
                                        ("next_due_on__isnull", True),
                                        ("paper", "rejection"),
                                        ("valid_until__isnull", True),
                                    ),
                                    _connector="OR",
                                ),
                                name="inspections_verification_paper",
                                violation_error_message="A certificate says that the piece passed, a rejection notice that it failed and sets no validity; a calibration has a calibration certificate, no conclusion, and is never mandatory.",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("received_on__isnull", True),
                                    ("received_on__lte", models.F("verified_on")),
                                    _connector="OR",
                                ),
                                name="inspections_verification_received",
                                violation_error_message="A piece cannot be verified before it was received.",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("requested_at__isnull", True),
                                    ("finished_at__isnull", True),
                                    ("finished_at__gte", models.F("requested_at")),
                                    _connector="OR",
                                ),
                                name="inspections_verification_times",
                                violation_error_message="It cannot be finished before it was requested.",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Doubt",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        (
                            "kind",
                            models.CharField(
                                choices=[
                                    ("serial", "Same serial no. at two holders"),
                                    ("life", "Day of replacement"),
                                    ("validity", "Validity off by some days"),
                                    ("interval", "Interval far from the period"),
                                    ("flips", "Results that flip"),
                                    ("standard", "Standard not in force"),
                                    ("before_use", "Verified before it was in use"),
                                ],
                                max_length=12,
                                verbose_name="question",
                            ),
                        ),
                        (
                            "instrument",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="doubts",
                                to="inspections.instrument",
                                verbose_name="instrument",
                            ),
                        ),
                        (
                            "verification",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="doubts",
                                to="inspections.verification",
                                verbose_name="verification",
                            ),
                        ),
                        ("facts", models.JSONField(default=dict)),
                        (
                            "office",
                            models.ForeignKey(
                                db_index=False,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="bureau.office",
                                verbose_name="kept by office",
                            ),
                        ),
                        (
                            "region",
                            models.ForeignKey(
                                db_index=False,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="bureau.region",
                                verbose_name="region",
                            ),
                        ),
                        ("noted_on", models.DateField(verbose_name="noted on")),
                        ("closed_on", models.DateField(null=True, verbose_name="settled on")),
                        ("answer", models.CharField(blank=True, max_length=200, verbose_name="answer")),
                        (
                            "answered_by",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                                verbose_name="answered by",
                            ),
                        ),
                        ("answered_at", models.DateTimeField(null=True, verbose_name="answered at")),
                    ],
                    options={
                        "verbose_name": "question on an entry",
                        "verbose_name_plural": "questions on entries",
                        "ordering": ["-noted_on", "-pk"],
                        "default_permissions": ("view", "change"),
                        "indexes": [
                            models.Index(
                                condition=models.Q(("answered_at__isnull", True), ("closed_on__isnull", True)),
                                fields=["region", "-noted_on"],
                                name="inspections_doubt_open",
                            ),
                            models.Index(fields=["-noted_on", "-id"], name="inspections_doubt_noted"),
                        ],
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("instrument__isnull", True), ("verification__isnull", False)),
                                    models.Q(("instrument__isnull", False), ("verification__isnull", True)),
                                    _connector="OR",
                                ),
                                name="inspections_doubt_about",
                                violation_error_message="A question is about an instrument or about a verification.",
                            ),
                            models.UniqueConstraint(
                                condition=models.Q(("instrument__isnull", False)),
                                fields=("instrument", "kind"),
                                name="inspections_doubt_instrument",
                                violation_error_message="This question stands already.",
                            ),
                            models.UniqueConstraint(
                                condition=models.Q(("verification__isnull", False)),
                                fields=("verification", "kind"),
                                name="inspections_doubt_verification",
                                violation_error_message="This question stands already.",
                            ),
                        ],
                    },
                ),
            ]
        ),
    ]
