import bureau.models.fields
import django.core.validators
import django.db.models.deletion
import simple_history.models
from django.conf import settings
from django.db import migrations, models

from bureau.migrating import CreateModels


class Migration(migrations.Migration):
    dependencies = [
        ("bureau", "0005_management_system"),
        ("bureau", "__first__"),
        ("enterprises", "0002_energy"),
        ("inspections", "0002_ledger"),
        ("standards", "0001_records"),
    ]

    operations = [
        CreateModels(
            [
                migrations.CreateModel(
                    name="AuditItem",
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
                            "chapter",
                            models.CharField(
                                choices=[
                                    ("4", "Chapter 4: management of energy metering"),
                                    ("5", "Chapter 5: staff of energy metering"),
                                    ("6", "Chapter 6: energy meters"),
                                    ("7", "Chapter 7: management of energy data"),
                                    ("8", "Chapter 8: self-check and rectification"),
                                ],
                                max_length=5,
                                verbose_name="chapter",
                            ),
                        ),
                        ("code", models.CharField(max_length=20, verbose_name="item code")),
                        ("text", models.CharField(max_length=200, verbose_name="item")),
                        ("text_en", models.CharField(max_length=200, verbose_name="English text")),
                        ("position", models.PositiveSmallIntegerField(default=0, verbose_name="position")),
                    ],
                    options={
                        "verbose_name": "item of energy-metering audits",
                        "verbose_name_plural": "items of energy-metering audits",
                        "ordering": ["edition", "position", "pk"],
                        "abstract": False,
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("effective_to__isnull", True),
                                    ("effective_from__isnull", True),
                                    ("effective_to__gte", models.F("effective_from")),
                                    _connector="OR",
                                ),
                                name="inspections_audititem_dates",
                                violation_error_message="A rule cannot end before it begins.",
                            ),
                            models.UniqueConstraint(
                                fields=("edition", "code"),
                                name="inspections_audititem_once",
                                violation_error_message="This edition already has an item with the code.",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="AuditPlan",
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
                        ("agency", models.CharField(max_length=100, verbose_name="ordering authority")),
                        ("name", models.CharField(max_length=100, verbose_name="audit plan")),
                        ("document_no", models.CharField(blank=True, max_length=60, verbose_name="document no.")),
                        (
                            "year",
                            models.PositiveSmallIntegerField(
                                validators=[
                                    django.core.validators.MinValueValidator(1990),
                                    django.core.validators.MaxValueValidator(2100),
                                ],
                                verbose_name="year",
                            ),
                        ),
                        (
                            "self_check_due_on",
                            models.DateField(blank=True, null=True, verbose_name="self-check due on"),
                        ),
                        ("on_site_from", models.DateField(blank=True, null=True, verbose_name="on site from")),
                        ("on_site_until", models.DateField(blank=True, null=True, verbose_name="on site until")),
                        ("remark", models.CharField(blank=True, max_length=200, verbose_name="remark")),
                    ],
                    options={
                        "verbose_name": "plan of energy-metering audits",
                        "verbose_name_plural": "plans of energy-metering audits",
                        "ordering": ["-pk"],
                        "abstract": False,
                        "default_permissions": ("view", "add", "change", "void", "import", "export"),
                        "constraints": [
                            models.UniqueConstraint(
                                condition=models.Q(("voided_at__isnull", True)),
                                fields=("agency", "name"),
                                name="inspections_auditplan_once",
                                violation_error_message="This authority already has a plan of this name.",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("year__gte", 1990), ("year__lte", 2100)),
                                name="inspections_auditplan_year",
                                violation_error_message="A year is written with four digits.",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(
                                        ("on_site_until__isnull", True),
                                        ("on_site_until__gte", models.F("on_site_from")),
                                        _connector="OR",
                                    ),
                                    models.Q(
                                        ("self_check_due_on__isnull", True),
                                        ("on_site_until__isnull", True),
                                        ("on_site_until__gte", models.F("self_check_due_on")),
                                        _connector="OR",
                                    ),
                                ),
                                name="inspections_auditplan_order",
                                violation_error_message="The self-check comes first, then the days on site.",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="AuditRule",
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
                            "rectification_days",
                            models.PositiveSmallIntegerField(default=30, verbose_name="days for rectification"),
                        ),
                        (
                            "round_begins",
                            models.PositiveSmallIntegerField(
                                help_text="Any round's first year, such as 2026: the others follow.",
                                verbose_name="first year of a round",
                            ),
                        ),
                        ("round_years", models.PositiveSmallIntegerField(default=5, verbose_name="years of a round")),
                    ],
                    options={
                        "verbose_name": "rule of energy-metering audits",
                        "verbose_name_plural": "rules of energy-metering audits",
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
                                name="inspections_auditrule_dates",
                                violation_error_message="A rule cannot end before it begins.",
                            ),
                            models.UniqueConstraint(
                                fields=("edition",),
                                name="inspections_auditrule_once",
                                violation_error_message="This edition is already there.",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("rectification_days__gte", 1)),
                                name="inspections_auditrule_days",
                                violation_error_message="A limit is of one day at least.",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("round_begins__gte", 1990),
                                    ("round_begins__lte", 2100),
                                    ("round_years__gte", 1),
                                    ("round_years__lte", 20),
                                ),
                                name="inspections_auditrule_round",
                                violation_error_message="A round has 1 to 20 years, and a year is written with four digits.",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="EnergyMeter",
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
                            "unit",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="meters",
                                to="enterprises.energyunit",
                                verbose_name="energy-using unit",
                            ),
                        ),
                        (
                            "own_no",
                            bureau.models.fields.CodeField(blank=True, max_length=40, verbose_name="unit's own no."),
                        ),
                        ("name", models.CharField(max_length=60, verbose_name="meter name")),
                        ("model", bureau.models.fields.CodeField(blank=True, max_length=80, verbose_name="model")),
                        (
                            "accuracy_class",
                            bureau.models.fields.CodeField(
                                blank=True,
                                help_text="As on the valid certificate, such as 0.5S.",
                                max_length=30,
                                verbose_name="accuracy class",
                            ),
                        ),
                        (
                            "measuring_range",
                            bureau.models.fields.CodeField(blank=True, max_length=80, verbose_name="measuring range"),
                        ),
                        ("maker", models.CharField(blank=True, max_length=100, verbose_name="manufacturer")),
                        (
                            "serial_no",
                            bureau.models.fields.CodeField(blank=True, max_length=60, verbose_name="serial no."),
                        ),
                        (
                            "energy",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="enterprises.meteredenergy",
                                verbose_name="metered kind of energy",
                            ),
                        ),
                        (
                            "level",
                            models.CharField(
                                choices=[
                                    ("unit", "Level 1: whole unit"),
                                    ("sub_unit", "Level 2: main sub-unit"),
                                    ("equipment", "Level 3: main equipment"),
                                    ("sub_item", "Sub-item"),
                                ],
                                max_length=10,
                                verbose_name="level of the meter",
                            ),
                        ),
                        (
                            "use",
                            models.ForeignKey(
                                blank=True,
                                help_text="By which its accuracy class is judged.",
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="enterprises.meteruse",
                                verbose_name="use of the meter",
                            ),
                        ),
                        ("is_for_trade", models.BooleanField(default=False, verbose_name="for trade settlement")),
                        (
                            "department",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="meters",
                                to="enterprises.energydepartment",
                                verbose_name="department",
                            ),
                        ),
                        (
                            "equipment",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="meters",
                                to="enterprises.energyequipment",
                                verbose_name="equipment measured",
                            ),
                        ),
                        ("place", models.CharField(blank=True, max_length=200, verbose_name="place and use")),
                        (
                            "interval_months",
                            models.PositiveSmallIntegerField(
                                blank=True, null=True, verbose_name="verification period or calibration interval"
                            ),
                        ),
                        (
                            "last_verified_on",
                            models.DateField(blank=True, null=True, verbose_name="last verified or calibrated on"),
                        ),
                        (
                            "valid_until",
                            models.DateField(
                                blank=True,
                                help_text="Empty: from the last verification and the period.",
                                null=True,
                                verbose_name="valid until",
                            ),
                        ),
                        (
                            "state",
                            models.CharField(
                                choices=[
                                    ("qualified", "Qualified"),
                                    ("limited", "Limited use"),
                                    ("stopped", "Stopped"),
                                ],
                                default="qualified",
                                max_length=10,
                                verbose_name="state of the meter",
                            ),
                        ),
                        ("in_use_from", models.DateField(verbose_name="in use from")),
                        (
                            "in_use_until",
                            models.DateField(
                                blank=True,
                                help_text="Last day in use of a meter that is stopped.",
                                null=True,
                                verbose_name="in use until",
                            ),
                        ),
                        (
                            "instrument",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="energy_meters",
                                to="inspections.instrument",
                                verbose_name="in the ledger of instruments",
                            ),
                        ),
                        ("remark", models.CharField(blank=True, max_length=200, verbose_name="remark")),
                    ],
                    options={
                        "verbose_name": "energy meter",
                        "verbose_name_plural": "energy meters",
                        "ordering": ["-pk"],
                        "abstract": False,
                        "default_permissions": ("view", "add", "change", "void", "import", "export"),
                        "indexes": [
                            models.Index(fields=["unit", "energy", "level"], name="inspections_energymeter_cell")
                        ],
                        "constraints": [
                            models.UniqueConstraint(
                                condition=models.Q(
                                    ("voided_at__isnull", True), models.Q(("own_no", ""), _negated=True)
                                ),
                                fields=("unit", "own_no"),
                                name="inspections_energymeter_own_no",
                                violation_error_message="The unit already has a meter with this number: a meter has one level.",
                            ),
                            models.UniqueConstraint(
                                condition=models.Q(
                                    ("voided_at__isnull", True), models.Q(("serial_no", ""), _negated=True)
                                ),
                                fields=("unit", "name", "serial_no"),
                                name="inspections_energymeter_serial",
                                violation_error_message="The unit already has such a meter with this serial no.",
                            ),
                            models.UniqueConstraint(
                                condition=models.Q(("voided_at__isnull", True), ("instrument__isnull", False)),
                                fields=("instrument",),
                                name="inspections_energymeter_instrument",
                                violation_error_message="This piece of the ledger is linked to another energy meter.",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("own_no", ""), _negated=True),
                                    models.Q(("serial_no", ""), _negated=True),
                                    _connector="OR",
                                ),
                                name="inspections_energymeter_number",
                                violation_error_message="A meter has a serial no. or a number of the unit's own.",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("in_use_until__isnull", False), ("state", "stopped")),
                                    models.Q(
                                        models.Q(("state", "stopped"), _negated=True), ("in_use_until__isnull", True)
                                    ),
                                    _connector="OR",
                                ),
                                name="inspections_energymeter_stopped",
                                violation_error_message="A stopped meter states its last day in use, and no other does.",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("in_use_until__isnull", True),
                                    ("in_use_until__gte", models.F("in_use_from")),
                                    _connector="OR",
                                ),
                                name="inspections_energymeter_dates",
                                violation_error_message="It cannot end before it begins.",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("valid_until__isnull", True),
                                    ("valid_until__gte", models.F("last_verified_on")),
                                    _connector="OR",
                                ),
                                name="inspections_energymeter_validity",
                                violation_error_message="It cannot run out before its first day.",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="HistoricalAuditPlan",
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
                        ("agency", models.CharField(max_length=100, verbose_name="ordering authority")),
                        ("name", models.CharField(max_length=100, verbose_name="audit plan")),
                        ("document_no", models.CharField(blank=True, max_length=60, verbose_name="document no.")),
                        (
                            "year",
                            models.PositiveSmallIntegerField(
                                validators=[
                                    django.core.validators.MinValueValidator(1990),
                                    django.core.validators.MaxValueValidator(2100),
                                ],
                                verbose_name="year",
                            ),
                        ),
                        (
                            "self_check_due_on",
                            models.DateField(blank=True, null=True, verbose_name="self-check due on"),
                        ),
                        ("on_site_from", models.DateField(blank=True, null=True, verbose_name="on site from")),
                        ("on_site_until", models.DateField(blank=True, null=True, verbose_name="on site until")),
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
                        "verbose_name": "historical plan of energy-metering audits",
                        "verbose_name_plural": "historical plans of energy-metering audits",
                        "ordering": ("-history_date", "-history_id"),
                        "get_latest_by": ("history_date", "history_id"),
                    },
                    bases=(simple_history.models.HistoricalChanges, models.Model),
                ),
                migrations.CreateModel(
                    name="HistoricalEnergyMeter",
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
                            "own_no",
                            bureau.models.fields.CodeField(blank=True, max_length=40, verbose_name="unit's own no."),
                        ),
                        ("name", models.CharField(max_length=60, verbose_name="meter name")),
                        ("model", bureau.models.fields.CodeField(blank=True, max_length=80, verbose_name="model")),
                        (
                            "accuracy_class",
                            bureau.models.fields.CodeField(
                                blank=True,
                                help_text="As on the valid certificate, such as 0.5S.",
                                max_length=30,
                                verbose_name="accuracy class",
                            ),
                        ),
                        (
                            "measuring_range",
                            bureau.models.fields.CodeField(blank=True, max_length=80, verbose_name="measuring range"),
                        ),
                        ("maker", models.CharField(blank=True, max_length=100, verbose_name="manufacturer")),
                        (
                            "serial_no",
                            bureau.models.fields.CodeField(blank=True, max_length=60, verbose_name="serial no."),
                        ),
                        (
                            "level",
                            models.CharField(
                                choices=[
                                    ("unit", "Level 1: whole unit"),
                                    ("sub_unit", "Level 2: main sub-unit"),
                                    ("equipment", "Level 3: main equipment"),
                                    ("sub_item", "Sub-item"),
                                ],
                                max_length=10,
                                verbose_name="level of the meter",
                            ),
                        ),
                        ("is_for_trade", models.BooleanField(default=False, verbose_name="for trade settlement")),
                        ("place", models.CharField(blank=True, max_length=200, verbose_name="place and use")),
                        (
                            "interval_months",
                            models.PositiveSmallIntegerField(
                                blank=True, null=True, verbose_name="verification period or calibration interval"
                            ),
                        ),
                        (
                            "last_verified_on",
                            models.DateField(blank=True, null=True, verbose_name="last verified or calibrated on"),
                        ),
                        (
                            "valid_until",
                            models.DateField(
                                blank=True,
                                help_text="Empty: from the last verification and the period.",
                                null=True,
                                verbose_name="valid until",
                            ),
                        ),
                        (
                            "state",
                            models.CharField(
                                choices=[
                                    ("qualified", "Qualified"),
                                    ("limited", "Limited use"),
                                    ("stopped", "Stopped"),
                                ],
                                default="qualified",
                                max_length=10,
                                verbose_name="state of the meter",
                            ),
                        ),
                        ("in_use_from", models.DateField(verbose_name="in use from")),
                        (
                            "in_use_until",
                            models.DateField(
                                blank=True,
                                help_text="Last day in use of a meter that is stopped.",
                                null=True,
                                verbose_name="in use until",
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
                            "unit",
                            models.ForeignKey(
                                blank=True,
                                db_constraint=False,
                                null=True,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                to="enterprises.energyunit",
                                verbose_name="energy-using unit",
                            ),
                        ),
                        (
                            "energy",
                            models.ForeignKey(
                                blank=True,
                                db_constraint=False,
                                null=True,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                to="enterprises.meteredenergy",
                                verbose_name="metered kind of energy",
                            ),
                        ),
                        (
                            "use",
                            models.ForeignKey(
                                blank=True,
                                db_constraint=False,
                                help_text="By which its accuracy class is judged.",
                                null=True,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                to="enterprises.meteruse",
                                verbose_name="use of the meter",
                            ),
                        ),
                        (
                            "department",
                            models.ForeignKey(
                                blank=True,
                                db_constraint=False,
                                null=True,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                to="enterprises.energydepartment",
                                verbose_name="department",
                            ),
                        ),
                        (
                            "equipment",
                            models.ForeignKey(
                                blank=True,
                                db_constraint=False,
                                null=True,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                to="enterprises.energyequipment",
                                verbose_name="equipment measured",
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
                                verbose_name="in the ledger of instruments",
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
                        "verbose_name": "historical energy meter",
                        "verbose_name_plural": "historical energy meters",
                        "ordering": ("-history_date", "-history_id"),
                        "get_latest_by": ("history_date", "history_id"),
                    },
                    bases=(simple_history.models.HistoricalChanges, models.Model),
                ),
                migrations.CreateModel(
                    name="EnergyAudit",
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
                            "agency",
                            models.CharField(
                                help_text="The office or institution that makes the audit.",
                                max_length=100,
                                verbose_name="auditing body",
                            ),
                        ),
                        ("number", bureau.models.fields.CodeField(max_length=60, verbose_name="audit no.")),
                        (
                            "unit",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="audits",
                                to="enterprises.energyunit",
                                verbose_name="energy-using unit",
                            ),
                        ),
                        (
                            "plan",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="audits",
                                to="inspections.auditplan",
                                verbose_name="audit plan",
                            ),
                        ),
                        (
                            "institution",
                            models.ForeignKey(
                                blank=True,
                                help_text="Where a technical institution makes the audit.",
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="standards.institution",
                                verbose_name="institution",
                            ),
                        ),
                        (
                            "state",
                            models.CharField(
                                choices=[
                                    ("planned", "Planned"),
                                    ("self_check", "Self-check by the unit"),
                                    ("document_review", "Document review"),
                                    ("on_site", "On site"),
                                    ("rectification", "Rectification"),
                                    ("concluded", "Concluded"),
                                    ("reported", "Report issued"),
                                    ("archived", "Archived"),
                                ],
                                default="planned",
                                max_length=20,
                                verbose_name="state of the audit",
                            ),
                        ),
                        ("edition", models.CharField(blank=True, max_length=40, verbose_name="edition of the items")),
                        (
                            "self_check_due_on",
                            models.DateField(blank=True, null=True, verbose_name="self-check due on"),
                        ),
                        ("planned_on", models.DateField(blank=True, null=True, verbose_name="on site by")),
                        ("self_check_on", models.DateField(blank=True, null=True, verbose_name="self-check begun on")),
                        ("review_on", models.DateField(blank=True, null=True, verbose_name="document review begun on")),
                        ("on_site_on", models.DateField(blank=True, null=True, verbose_name="first day on site")),
                        ("on_site_until", models.DateField(blank=True, null=True, verbose_name="last day on site")),
                        ("concluded_on", models.DateField(blank=True, null=True, verbose_name="audit concluded on")),
                        (
                            "conclusion",
                            models.CharField(
                                blank=True,
                                choices=[
                                    ("conforming", "Meets the requirements"),
                                    ("after_rectification", "Meets them after rectification"),
                                    ("not_conforming", "Does not meet the requirements"),
                                ],
                                max_length=20,
                                verbose_name="conclusion of the audit",
                            ),
                        ),
                        ("opinion", models.TextField(blank=True, max_length=2000, verbose_name="opinion of the team")),
                        (
                            "judged_by",
                            models.CharField(
                                blank=True,
                                help_text="Where a table of the day is not on record: by which text the team judged.",
                                max_length=100,
                                verbose_name="judged by the text of",
                            ),
                        ),
                        (
                            "report_no",
                            bureau.models.fields.CodeField(blank=True, max_length=60, verbose_name="report no."),
                        ),
                        ("reported_on", models.DateField(blank=True, null=True, verbose_name="report issued on")),
                        ("archived_on", models.DateField(blank=True, null=True, verbose_name="archived on")),
                        ("remark", models.CharField(blank=True, max_length=200, verbose_name="remark")),
                    ],
                    options={
                        "verbose_name": "energy-metering audit",
                        "verbose_name_plural": "energy-metering audits",
                        "ordering": ["-pk"],
                        "abstract": False,
                        "default_permissions": ("view", "add", "change", "void", "import", "export"),
                        "indexes": [
                            models.Index(fields=["region", "concluded_on"], name="inspections_audit_concluded"),
                            models.Index(fields=["unit", "state"], name="inspections_audit_unit"),
                        ],
                        "constraints": [
                            models.UniqueConstraint(
                                condition=models.Q(("voided_at__isnull", True)),
                                fields=("agency", "number"),
                                name="inspections_energyaudit_number",
                                violation_error_message="This body already has an audit with this number.",
                            ),
                            models.UniqueConstraint(
                                condition=models.Q(("voided_at__isnull", True), ("plan__isnull", False)),
                                fields=("plan", "unit"),
                                name="inspections_energyaudit_plan",
                                violation_error_message="The audit of this unit was already opened from the plan.",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(
                                        ("state", "planned"),
                                        ("self_check_on__isnull", True),
                                        ("review_on__isnull", True),
                                        ("on_site_on__isnull", True),
                                        ("on_site_until__isnull", True),
                                        ("concluded_on__isnull", True),
                                        ("reported_on__isnull", True),
                                        ("archived_on__isnull", True),
                                    ),
                                    models.Q(
                                        ("state", "self_check"),
                                        ("self_check_on__isnull", False),
                                        ("review_on__isnull", True),
                                        ("on_site_on__isnull", True),
                                        ("on_site_until__isnull", True),
                                        ("concluded_on__isnull", True),
                                        ("reported_on__isnull", True),
                                        ("archived_on__isnull", True),
                                    ),
                                    models.Q(
                                        ("state", "document_review"),
                                        ("self_check_on__isnull", False),
                                        ("review_on__isnull", False),
                                        ("on_site_on__isnull", True),
                                        ("on_site_until__isnull", True),
                                        ("concluded_on__isnull", True),
                                        ("reported_on__isnull", True),
                                        ("archived_on__isnull", True),
                                    ),
                                    models.Q(
                                        ("state", "on_site"),
                                        ("self_check_on__isnull", False),
                                        ("review_on__isnull", False),
                                        ("on_site_on__isnull", False),
                                        ("on_site_until__isnull", True),
                                        ("concluded_on__isnull", True),
                                        ("reported_on__isnull", True),
                                        ("archived_on__isnull", True),
                                    ),
                                    models.Q(
                                        ("state", "rectification"),
                                        ("self_check_on__isnull", False),
                                        ("review_on__isnull", False),
                                        ("on_site_on__isnull", False),
                                        ("on_site_until__isnull", False),
                                        ("concluded_on__isnull", True),
                                        ("reported_on__isnull", True),
                                        ("archived_on__isnull", True),
                                    ),
                                    models.Q(
                                        ("state", "concluded"),
                                        ("self_check_on__isnull", False),
                                        ("review_on__isnull", False),
                                        ("on_site_on__isnull", False),
                                        ("on_site_until__isnull", False),
                                        ("concluded_on__isnull", False),
                                        ("reported_on__isnull", True),
                                        ("archived_on__isnull", True),
                                    ),
                                    models.Q(
                                        ("state", "reported"),
                                        ("self_check_on__isnull", False),
                                        ("review_on__isnull", False),
                                        ("on_site_on__isnull", False),
                                        ("on_site_until__isnull", False),
                                        ("concluded_on__isnull", False),
                                        ("reported_on__isnull", False),
                                        ("archived_on__isnull", True),
                                    ),
                                    models.Q(
                                        ("state", "archived"),
                                        ("self_check_on__isnull", False),
                                        ("review_on__isnull", False),
                                        ("on_site_on__isnull", False),
                                        ("on_site_until__isnull", False),
                                        ("concluded_on__isnull", False),
                                        ("reported_on__isnull", False),
                                        ("archived_on__isnull", False),
                                    ),
                                    _connector="OR",
                                ),
                                name="inspections_energyaudit_course",
                                violation_error_message="An audit goes one step after the other: each state has its day.",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(
                                        ("review_on__isnull", True),
                                        ("review_on__gte", models.F("self_check_on")),
                                        _connector="OR",
                                    ),
                                    models.Q(
                                        ("on_site_on__isnull", True),
                                        ("on_site_on__gte", models.F("review_on")),
                                        _connector="OR",
                                    ),
                                    models.Q(
                                        ("on_site_until__isnull", True),
                                        ("on_site_until__gte", models.F("on_site_on")),
                                        _connector="OR",
                                    ),
                                    models.Q(
                                        ("concluded_on__isnull", True),
                                        ("concluded_on__gte", models.F("on_site_until")),
                                        _connector="OR",
                                    ),
                                    models.Q(
                                        ("reported_on__isnull", True),
                                        ("reported_on__gte", models.F("concluded_on")),
                                        _connector="OR",
                                    ),
                                    models.Q(
                                        ("archived_on__isnull", True),
                                        ("archived_on__gte", models.F("reported_on")),
                                        _connector="OR",
                                    ),
                                ),
                                name="inspections_energyaudit_order",
                                violation_error_message="A step of an audit cannot be before the step that it follows.",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("concluded_on__isnull", True), ("conclusion", "")),
                                    models.Q(
                                        ("concluded_on__isnull", False), models.Q(("conclusion", ""), _negated=True)
                                    ),
                                    _connector="OR",
                                ),
                                name="inspections_energyaudit_concluded",
                                violation_error_message="A concluded audit has a conclusion, and no other has.",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("report_no", ""), ("reported_on__isnull", True)),
                                    models.Q(
                                        ("reported_on__isnull", False), models.Q(("report_no", ""), _negated=True)
                                    ),
                                    _connector="OR",
                                ),
                                name="inspections_energyaudit_report",
                                violation_error_message="An issued report has a number, and a number goes with an issued report.",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="HistoricalEnergyAudit",
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
                            "agency",
                            models.CharField(
                                help_text="The office or institution that makes the audit.",
                                max_length=100,
                                verbose_name="auditing body",
                            ),
                        ),
                        ("number", bureau.models.fields.CodeField(max_length=60, verbose_name="audit no.")),
                        (
                            "state",
                            models.CharField(
                                choices=[
                                    ("planned", "Planned"),
                                    ("self_check", "Self-check by the unit"),
                                    ("document_review", "Document review"),
                                    ("on_site", "On site"),
                                    ("rectification", "Rectification"),
                                    ("concluded", "Concluded"),
                                    ("reported", "Report issued"),
                                    ("archived", "Archived"),
                                ],
                                default="planned",
                                max_length=20,
                                verbose_name="state of the audit",
                            ),
                        ),
                        ("edition", models.CharField(blank=True, max_length=40, verbose_name="edition of the items")),
                        (
                            "self_check_due_on",
                            models.DateField(blank=True, null=True, verbose_name="self-check due on"),
                        ),
                        ("planned_on", models.DateField(blank=True, null=True, verbose_name="on site by")),
                        ("self_check_on", models.DateField(blank=True, null=True, verbose_name="self-check begun on")),
                        ("review_on", models.DateField(blank=True, null=True, verbose_name="document review begun on")),
                        ("on_site_on", models.DateField(blank=True, null=True, verbose_name="first day on site")),
                        ("on_site_until", models.DateField(blank=True, null=True, verbose_name="last day on site")),
                        ("concluded_on", models.DateField(blank=True, null=True, verbose_name="audit concluded on")),
                        (
                            "conclusion",
                            models.CharField(
                                blank=True,
                                choices=[
                                    ("conforming", "Meets the requirements"),
                                    ("after_rectification", "Meets them after rectification"),
                                    ("not_conforming", "Does not meet the requirements"),
                                ],
                                max_length=20,
                                verbose_name="conclusion of the audit",
                            ),
                        ),
                        ("opinion", models.TextField(blank=True, max_length=2000, verbose_name="opinion of the team")),
                        (
                            "judged_by",
                            models.CharField(
                                blank=True,
                                help_text="Where a table of the day is not on record: by which text the team judged.",
                                max_length=100,
                                verbose_name="judged by the text of",
                            ),
                        ),
                        (
                            "report_no",
                            bureau.models.fields.CodeField(blank=True, max_length=60, verbose_name="report no."),
                        ),
                        ("reported_on", models.DateField(blank=True, null=True, verbose_name="report issued on")),
                        ("archived_on", models.DateField(blank=True, null=True, verbose_name="archived on")),
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
                            "unit",
                            models.ForeignKey(
                                blank=True,
                                db_constraint=False,
                                null=True,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                to="enterprises.energyunit",
                                verbose_name="energy-using unit",
                            ),
                        ),
                        (
                            "plan",
                            models.ForeignKey(
                                blank=True,
                                db_constraint=False,
                                null=True,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                to="inspections.auditplan",
                                verbose_name="audit plan",
                            ),
                        ),
                        (
                            "institution",
                            models.ForeignKey(
                                blank=True,
                                db_constraint=False,
                                help_text="Where a technical institution makes the audit.",
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
                        "verbose_name": "historical energy-metering audit",
                        "verbose_name_plural": "historical energy-metering audits",
                        "ordering": ("-history_date", "-history_id"),
                        "get_latest_by": ("history_date", "history_id"),
                    },
                    bases=(simple_history.models.HistoricalChanges, models.Model),
                ),
                migrations.CreateModel(
                    name="HistoricalMeteringPoint",
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
                        ("number", bureau.models.fields.CodeField(max_length=40, verbose_name="point no.")),
                        ("name", models.CharField(blank=True, max_length=100, verbose_name="what is measured")),
                        (
                            "level",
                            models.CharField(
                                choices=[
                                    ("unit", "Level 1: whole unit"),
                                    ("sub_unit", "Level 2: main sub-unit"),
                                    ("equipment", "Level 3: main equipment"),
                                ],
                                max_length=10,
                                verbose_name="level of the point",
                            ),
                        ),
                        ("is_exempt", models.BooleanField(default=False, verbose_name="exempt")),
                        (
                            "exempt_reason",
                            models.CharField(
                                blank=True,
                                help_text="Such as: metered as a whole with its boiler room; seasonal heating settled otherwise.",
                                max_length=200,
                                verbose_name="why it is exempt",
                            ),
                        ),
                        ("begins_on", models.DateField(verbose_name="needed from")),
                        ("ends_on", models.DateField(blank=True, null=True, verbose_name="needed until")),
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
                            "unit",
                            models.ForeignKey(
                                blank=True,
                                db_constraint=False,
                                null=True,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                to="enterprises.energyunit",
                                verbose_name="energy-using unit",
                            ),
                        ),
                        (
                            "energy",
                            models.ForeignKey(
                                blank=True,
                                db_constraint=False,
                                null=True,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                to="enterprises.meteredenergy",
                                verbose_name="metered kind of energy",
                            ),
                        ),
                        (
                            "department",
                            models.ForeignKey(
                                blank=True,
                                db_constraint=False,
                                null=True,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                to="enterprises.energydepartment",
                                verbose_name="department",
                            ),
                        ),
                        (
                            "equipment",
                            models.ForeignKey(
                                blank=True,
                                db_constraint=False,
                                null=True,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                to="enterprises.energyequipment",
                                verbose_name="equipment measured",
                            ),
                        ),
                        (
                            "meter",
                            models.ForeignKey(
                                blank=True,
                                db_constraint=False,
                                help_text="Empty while there is none.",
                                null=True,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                to="inspections.energymeter",
                                verbose_name="energy meter",
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
                        "verbose_name": "historical metering point",
                        "verbose_name_plural": "historical metering points",
                        "ordering": ("-history_date", "-history_id"),
                        "get_latest_by": ("history_date", "history_id"),
                    },
                    bases=(simple_history.models.HistoricalChanges, models.Model),
                ),
                migrations.CreateModel(
                    name="HistoricalPlannedAudit",
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
                        ("body", models.CharField(blank=True, max_length=100, verbose_name="auditing body")),
                        ("on_site_by", models.DateField(blank=True, null=True, verbose_name="on site by")),
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
                            "plan",
                            models.ForeignKey(
                                blank=True,
                                db_constraint=False,
                                null=True,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                to="inspections.auditplan",
                                verbose_name="audit plan",
                            ),
                        ),
                        (
                            "unit",
                            models.ForeignKey(
                                blank=True,
                                db_constraint=False,
                                null=True,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                to="enterprises.energyunit",
                                verbose_name="energy-using unit",
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
                        "verbose_name": "historical unit of an audit plan",
                        "verbose_name_plural": "historical units of audit plans",
                        "ordering": ("-history_date", "-history_id"),
                        "get_latest_by": ("history_date", "history_id"),
                    },
                    bases=(simple_history.models.HistoricalChanges, models.Model),
                ),
                migrations.CreateModel(
                    name="MeteringPoint",
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
                            "unit",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="metering_points",
                                to="enterprises.energyunit",
                                verbose_name="energy-using unit",
                            ),
                        ),
                        ("number", bureau.models.fields.CodeField(max_length=40, verbose_name="point no.")),
                        ("name", models.CharField(blank=True, max_length=100, verbose_name="what is measured")),
                        (
                            "energy",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="enterprises.meteredenergy",
                                verbose_name="metered kind of energy",
                            ),
                        ),
                        (
                            "level",
                            models.CharField(
                                choices=[
                                    ("unit", "Level 1: whole unit"),
                                    ("sub_unit", "Level 2: main sub-unit"),
                                    ("equipment", "Level 3: main equipment"),
                                ],
                                max_length=10,
                                verbose_name="level of the point",
                            ),
                        ),
                        (
                            "department",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="metering_points",
                                to="enterprises.energydepartment",
                                verbose_name="department",
                            ),
                        ),
                        (
                            "equipment",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="metering_points",
                                to="enterprises.energyequipment",
                                verbose_name="equipment measured",
                            ),
                        ),
                        (
                            "meter",
                            models.ForeignKey(
                                blank=True,
                                help_text="Empty while there is none.",
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="points",
                                to="inspections.energymeter",
                                verbose_name="energy meter",
                            ),
                        ),
                        ("is_exempt", models.BooleanField(default=False, verbose_name="exempt")),
                        (
                            "exempt_reason",
                            models.CharField(
                                blank=True,
                                help_text="Such as: metered as a whole with its boiler room; seasonal heating settled otherwise.",
                                max_length=200,
                                verbose_name="why it is exempt",
                            ),
                        ),
                        ("begins_on", models.DateField(verbose_name="needed from")),
                        ("ends_on", models.DateField(blank=True, null=True, verbose_name="needed until")),
                        ("remark", models.CharField(blank=True, max_length=200, verbose_name="remark")),
                    ],
                    options={
                        "verbose_name": "metering point",
                        "verbose_name_plural": "metering points",
                        "ordering": ["-pk"],
                        "abstract": False,
                        "default_permissions": ("view", "add", "change", "void", "import", "export"),
                        "indexes": [models.Index(fields=["unit", "energy", "level"], name="inspections_point_cell")],
                        "constraints": [
                            models.UniqueConstraint(
                                condition=models.Q(("voided_at__isnull", True)),
                                fields=("unit", "number"),
                                name="inspections_meteringpoint_once",
                                violation_error_message="The unit already has a metering point with this number.",
                            ),
                            models.UniqueConstraint(
                                condition=models.Q(
                                    ("voided_at__isnull", True), ("ends_on__isnull", True), ("meter__isnull", False)
                                ),
                                fields=("meter",),
                                name="inspections_meteringpoint_meter",
                                violation_error_message="This meter serves another metering point: each has its own.",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("is_exempt", True), models.Q(("exempt_reason", ""), _negated=True)),
                                    models.Q(("exempt_reason", ""), ("is_exempt", False)),
                                    _connector="OR",
                                ),
                                name="inspections_meteringpoint_exempt",
                                violation_error_message="An exempt point says why, and no other does.",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("ends_on__isnull", True), ("ends_on__gte", models.F("begins_on")), _connector="OR"
                                ),
                                name="inspections_meteringpoint_dates",
                                violation_error_message="It cannot end before it begins.",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="PlannedAudit",
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
                            "plan",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="units",
                                to="inspections.auditplan",
                                verbose_name="audit plan",
                            ),
                        ),
                        (
                            "unit",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="planned_audits",
                                to="enterprises.energyunit",
                                verbose_name="energy-using unit",
                            ),
                        ),
                        ("body", models.CharField(blank=True, max_length=100, verbose_name="auditing body")),
                        ("on_site_by", models.DateField(blank=True, null=True, verbose_name="on site by")),
                        ("remark", models.CharField(blank=True, max_length=200, verbose_name="remark")),
                    ],
                    options={
                        "verbose_name": "unit of an audit plan",
                        "verbose_name_plural": "units of audit plans",
                        "ordering": ["pk"],
                        "abstract": False,
                        "default_permissions": ("view", "add", "change", "void", "import", "export"),
                        "constraints": [
                            models.UniqueConstraint(
                                condition=models.Q(("voided_at__isnull", True)),
                                fields=("plan", "unit"),
                                name="inspections_plannedaudit_once",
                                violation_error_message="The plan already has this unit.",
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="DeclaredNumber",
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
                            "audit",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="declared",
                                to="inspections.energyaudit",
                                verbose_name="energy-metering audit",
                            ),
                        ),
                        (
                            "figure",
                            models.CharField(
                                choices=[
                                    ("people", "B.1: people in energy metering"),
                                    ("equipment", "B.2: pieces of main equipment"),
                                    ("meters", "B.3 to B.7: energy meters"),
                                    ("valid", "B.3: energy meters with a valid verification or calibration"),
                                    ("needed", "B.8: meters needed"),
                                    ("installed", "B.8: meters installed"),
                                    ("of_use", "B.9: meters for the use"),
                                    ("class_met", "B.9: meters of the class asked for"),
                                ],
                                max_length=20,
                                verbose_name="number of a form",
                            ),
                        ),
                        ("line", models.CharField(blank=True, max_length=30, verbose_name="energy or use")),
                        (
                            "level",
                            models.CharField(
                                blank=True,
                                choices=[
                                    ("unit", "Level 1: whole unit"),
                                    ("sub_unit", "Level 2: main sub-unit"),
                                    ("equipment", "Level 3: main equipment"),
                                    ("sub_item", "Sub-item"),
                                ],
                                max_length=10,
                                verbose_name="level of the meter",
                            ),
                        ),
                        ("count", models.PositiveIntegerField(verbose_name="declared number")),
                    ],
                    options={
                        "verbose_name": "number declared by the unit",
                        "verbose_name_plural": "numbers declared by units",
                        "ordering": ["pk"],
                        "abstract": False,
                        "default_permissions": ("view", "add", "change", "void", "import", "export"),
                        "constraints": [
                            models.UniqueConstraint(
                                condition=models.Q(("voided_at__isnull", True)),
                                fields=("audit", "figure", "line", "level"),
                                name="inspections_declarednumber_once",
                                violation_error_message="This number is stated already.",
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="AuditMember",
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
                            "audit",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="members",
                                to="inspections.energyaudit",
                                verbose_name="energy-metering audit",
                            ),
                        ),
                        ("name", models.CharField(max_length=40, verbose_name="name")),
                        ("is_leader", models.BooleanField(default=False, verbose_name="leader")),
                        (
                            "duty",
                            models.CharField(
                                blank=True,
                                help_text="Such as meters, data, documents.",
                                max_length=60,
                                verbose_name="task in the team",
                            ),
                        ),
                        ("organisation", models.CharField(blank=True, max_length=100, verbose_name="organisation")),
                        (
                            "person",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                                verbose_name="logs in as",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "member of an audit team",
                        "verbose_name_plural": "members of audit teams",
                        "ordering": ["audit", "-is_leader", "pk"],
                        "abstract": False,
                        "default_permissions": ("view", "add", "change", "void", "import", "export"),
                        "constraints": [
                            models.UniqueConstraint(
                                condition=models.Q(("voided_at__isnull", True)),
                                fields=("audit", "name"),
                                name="inspections_auditmember_once",
                                violation_error_message="This member is on the team already.",
                            ),
                            models.UniqueConstraint(
                                condition=models.Q(("voided_at__isnull", True), ("is_leader", True)),
                                fields=("audit",),
                                name="inspections_auditmember_leader",
                                violation_error_message="A team has one leader.",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="AuditFinding",
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
                            "audit",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="findings",
                                to="inspections.energyaudit",
                                verbose_name="energy-metering audit",
                            ),
                        ),
                        (
                            "item",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="findings",
                                to="inspections.audititem",
                                verbose_name="item",
                            ),
                        ),
                        (
                            "result",
                            models.CharField(
                                choices=[
                                    ("conforming", "Conforms"),
                                    ("defective", "Has defects"),
                                    ("nonconforming", "Does not conform"),
                                    ("not_applicable", "Not applicable"),
                                ],
                                max_length=20,
                                verbose_name="result of the item",
                            ),
                        ),
                        ("finding", models.CharField(blank=True, max_length=500, verbose_name="what was found")),
                        (
                            "clause",
                            models.CharField(
                                blank=True,
                                help_text="Such as GB 17167-2006 4.3.8 or JJF 1356-2012 6.",
                                max_length=60,
                                verbose_name="clause",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "finding of an audit",
                        "verbose_name_plural": "findings of audits",
                        "ordering": ["audit", "item__position", "pk"],
                        "abstract": False,
                        "default_permissions": ("view", "add", "change", "void", "import", "export"),
                        "constraints": [
                            models.UniqueConstraint(
                                condition=models.Q(("voided_at__isnull", True)),
                                fields=("audit", "item"),
                                name="inspections_auditfinding_once",
                                violation_error_message="This item has a result already.",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("result__in", ["conforming", "not_applicable"]),
                                    models.Q(("finding", ""), _negated=True),
                                    _connector="OR",
                                ),
                                name="inspections_auditfinding_said",
                                violation_error_message="What has defects or is nonconforming says what was found.",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="AuditedEquipping",
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
                            "audit",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="equipping",
                                to="inspections.energyaudit",
                                verbose_name="energy-metering audit",
                            ),
                        ),
                        (
                            "energy",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="enterprises.meteredenergy",
                                verbose_name="metered kind of energy",
                            ),
                        ),
                        (
                            "level",
                            models.CharField(
                                choices=[
                                    ("unit", "Level 1: whole unit"),
                                    ("sub_unit", "Level 2: main sub-unit"),
                                    ("equipment", "Level 3: main equipment"),
                                    ("sub_item", "Sub-item"),
                                ],
                                max_length=10,
                                verbose_name="level of the meter",
                            ),
                        ),
                        ("meters", models.PositiveIntegerField(default=0, verbose_name="meters examined")),
                        ("needed", models.PositiveIntegerField(default=0, verbose_name="meters needed")),
                        ("installed", models.PositiveIntegerField(default=0, verbose_name="meters installed")),
                    ],
                    options={
                        "verbose_name": "equipping found by an audit",
                        "verbose_name_plural": "equipping found by audits",
                        "ordering": ["audit", "energy__position", "pk"],
                        "abstract": False,
                        "default_permissions": ("view", "add", "change", "void", "import", "export"),
                        "constraints": [
                            models.UniqueConstraint(
                                condition=models.Q(("voided_at__isnull", True)),
                                fields=("audit", "energy", "level"),
                                name="inspections_auditedequipping_once",
                                violation_error_message="This energy is stated at the level already.",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("level__in", ("unit", "sub_unit", "equipment")),
                                    models.Q(("installed", 0), ("needed", 0)),
                                    _connector="OR",
                                ),
                                name="inspections_auditedequipping_level",
                                violation_error_message="No equipping rate is asked for at this level.",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="ExaminedMeter",
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
                            "audit",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="examined",
                                to="inspections.energyaudit",
                                verbose_name="energy-metering audit",
                            ),
                        ),
                        (
                            "meter",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="examined",
                                to="inspections.energymeter",
                                verbose_name="energy meter",
                            ),
                        ),
                        (
                            "result",
                            models.CharField(
                                choices=[
                                    ("as_recorded", "As on record"),
                                    ("differs", "Differs from the record"),
                                    ("not_there", "Not found at its place"),
                                    ("stopped", "Out of use"),
                                ],
                                max_length=20,
                                verbose_name="found on site",
                            ),
                        ),
                        (
                            "accuracy_class",
                            bureau.models.fields.CodeField(
                                blank=True, max_length=30, verbose_name="class on the certificate"
                            ),
                        ),
                        (
                            "last_verified_on",
                            models.DateField(blank=True, null=True, verbose_name="verified or calibrated on"),
                        ),
                        ("finding", models.CharField(blank=True, max_length=200, verbose_name="what was found")),
                    ],
                    options={
                        "verbose_name": "meter examined on site",
                        "verbose_name_plural": "meters examined on site",
                        "ordering": ["audit", "pk"],
                        "abstract": False,
                        "default_permissions": ("view", "add", "change", "void", "import", "export"),
                        "constraints": [
                            models.UniqueConstraint(
                                condition=models.Q(("voided_at__isnull", True)),
                                fields=("audit", "meter"),
                                name="inspections_examinedmeter_once",
                                violation_error_message="This meter was examined already.",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("result", "differs"), _negated=True),
                                    models.Q(("finding", ""), _negated=True),
                                    models.Q(("accuracy_class", ""), _negated=True),
                                    ("last_verified_on__isnull", False),
                                    _connector="OR",
                                ),
                                name="inspections_examinedmeter_said",
                                violation_error_message="Say in what it differs: the class, the day of verification, or in words.",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="HistoricalAuditedEquipping",
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
                            "level",
                            models.CharField(
                                choices=[
                                    ("unit", "Level 1: whole unit"),
                                    ("sub_unit", "Level 2: main sub-unit"),
                                    ("equipment", "Level 3: main equipment"),
                                    ("sub_item", "Sub-item"),
                                ],
                                max_length=10,
                                verbose_name="level of the meter",
                            ),
                        ),
                        ("meters", models.PositiveIntegerField(default=0, verbose_name="meters examined")),
                        ("needed", models.PositiveIntegerField(default=0, verbose_name="meters needed")),
                        ("installed", models.PositiveIntegerField(default=0, verbose_name="meters installed")),
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
                            "audit",
                            models.ForeignKey(
                                blank=True,
                                db_constraint=False,
                                null=True,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                to="inspections.energyaudit",
                                verbose_name="energy-metering audit",
                            ),
                        ),
                        (
                            "energy",
                            models.ForeignKey(
                                blank=True,
                                db_constraint=False,
                                null=True,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                to="enterprises.meteredenergy",
                                verbose_name="metered kind of energy",
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
                        "verbose_name": "historical equipping found by an audit",
                        "verbose_name_plural": "historical equipping found by audits",
                        "ordering": ("-history_date", "-history_id"),
                        "get_latest_by": ("history_date", "history_id"),
                    },
                    bases=(simple_history.models.HistoricalChanges, models.Model),
                ),
                migrations.CreateModel(
                    name="HistoricalAuditFinding",
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
                            "result",
                            models.CharField(
                                choices=[
                                    ("conforming", "Conforms"),
                                    ("defective", "Has defects"),
                                    ("nonconforming", "Does not conform"),
                                    ("not_applicable", "Not applicable"),
                                ],
                                max_length=20,
                                verbose_name="result of the item",
                            ),
                        ),
                        ("finding", models.CharField(blank=True, max_length=500, verbose_name="what was found")),
                        (
                            "clause",
                            models.CharField(
                                blank=True,
                                help_text="Such as GB 17167-2006 4.3.8 or JJF 1356-2012 6.",
                                max_length=60,
                                verbose_name="clause",
                            ),
                        ),
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
                            "audit",
                            models.ForeignKey(
                                blank=True,
                                db_constraint=False,
                                null=True,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                to="inspections.energyaudit",
                                verbose_name="energy-metering audit",
                            ),
                        ),
                        (
                            "item",
                            models.ForeignKey(
                                blank=True,
                                db_constraint=False,
                                null=True,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                to="inspections.audititem",
                                verbose_name="item",
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
                        "verbose_name": "historical finding of an audit",
                        "verbose_name_plural": "historical findings of audits",
                        "ordering": ("-history_date", "-history_id"),
                        "get_latest_by": ("history_date", "history_id"),
                    },
                    bases=(simple_history.models.HistoricalChanges, models.Model),
                ),
                migrations.CreateModel(
                    name="HistoricalAuditMember",
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
                        ("name", models.CharField(max_length=40, verbose_name="name")),
                        ("is_leader", models.BooleanField(default=False, verbose_name="leader")),
                        (
                            "duty",
                            models.CharField(
                                blank=True,
                                help_text="Such as meters, data, documents.",
                                max_length=60,
                                verbose_name="task in the team",
                            ),
                        ),
                        ("organisation", models.CharField(blank=True, max_length=100, verbose_name="organisation")),
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
                            "audit",
                            models.ForeignKey(
                                blank=True,
                                db_constraint=False,
                                null=True,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                to="inspections.energyaudit",
                                verbose_name="energy-metering audit",
                            ),
                        ),
                        (
                            "person",
                            models.ForeignKey(
                                blank=True,
                                db_constraint=False,
                                null=True,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                                verbose_name="logs in as",
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
                        "verbose_name": "historical member of an audit team",
                        "verbose_name_plural": "historical members of audit teams",
                        "ordering": ("-history_date", "-history_id"),
                        "get_latest_by": ("history_date", "history_id"),
                    },
                    bases=(simple_history.models.HistoricalChanges, models.Model),
                ),
                migrations.CreateModel(
                    name="HistoricalDeclaredNumber",
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
                            "figure",
                            models.CharField(
                                choices=[
                                    ("people", "B.1: people in energy metering"),
                                    ("equipment", "B.2: pieces of main equipment"),
                                    ("meters", "B.3 to B.7: energy meters"),
                                    ("valid", "B.3: energy meters with a valid verification or calibration"),
                                    ("needed", "B.8: meters needed"),
                                    ("installed", "B.8: meters installed"),
                                    ("of_use", "B.9: meters for the use"),
                                    ("class_met", "B.9: meters of the class asked for"),
                                ],
                                max_length=20,
                                verbose_name="number of a form",
                            ),
                        ),
                        ("line", models.CharField(blank=True, max_length=30, verbose_name="energy or use")),
                        (
                            "level",
                            models.CharField(
                                blank=True,
                                choices=[
                                    ("unit", "Level 1: whole unit"),
                                    ("sub_unit", "Level 2: main sub-unit"),
                                    ("equipment", "Level 3: main equipment"),
                                    ("sub_item", "Sub-item"),
                                ],
                                max_length=10,
                                verbose_name="level of the meter",
                            ),
                        ),
                        ("count", models.PositiveIntegerField(verbose_name="declared number")),
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
                            "audit",
                            models.ForeignKey(
                                blank=True,
                                db_constraint=False,
                                null=True,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                to="inspections.energyaudit",
                                verbose_name="energy-metering audit",
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
                        "verbose_name": "historical number declared by the unit",
                        "verbose_name_plural": "historical numbers declared by units",
                        "ordering": ("-history_date", "-history_id"),
                        "get_latest_by": ("history_date", "history_id"),
                    },
                    bases=(simple_history.models.HistoricalChanges, models.Model),
                ),
                migrations.CreateModel(
                    name="HistoricalExaminedMeter",
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
                            "result",
                            models.CharField(
                                choices=[
                                    ("as_recorded", "As on record"),
                                    ("differs", "Differs from the record"),
                                    ("not_there", "Not found at its place"),
                                    ("stopped", "Out of use"),
                                ],
                                max_length=20,
                                verbose_name="found on site",
                            ),
                        ),
                        (
                            "accuracy_class",
                            bureau.models.fields.CodeField(
                                blank=True, max_length=30, verbose_name="class on the certificate"
                            ),
                        ),
                        (
                            "last_verified_on",
                            models.DateField(blank=True, null=True, verbose_name="verified or calibrated on"),
                        ),
                        ("finding", models.CharField(blank=True, max_length=200, verbose_name="what was found")),
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
                            "audit",
                            models.ForeignKey(
                                blank=True,
                                db_constraint=False,
                                null=True,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                to="inspections.energyaudit",
                                verbose_name="energy-metering audit",
                            ),
                        ),
                        (
                            "meter",
                            models.ForeignKey(
                                blank=True,
                                db_constraint=False,
                                null=True,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                to="inspections.energymeter",
                                verbose_name="energy meter",
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
                        "verbose_name": "historical meter examined on site",
                        "verbose_name_plural": "historical meters examined on site",
                        "ordering": ("-history_date", "-history_id"),
                        "get_latest_by": ("history_date", "history_id"),
                    },
                    bases=(simple_history.models.HistoricalChanges, models.Model),
                ),
                migrations.CreateModel(
                    name="HistoricalNonconformity",
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
                        ("number", models.PositiveSmallIntegerField(verbose_name="nonconformity no.")),
                        ("clause", models.CharField(max_length=60, verbose_name="clause")),
                        ("facts", models.TextField(max_length=2000, verbose_name="what does not conform")),
                        ("found_on", models.DateField(verbose_name="found on")),
                        (
                            "due_on",
                            models.DateField(
                                blank=True,
                                help_text="Empty: by the days of the rule.",
                                null=True,
                                verbose_name="to be rectified by",
                            ),
                        ),
                        (
                            "measures",
                            models.TextField(blank=True, max_length=2000, verbose_name="measures of the unit"),
                        ),
                        (
                            "evidence",
                            models.TextField(blank=True, max_length=2000, verbose_name="evidence of the rectification"),
                        ),
                        (
                            "verified_by",
                            models.CharField(blank=True, max_length=40, verbose_name="rectification verified by"),
                        ),
                        (
                            "verified_on",
                            models.DateField(blank=True, null=True, verbose_name="rectification verified on"),
                        ),
                        (
                            "outcome",
                            models.CharField(
                                blank=True,
                                choices=[("rectified", "Rectified"), ("not_rectified", "Not rectified")],
                                max_length=20,
                                verbose_name="outcome of the rectification",
                            ),
                        ),
                        ("closed_on", models.DateField(blank=True, null=True, verbose_name="nonconformity closed on")),
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
                            "audit",
                            models.ForeignKey(
                                blank=True,
                                db_constraint=False,
                                null=True,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                to="inspections.energyaudit",
                                verbose_name="energy-metering audit",
                            ),
                        ),
                        (
                            "item",
                            models.ForeignKey(
                                blank=True,
                                db_constraint=False,
                                null=True,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                to="inspections.audititem",
                                verbose_name="item",
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
                        "verbose_name": "historical nonconformity",
                        "verbose_name_plural": "historical nonconformities",
                        "ordering": ("-history_date", "-history_id"),
                        "get_latest_by": ("history_date", "history_id"),
                    },
                    bases=(simple_history.models.HistoricalChanges, models.Model),
                ),
                migrations.CreateModel(
                    name="Nonconformity",
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
                            "audit",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="nonconformities",
                                to="inspections.energyaudit",
                                verbose_name="energy-metering audit",
                            ),
                        ),
                        ("number", models.PositiveSmallIntegerField(verbose_name="nonconformity no.")),
                        (
                            "item",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="inspections.audititem",
                                verbose_name="item",
                            ),
                        ),
                        ("clause", models.CharField(max_length=60, verbose_name="clause")),
                        ("facts", models.TextField(max_length=2000, verbose_name="what does not conform")),
                        ("found_on", models.DateField(verbose_name="found on")),
                        (
                            "due_on",
                            models.DateField(
                                blank=True,
                                help_text="Empty: by the days of the rule.",
                                null=True,
                                verbose_name="to be rectified by",
                            ),
                        ),
                        (
                            "measures",
                            models.TextField(blank=True, max_length=2000, verbose_name="measures of the unit"),
                        ),
                        (
                            "evidence",
                            models.TextField(blank=True, max_length=2000, verbose_name="evidence of the rectification"),
                        ),
                        (
                            "verified_by",
                            models.CharField(blank=True, max_length=40, verbose_name="rectification verified by"),
                        ),
                        (
                            "verified_on",
                            models.DateField(blank=True, null=True, verbose_name="rectification verified on"),
                        ),
                        (
                            "outcome",
                            models.CharField(
                                blank=True,
                                choices=[("rectified", "Rectified"), ("not_rectified", "Not rectified")],
                                max_length=20,
                                verbose_name="outcome of the rectification",
                            ),
                        ),
                        ("closed_on", models.DateField(blank=True, null=True, verbose_name="nonconformity closed on")),
                        ("remark", models.CharField(blank=True, max_length=200, verbose_name="remark")),
                    ],
                    options={
                        "verbose_name": "nonconformity",
                        "verbose_name_plural": "nonconformities",
                        "ordering": ["-pk"],
                        "abstract": False,
                        "default_permissions": ("view", "add", "change", "void", "import", "export"),
                        "indexes": [
                            models.Index(
                                condition=models.Q(("closed_on__isnull", True)),
                                fields=["due_on"],
                                name="inspections_nonconf_open",
                            ),
                            models.Index(fields=["region", "found_on"], name="inspections_nonconf_found"),
                        ],
                        "constraints": [
                            models.UniqueConstraint(
                                condition=models.Q(("voided_at__isnull", True)),
                                fields=("audit", "number"),
                                name="inspections_nonconformity_number",
                                violation_error_message="This audit already has a nonconformity with this number.",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("verified_by", ""), ("verified_on__isnull", True)),
                                    models.Q(
                                        ("verified_on__isnull", False), models.Q(("verified_by", ""), _negated=True)
                                    ),
                                    _connector="OR",
                                ),
                                name="inspections_nonconformity_verified",
                                violation_error_message="A verification has a day and says by whom.",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("closed_on__isnull", True), ("outcome", "")),
                                    models.Q(
                                        ("closed_on__isnull", False),
                                        ("outcome", "not_rectified"),
                                        ("verified_on__isnull", False),
                                    ),
                                    models.Q(
                                        ("closed_on__isnull", False),
                                        ("outcome", "rectified"),
                                        ("verified_on__isnull", False),
                                        models.Q(("evidence", ""), _negated=True),
                                    ),
                                    _connector="OR",
                                ),
                                name="inspections_nonconformity_closed",
                                violation_error_message="What is closed was verified and has an outcome; what is rectified has its evidence.",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(
                                        ("due_on__isnull", True), ("due_on__gte", models.F("found_on")), _connector="OR"
                                    ),
                                    models.Q(
                                        ("verified_on__isnull", True),
                                        ("verified_on__gte", models.F("found_on")),
                                        _connector="OR",
                                    ),
                                    models.Q(
                                        ("closed_on__isnull", True),
                                        ("closed_on__gte", models.F("verified_on")),
                                        _connector="OR",
                                    ),
                                ),
                                name="inspections_nonconformity_order",
                                violation_error_message="It is found first, then rectified and verified, then closed.",
                            ),
                        ],
                    },
                ),
            ]
        ),
    ]
