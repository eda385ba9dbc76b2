from decimal import Decimal

import django.core.validators
import django.db.models.deletion
import simple_history.models
from django.conf import settings
from django.db import migrations, models

from bureau.migrating import CreateModels

import bureau.models.fields
import standards.models.comparison
import standards.models.measured
import standards.models.specification


class Migration(migrations.Migration):
    replaces = [
        ("standards", "0001_initial"),
        ("standards", "0002_import_version"),
        ("standards", "0003_management_system"),
    ]

    initial = True

    dependencies = [
        ("bureau", "0001_initial"),
        ("bureau", "0005_management_system"),
    ]

    operations = [
        CreateModels([
        migrations.CreateModel(
            name="LifecycleRule",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("edition", models.CharField(max_length=40, verbose_name="edition")),
                ("effective_from", models.DateField(blank=True, null=True, verbose_name="in force from")),
                ("effective_to", models.DateField(blank=True, null=True, verbose_name="in force until")),
                ("is_verified", models.BooleanField(default=False, verbose_name="compared with the official text")),
                (
                    "event",
                    models.CharField(
                        choices=[
                            ("applied", "Application"),
                            ("accepted", "Application accepted"),
                            ("exam_begun", "Examination begun"),
                            ("established", "Set up: certificate issued"),
                            ("review_begun", "Re-examination begun"),
                            ("reexamined", "Re-examined: certificate issued"),
                            ("exam_failed", "Examination failed"),
                            ("replaced", "Equipment replaced"),
                            ("changed", "Specification, staff or environment changed"),
                            ("sealed", "Sealed"),
                            ("restored", "Restored to service"),
                            ("withdrawn", "Withdrawn by its unit"),
                            ("cancelled", "Cancelled by the authority"),
                        ],
                        max_length=20,
                        verbose_name="event",
                    ),
                ),
                (
                    "from_state",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("draft", "Being set up"),
                            ("new_exam", "Examination of a new standard under way"),
                            ("valid", "In service"),
                            ("review", "Re-examination under way"),
                            ("sealed", "Sealed"),
                            ("revoked", "Withdrawn by its unit"),
                            ("cancelled", "Cancelled by the authority"),
                        ],
                        max_length=20,
                        verbose_name="from state",
                    ),
                ),
                (
                    "to_state",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("draft", "Being set up"),
                            ("new_exam", "Examination of a new standard under way"),
                            ("valid", "In service"),
                            ("review", "Re-examination under way"),
                            ("sealed", "Sealed"),
                            ("revoked", "Withdrawn by its unit"),
                            ("cancelled", "Cancelled by the authority"),
                        ],
                        max_length=20,
                        verbose_name="to state",
                    ),
                ),
                ("from_expired", models.BooleanField(default=True, verbose_name="also after expiry")),
                ("clause", models.CharField(blank=True, max_length=40, verbose_name="clause")),
            ],
            options={
                "verbose_name": "life-cycle rule",
                "verbose_name_plural": "life-cycle rules",
                "ordering": ["edition", "event", "from_state"],
                "abstract": False,
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            ("effective_to__isnull", True),
                            ("effective_from__isnull", True),
                            ("effective_to__gte", models.F("effective_from")),
                            _connector="OR",
                        ),
                        name="standards_lifecyclerule_dates",
                        violation_error_message="A rule cannot end before it begins.",
                    ),
                    models.UniqueConstraint(
                        fields=("edition", "event", "from_state"),
                        name="standards_lifecyclerule_once",
                        violation_error_message="This edition already has a rule for the event in this state.",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="MeasurementField",
            fields=[
                ("edition", models.CharField(max_length=40, verbose_name="edition")),
                ("effective_from", models.DateField(blank=True, null=True, verbose_name="in force from")),
                ("effective_to", models.DateField(blank=True, null=True, verbose_name="in force until")),
                ("is_verified", models.BooleanField(default=False, verbose_name="compared with the official text")),
                ("code", models.CharField(max_length=2, primary_key=True, serialize=False, verbose_name="field code")),
                ("name", models.CharField(max_length=30, unique=True, verbose_name="field name")),
                ("name_en", models.CharField(max_length=60, verbose_name="English name")),
                (
                    "group",
                    models.CharField(
                        choices=[
                            ("ten_field", "One of the ten fields"),
                            ("special_application", "Special application"),
                        ],
                        max_length=30,
                        verbose_name="group",
                    ),
                ),
            ],
            options={
                "verbose_name": "field of metrology",
                "verbose_name_plural": "fields of metrology",
                "ordering": ["code"],
                "abstract": False,
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            ("effective_to__isnull", True),
                            ("effective_from__isnull", True),
                            ("effective_to__gte", models.F("effective_from")),
                            _connector="OR",
                        ),
                        name="standards_measurementfield_dates",
                        violation_error_message="A rule cannot end before it begins.",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="Administrator",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
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
                    models.CharField(blank=True, editable=False, max_length=200, verbose_name="reason of voiding"),
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
                        blank=True, help_text="Last day; empty while it lasts.", null=True, verbose_name="last day"
                    ),
                ),
                ("unit", models.CharField(max_length=100, verbose_name="administration")),
                (
                    "staff_no",
                    bureau.models.fields.CodeField(
                        help_text="By which the unit knows the person; no identity card.",
                        max_length=30,
                        verbose_name="staff no.",
                    ),
                ),
                ("name", models.CharField(max_length=50, verbose_name="name of the person")),
                ("post", models.CharField(blank=True, max_length=50, verbose_name="post or professional title")),
                (
                    "is_law_enforcer",
                    models.BooleanField(default=False, verbose_name="holds a law-enforcement certificate"),
                ),
            ],
            options={
                "verbose_name": "metrology administrator",
                "verbose_name_plural": "metrology administrators",
                "ordering": ["-pk"],
                "abstract": False,
                "default_permissions": ("view", "add", "change", "void", "import", "export"),
                "indexes": [models.Index(fields=["begins_on", "ends_on"], name="standards_administrator_days")],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            ("ends_on__isnull", True), ("ends_on__gte", models.F("begins_on")), _connector="OR"
                        ),
                        name="standards_administrator_dates",
                        violation_error_message="It cannot end before it begins.",
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("voided_at__isnull", True)),
                        fields=("unit", "staff_no", "begins_on"),
                        name="standards_administrator_once",
                        violation_error_message="This person of the administration is already on record from that day.",
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("voided_at__isnull", True), ("ends_on__isnull", True)),
                        fields=("unit", "staff_no"),
                        name="standards_administrator_present",
                        violation_error_message="This staff number is already that of a person in office.",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="ChecklistItem",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("edition", models.CharField(max_length=40, verbose_name="edition")),
                ("effective_from", models.DateField(blank=True, null=True, verbose_name="in force from")),
                ("effective_to", models.DateField(blank=True, null=True, verbose_name="in force until")),
                ("is_verified", models.BooleanField(default=False, verbose_name="compared with the official text")),
                (
                    "part",
                    models.CharField(
                        choices=[
                            ("devices", "Measurement standard and auxiliary equipment"),
                            ("characteristics", "Main metrological characteristics"),
                            ("environment", "Environment and facilities"),
                            ("staff", "Staff"),
                            ("documents", "Document set"),
                            ("capability", "Confirmation of the measuring capability"),
                        ],
                        max_length=20,
                        verbose_name="part",
                    ),
                ),
                ("number", models.CharField(max_length=20, verbose_name="number")),
                ("text", models.CharField(max_length=200, verbose_name="what is looked at")),
                ("is_key", models.BooleanField(default=False, verbose_name="key item")),
            ],
            options={
                "verbose_name": "line of the examination checklist",
                "verbose_name_plural": "lines of the examination checklist",
                "ordering": ["edition", "pk"],
                "abstract": False,
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            ("effective_to__isnull", True),
                            ("effective_from__isnull", True),
                            ("effective_to__gte", models.F("effective_from")),
                            _connector="OR",
                        ),
                        name="standards_checklistitem_dates",
                        violation_error_message="A rule cannot end before it begins.",
                    ),
                    models.UniqueConstraint(
                        fields=("edition", "number"),
                        name="standards_checklistitem_once",
                        violation_error_message="This edition already has a line with this number.",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="ComparisonRule",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("edition", models.CharField(max_length=40, verbose_name="edition")),
                ("effective_from", models.DateField(blank=True, null=True, verbose_name="in force from")),
                ("effective_to", models.DateField(blank=True, null=True, verbose_name="in force until")),
                ("is_verified", models.BooleanField(default=False, verbose_name="compared with the official text")),
                ("clause", models.CharField(max_length=60, verbose_name="clause")),
                (
                    "factor",
                    models.DecimalField(
                        decimal_places=2,
                        max_digits=4,
                        validators=[django.core.validators.MinValueValidator(Decimal("0.01"))],
                        verbose_name="coverage factor of En",
                    ),
                ),
                (
                    "limit",
                    models.DecimalField(
                        decimal_places=2,
                        help_text="A result is satisfactory up to this value, the value included.",
                        max_digits=4,
                        validators=[django.core.validators.MinValueValidator(Decimal("0.01"))],
                        verbose_name="limit of |En|",
                    ),
                ),
                (
                    "with_instability",
                    models.BooleanField(default=True, verbose_name="instability of the transfer standard counts"),
                ),
                (
                    "with_correlation",
                    models.BooleanField(
                        default=True, verbose_name="minus sign for a laboratory in the reference value"
                    ),
                ),
            ],
            options={
                "verbose_name": "rule for comparisons",
                "verbose_name_plural": "rules for comparisons",
                "ordering": ["effective_from", "edition"],
                "abstract": False,
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            ("effective_to__isnull", True),
                            ("effective_from__isnull", True),
                            ("effective_to__gte", models.F("effective_from")),
                            _connector="OR",
                        ),
                        name="standards_comparisonrule_dates",
                        violation_error_message="A rule cannot end before it begins.",
                    ),
                    models.UniqueConstraint(
                        fields=("edition",),
                        name="standards_comparisonrule_once",
                        violation_error_message="This edition already has its rule.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("factor__gt", 0), ("limit__gt", 0)),
                        name="standards_comparisonrule_positive",
                        violation_error_message="Coverage factor and limit are above zero.",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="DocumentKind",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("edition", models.CharField(max_length=40, verbose_name="edition")),
                ("effective_from", models.DateField(blank=True, null=True, verbose_name="in force from")),
                ("effective_to", models.DateField(blank=True, null=True, verbose_name="in force until")),
                ("is_verified", models.BooleanField(default=False, verbose_name="compared with the official text")),
                ("code", models.CharField(max_length=40, verbose_name="code")),
                ("name", models.CharField(max_length=60, verbose_name="document")),
                ("name_en", models.CharField(max_length=100, verbose_name="English name")),
                ("order", models.PositiveSmallIntegerField(default=50, verbose_name="order")),
                (
                    "is_needed_at_set_up",
                    models.BooleanField(default=False, verbose_name="needed when the standard is set up"),
                ),
                (
                    "is_needed_at_reexamination",
                    models.BooleanField(default=False, verbose_name="needed at a re-examination"),
                ),
            ],
            options={
                "verbose_name": "kind of document",
                "verbose_name_plural": "kinds of documents",
                "ordering": ["edition", "order", "code"],
                "abstract": False,
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            ("effective_to__isnull", True),
                            ("effective_from__isnull", True),
                            ("effective_to__gte", models.F("effective_from")),
                            _connector="OR",
                        ),
                        name="standards_documentkind_dates",
                        violation_error_message="A rule cannot end before it begins.",
                    ),
                    models.UniqueConstraint(
                        fields=("edition", "code"),
                        name="standards_documentkind_once",
                        violation_error_message="This edition already has a kind of document with this code.",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="HistoricalAdministrator",
            fields=[
                ("id", models.BigIntegerField(auto_created=True, blank=True, db_index=True, verbose_name="ID")),
                ("created_at", models.DateTimeField(editable=False, verbose_name="entered at")),
                ("updated_at", models.DateTimeField(editable=False, verbose_name="changed at")),
                ("version", models.PositiveIntegerField(default=1, editable=False, verbose_name="version")),
                ("voided_at", models.DateTimeField(editable=False, null=True, verbose_name="voided at")),
                (
                    "void_reason",
                    models.CharField(blank=True, editable=False, max_length=200, verbose_name="reason of voiding"),
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
                        blank=True, help_text="Last day; empty while it lasts.", null=True, verbose_name="last day"
                    ),
                ),
                ("unit", models.CharField(max_length=100, verbose_name="administration")),
                (
                    "staff_no",
                    bureau.models.fields.CodeField(
                        help_text="By which the unit knows the person; no identity card.",
                        max_length=30,
                        verbose_name="staff no.",
                    ),
                ),
                ("name", models.CharField(max_length=50, verbose_name="name of the person")),
                ("post", models.CharField(blank=True, max_length=50, verbose_name="post or professional title")),
                (
                    "is_law_enforcer",
                    models.BooleanField(default=False, verbose_name="holds a law-enforcement certificate"),
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
                    models.CharField(choices=[("+", "Created"), ("~", "Changed"), ("-", "Deleted")], max_length=1),
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
                "verbose_name": "historical metrology administrator",
                "verbose_name_plural": "historical metrology administrators",
                "ordering": ("-history_date", "-history_id"),
                "get_latest_by": ("history_date", "history_id"),
            },
            bases=(simple_history.models.HistoricalChanges, models.Model),
        ),
        migrations.CreateModel(
            name="HistoricalInstitution",
            fields=[
                ("id", models.BigIntegerField(auto_created=True, blank=True, db_index=True, verbose_name="ID")),
                ("created_at", models.DateTimeField(editable=False, verbose_name="entered at")),
                ("updated_at", models.DateTimeField(editable=False, verbose_name="changed at")),
                ("version", models.PositiveIntegerField(default=1, editable=False, verbose_name="version")),
                ("voided_at", models.DateTimeField(editable=False, null=True, verbose_name="voided at")),
                (
                    "void_reason",
                    models.CharField(blank=True, editable=False, max_length=200, verbose_name="reason of voiding"),
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
                        blank=True, help_text="Last day; empty while it lasts.", null=True, verbose_name="last day"
                    ),
                ),
                ("name", models.CharField(max_length=100, verbose_name="institution name")),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("legal_verification", "Legal verification institution"),
                            ("authorised_verification", "Authorised verification institution"),
                            ("special_authorisation", "Unit authorised for special verifications"),
                            ("type_evaluation", "Type-evaluation institution"),
                            ("industry_test_centre", "Industry metrology test centre"),
                            ("weighing_station", "Public weighing station"),
                            ("other_station", "Public measuring station, other than weighing"),
                            ("reference_material_producer", "Reference-material producer"),
                            ("unit", "Enterprise or public body with measurement standards of its own"),
                        ],
                        max_length=30,
                        verbose_name="kind of institution",
                    ),
                ),
                (
                    "tier",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("national", "National"),
                            ("regional", "Regional centre"),
                            ("provincial", "Provincial"),
                            ("municipal", "Municipal"),
                            ("county", "County"),
                        ],
                        max_length=20,
                        verbose_name="tier",
                    ),
                ),
                ("address", models.CharField(blank=True, max_length=200, verbose_name="address")),
                (
                    "credit_code",
                    bureau.models.fields.CreditCodeField(
                        blank=True, max_length=18, verbose_name="unified social credit code"
                    ),
                ),
                ("unverified", models.JSONField(blank=True, default=list, editable=False)),
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
                    "login_office",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        help_text="As which the institution logs in, if it does.",
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="bureau.office",
                        verbose_name="office in this system",
                    ),
                ),
                ("history_id", models.AutoField(primary_key=True, serialize=False)),
                ("history_date", models.DateTimeField(db_index=True)),
                ("history_change_reason", models.CharField(max_length=100, null=True)),
                (
                    "history_type",
                    models.CharField(choices=[("+", "Created"), ("~", "Changed"), ("-", "Deleted")], max_length=1),
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
                "verbose_name": "historical institution",
                "verbose_name_plural": "historical institutions",
                "ordering": ("-history_date", "-history_id"),
                "get_latest_by": ("history_date", "history_id"),
            },
            bases=(simple_history.models.HistoricalChanges, models.Model),
        ),
        migrations.CreateModel(
            name="Institution",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
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
                    models.CharField(blank=True, editable=False, max_length=200, verbose_name="reason of voiding"),
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
                        blank=True, help_text="Last day; empty while it lasts.", null=True, verbose_name="last day"
                    ),
                ),
                ("name", models.CharField(max_length=100, verbose_name="institution name")),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("legal_verification", "Legal verification institution"),
                            ("authorised_verification", "Authorised verification institution"),
                            ("special_authorisation", "Unit authorised for special verifications"),
                            ("type_evaluation", "Type-evaluation institution"),
                            ("industry_test_centre", "Industry metrology test centre"),
                            ("weighing_station", "Public weighing station"),
                            ("other_station", "Public measuring station, other than weighing"),
                            ("reference_material_producer", "Reference-material producer"),
                            ("unit", "Enterprise or public body with measurement standards of its own"),
                        ],
                        max_length=30,
                        verbose_name="kind of institution",
                    ),
                ),
                (
                    "tier",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("national", "National"),
                            ("regional", "Regional centre"),
                            ("provincial", "Provincial"),
                            ("municipal", "Municipal"),
                            ("county", "County"),
                        ],
                        max_length=20,
                        verbose_name="tier",
                    ),
                ),
                ("address", models.CharField(blank=True, max_length=200, verbose_name="address")),
                (
                    "credit_code",
                    bureau.models.fields.CreditCodeField(
                        blank=True, max_length=18, verbose_name="unified social credit code"
                    ),
                ),
                ("unverified", models.JSONField(blank=True, default=list, editable=False)),
                (
                    "login_office",
                    models.ForeignKey(
                        blank=True,
                        help_text="As which the institution logs in, if it does.",
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="bureau.office",
                        verbose_name="office in this system",
                    ),
                ),
            ],
            options={
                "verbose_name": "institution",
                "verbose_name_plural": "institutions",
                "ordering": ["-pk"],
                "abstract": False,
                "default_permissions": ("view", "add", "change", "void", "import", "export"),
                "indexes": [models.Index(fields=["begins_on", "ends_on"], name="standards_institution_days")],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            ("ends_on__isnull", True), ("ends_on__gte", models.F("begins_on")), _connector="OR"
                        ),
                        name="standards_institution_dates",
                        violation_error_message="It cannot end before it begins.",
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("voided_at__isnull", True)),
                        fields=("kind", "name", "begins_on"),
                        name="standards_institution_once",
                        violation_error_message="This institution is already on record in this capacity from that day.",
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("voided_at__isnull", True), ("ends_on__isnull", True)),
                        fields=("kind", "name", "region"),
                        name="standards_institution_present",
                        violation_error_message="This institution is already on record in this capacity and has not ended.",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="PaperRule",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("edition", models.CharField(max_length=40, verbose_name="edition")),
                ("effective_from", models.DateField(blank=True, null=True, verbose_name="in force from")),
                ("effective_to", models.DateField(blank=True, null=True, verbose_name="in force until")),
                ("is_verified", models.BooleanField(default=False, verbose_name="compared with the official text")),
                (
                    "event",
                    models.CharField(
                        choices=[
                            ("applied", "Application"),
                            ("accepted", "Application accepted"),
                            ("exam_begun", "Examination begun"),
                            ("established", "Set up: certificate issued"),
                            ("review_begun", "Re-examination begun"),
                            ("reexamined", "Re-examined: certificate issued"),
                            ("exam_failed", "Examination failed"),
                            ("replaced", "Equipment replaced"),
                            ("changed", "Specification, staff or environment changed"),
                            ("sealed", "Sealed"),
                            ("restored", "Restored to service"),
                            ("withdrawn", "Withdrawn by its unit"),
                            ("cancelled", "Cancelled by the authority"),
                        ],
                        max_length=20,
                        verbose_name="event",
                    ),
                ),
                (
                    "renews",
                    models.BooleanField(
                        default=False,
                        help_text="The list for standards that had a certificate before; otherwise for a new standard.",
                        verbose_name="for a re-examination",
                    ),
                ),
                (
                    "document",
                    models.CharField(help_text="Code of a kind of document.", max_length=40, verbose_name="document"),
                ),
                (
                    "is_required",
                    models.BooleanField(
                        default=True, help_text="Otherwise only where there is one.", verbose_name="required"
                    ),
                ),
                ("note", models.CharField(blank=True, max_length=100, verbose_name="note")),
            ],
            options={
                "verbose_name": "paper of an event",
                "verbose_name_plural": "papers of events",
                "ordering": ["edition", "event", "renews", "pk"],
                "abstract": False,
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            ("effective_to__isnull", True),
                            ("effective_from__isnull", True),
                            ("effective_to__gte", models.F("effective_from")),
                            _connector="OR",
                        ),
                        name="standards_paperrule_dates",
                        violation_error_message="A rule cannot end before it begins.",
                    ),
                    models.UniqueConstraint(
                        fields=("edition", "event", "renews", "document"),
                        name="standards_paperrule_once",
                        violation_error_message="This edition already lists the paper for this event.",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Specification",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
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
                    models.CharField(blank=True, editable=False, max_length=200, verbose_name="reason of voiding"),
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
                    "number",
                    standards.models.specification.NumberField(
                        blank=True,
                        help_text="As printed, for example JJG(冀) 121-2015 or JJF(京津冀) 3001-2021; empty before it is issued.",
                        max_length=40,
                        verbose_name="specification number",
                    ),
                ),
                ("number_key", models.CharField(blank=True, editable=False, max_length=40)),
                ("name", models.CharField(max_length=200, verbose_name="title of the specification")),
                ("name_en", models.CharField(blank=True, max_length=300, verbose_name="English title")),
                (
                    "kind",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("JJG", "Verification regulation (JJG)"),
                            ("JJF", "Calibration or other technical specification (JJF)"),
                        ],
                        max_length=10,
                        verbose_name="kind of specification",
                    ),
                ),
                (
                    "making",
                    models.CharField(
                        choices=[("new", "New text"), ("revision", "Revision of an earlier text")],
                        default="new",
                        max_length=10,
                        verbose_name="new or revised",
                    ),
                ),
                (
                    "joint_provinces",
                    models.CharField(
                        blank=True,
                        help_text="Short names of all provinces that issue the text together, such as 京津冀; empty for one alone.",
                        max_length=10,
                        verbose_name="joint provinces",
                    ),
                ),
                ("is_joint", models.BooleanField(default=False, editable=False, verbose_name="joint text")),
                (
                    "replaces",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="replaced_by",
                        to="standards.specification",
                        verbose_name="replaces the text",
                    ),
                ),
                ("organisation", models.CharField(blank=True, max_length=100, verbose_name="unit in charge")),
                ("drafting_units", models.CharField(blank=True, max_length=300, verbose_name="drafting units")),
                (
                    "drafters",
                    models.CharField(
                        blank=True, help_text="As printed in the text.", max_length=300, verbose_name="drafters"
                    ),
                ),
                ("planned_on", models.DateField(blank=True, null=True, verbose_name="planned on")),
                (
                    "due_on",
                    models.DateField(
                        blank=True, help_text="As the plan says.", null=True, verbose_name="to be issued by"
                    ),
                ),
                ("drafted_on", models.DateField(blank=True, null=True, verbose_name="drafted on")),
                ("issued_on", models.DateField(blank=True, null=True, verbose_name="published on")),
                ("in_force_on", models.DateField(blank=True, null=True, verbose_name="comes into force on")),
                ("revision_begun_on", models.DateField(blank=True, null=True, verbose_name="revision begun on")),
                (
                    "ended_on",
                    models.DateField(
                        blank=True,
                        help_text="The first day on which it is no longer in force.",
                        null=True,
                        verbose_name="ended on",
                    ),
                ),
                (
                    "ending",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("replaced", "Replaced"),
                            ("abolished", "Abolished"),
                            ("dropped", "Dropped from the plan"),
                        ],
                        max_length=10,
                        verbose_name="how it ended",
                    ),
                ),
                (
                    "review_due_on",
                    models.DateField(blank=True, editable=False, null=True, verbose_name="review due on"),
                ),
            ],
            options={
                "verbose_name": "local specification",
                "verbose_name_plural": "local specifications",
                "ordering": ["-pk"],
                "abstract": False,
                "default_permissions": ("view", "add", "change", "void", "import", "export"),
                "indexes": [
                    models.Index(fields=["in_force_on", "ended_on"], name="standards_spec_in_force"),
                    models.Index(fields=["planned_on"], name="standards_spec_planned"),
                ],
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("voided_at__isnull", True), models.Q(("number", ""), _negated=True)),
                        fields=("number",),
                        name="standards_specification_number",
                        violation_error_message="A specification with this number is already on record.",
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("voided_at__isnull", True), models.Q(("number_key", ""), _negated=True)),
                        fields=("number_key",),
                        name="standards_specification_same_number",
                        violation_error_message="A specification with this number is already on record, written in another way.",
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("voided_at__isnull", True), ("planned_on__isnull", False)),
                        fields=("name", "planned_on"),
                        name="standards_specification_project",
                        violation_error_message="A project of this title is already in the plan of that day.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("planned_on__isnull", True),
                                ("drafted_on__isnull", True),
                                ("planned_on__lte", models.F("drafted_on")),
                                _connector="OR",
                            ),
                            models.Q(
                                ("planned_on__isnull", True),
                                ("issued_on__isnull", True),
                                ("planned_on__lte", models.F("issued_on")),
                                _connector="OR",
                            ),
                            models.Q(
                                ("planned_on__isnull", True),
                                ("in_force_on__isnull", True),
                                ("planned_on__lte", models.F("in_force_on")),
                                _connector="OR",
                            ),
                            models.Q(
                                ("planned_on__isnull", True),
                                ("revision_begun_on__isnull", True),
                                ("planned_on__lte", models.F("revision_begun_on")),
                                _connector="OR",
                            ),
                            models.Q(
                                ("planned_on__isnull", True),
                                ("ended_on__isnull", True),
                                ("planned_on__lte", models.F("ended_on")),
                                _connector="OR",
                            ),
                            models.Q(
                                ("drafted_on__isnull", True),
                                ("issued_on__isnull", True),
                                ("drafted_on__lte", models.F("issued_on")),
                                _connector="OR",
                            ),
                            models.Q(
                                ("drafted_on__isnull", True),
                                ("in_force_on__isnull", True),
                                ("drafted_on__lte", models.F("in_force_on")),
                                _connector="OR",
                            ),
                            models.Q(
                                ("drafted_on__isnull", True),
                                ("revision_begun_on__isnull", True),
                                ("drafted_on__lte", models.F("revision_begun_on")),
                                _connector="OR",
                            ),
                            models.Q(
                                ("drafted_on__isnull", True),
                                ("ended_on__isnull", True),
                                ("drafted_on__lte", models.F("ended_on")),
                                _connector="OR",
                            ),
                            models.Q(
                                ("issued_on__isnull", True),
                                ("in_force_on__isnull", True),
                                ("issued_on__lte", models.F("in_force_on")),
                                _connector="OR",
                            ),
                            models.Q(
                                ("issued_on__isnull", True),
                                ("revision_begun_on__isnull", True),
                                ("issued_on__lte", models.F("revision_begun_on")),
                                _connector="OR",
                            ),
                            models.Q(
                                ("issued_on__isnull", True),
                                ("ended_on__isnull", True),
                                ("issued_on__lte", models.F("ended_on")),
                                _connector="OR",
                            ),
                            models.Q(
                                ("in_force_on__isnull", True),
                                ("revision_begun_on__isnull", True),
                                ("in_force_on__lte", models.F("revision_begun_on")),
                                _connector="OR",
                            ),
                            models.Q(
                                ("in_force_on__isnull", True),
                                ("ended_on__isnull", True),
                                ("in_force_on__lte", models.F("ended_on")),
                                _connector="OR",
                            ),
                            models.Q(
                                ("revision_begun_on__isnull", True),
                                ("ended_on__isnull", True),
                                ("revision_begun_on__lte", models.F("ended_on")),
                                _connector="OR",
                            ),
                        ),
                        name="standards_specification_order",
                        violation_error_message="The days of a specification follow each other: planned, drafted, issued, in force, revision begun, ended.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("in_force_on__isnull", True),
                                ("issued_on__isnull", True),
                                ("number", ""),
                                ("planned_on__isnull", False),
                            ),
                            models.Q(
                                models.Q(("number", ""), _negated=True),
                                models.Q(("issued_on__isnull", False), ("in_force_on__isnull", False), _connector="OR"),
                            ),
                            _connector="OR",
                        ),
                        name="standards_specification_issued",
                        violation_error_message="A specification that was issued has a number and the day of issue or of coming into force; one that was not has neither, but the day on which it was planned.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("revision_begun_on__isnull", True), ("in_force_on__isnull", False), _connector="OR"
                        ),
                        name="standards_specification_revision",
                        violation_error_message="Only a specification that is in force is revised.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("ended_on__isnull", True), ("ending", "")),
                            models.Q(("ended_on__isnull", False), ("ending", "dropped"), ("number", "")),
                            models.Q(
                                ("ended_on__isnull", False),
                                ("ending__in", ["replaced", "abolished"]),
                                ("in_force_on__isnull", False),
                            ),
                            _connector="OR",
                        ),
                        name="standards_specification_ending",
                        violation_error_message="An end has a day and a kind: what was in force is replaced or abolished, what was only planned is dropped from the plan.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("due_on__isnull", True), ("due_on__gte", models.F("planned_on")), _connector="OR"
                        ),
                        name="standards_specification_due",
                        violation_error_message="A project is to be issued after it is planned.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("replaces__isnull", True), ("making", "revision"), _connector="OR"),
                        name="standards_specification_replaces",
                        violation_error_message="A text that replaces another is a revision.",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="StandardRequirement",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("edition", models.CharField(max_length=40, verbose_name="edition")),
                ("effective_from", models.DateField(blank=True, null=True, verbose_name="in force from")),
                ("effective_to", models.DateField(blank=True, null=True, verbose_name="in force until")),
                ("is_verified", models.BooleanField(default=False, verbose_name="compared with the official text")),
                (
                    "repeatability_readings",
                    models.PositiveSmallIntegerField(
                        default=10,
                        help_text="Fewer are accepted with a reason.",
                        verbose_name="readings of a repeatability test",
                    ),
                ),
                (
                    "stability_groups",
                    models.PositiveSmallIntegerField(
                        default=4,
                        help_text="Fewer are accepted with a reason.",
                        verbose_name="groups of a stability check at set-up",
                    ),
                ),
                (
                    "group_months",
                    models.PositiveSmallIntegerField(
                        default=1,
                        help_text="A group follows more than so many months later.",
                        verbose_name="months between two groups",
                    ),
                ),
                (
                    "has_yearly_records",
                    models.BooleanField(
                        default=True,
                        help_text="A re-examination needs a record of repeatability and of stability for each year of validity.",
                        verbose_name="a record each year",
                    ),
                ),
                ("persons", models.PositiveSmallIntegerField(default=2, verbose_name="qualified persons")),
                (
                    "rectification_days",
                    models.PositiveSmallIntegerField(
                        default=21,
                        help_text="Fifteen working days are three weeks.",
                        verbose_name="days for rectification",
                    ),
                ),
                (
                    "repeatability_clause",
                    models.CharField(blank=True, max_length=40, verbose_name="clause on repeatability"),
                ),
                ("stability_clause", models.CharField(blank=True, max_length=40, verbose_name="clause on stability")),
                (
                    "reexamination_clause",
                    models.CharField(blank=True, max_length=40, verbose_name="clause on re-examination"),
                ),
            ],
            options={
                "verbose_name": "requirement of JJF 1033",
                "verbose_name_plural": "requirements of JJF 1033",
                "ordering": ["effective_from", "pk"],
                "abstract": False,
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            ("effective_to__isnull", True),
                            ("effective_from__isnull", True),
                            ("effective_to__gte", models.F("effective_from")),
                            _connector="OR",
                        ),
                        name="standards_standardrequirement_dates",
                        violation_error_message="A rule cannot end before it begins.",
                    ),
                    models.UniqueConstraint(
                        fields=("edition",),
                        name="standards_standardrequirement_edition",
                        violation_error_message="This edition is in the table already.",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="HistoricalMeasurementStandard",
            fields=[
                ("id", models.BigIntegerField(auto_created=True, blank=True, db_index=True, verbose_name="ID")),
                ("created_at", models.DateTimeField(editable=False, verbose_name="entered at")),
                ("updated_at", models.DateTimeField(editable=False, verbose_name="changed at")),
                ("version", models.PositiveIntegerField(default=1, editable=False, verbose_name="version")),
                ("voided_at", models.DateTimeField(editable=False, null=True, verbose_name="voided at")),
                (
                    "void_reason",
                    models.CharField(blank=True, editable=False, max_length=200, verbose_name="reason of voiding"),
                ),
                ("import_id", models.BigIntegerField(editable=False, null=True, verbose_name="import number")),
                (
                    "import_row",
                    models.PositiveIntegerField(editable=False, null=True, verbose_name="row of the import"),
                ),
                ("import_version", models.PositiveIntegerField(editable=False, null=True)),
                ("name", models.CharField(max_length=100, verbose_name="name of the standard")),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("public", "Public measurement standard"),
                            ("department_highest", "Highest standard of a department"),
                            ("enterprise_highest", "Highest standard of an enterprise"),
                            ("authorised", "Authorised standard"),
                        ],
                        default="public",
                        max_length=20,
                        verbose_name="kind of standard",
                    ),
                ),
                (
                    "tier",
                    models.CharField(
                        choices=[
                            ("regional", "Regional centre"),
                            ("provincial", "Provincial"),
                            ("municipal", "Municipal"),
                            ("county", "County"),
                        ],
                        max_length=20,
                        verbose_name="tier",
                    ),
                ),
                (
                    "grade",
                    models.CharField(
                        choices=[("highest", "Highest"), ("working", "Working")], max_length=20, verbose_name="grade"
                    ),
                ),
                (
                    "classification_code",
                    bureau.models.fields.CodeField(
                        blank=True,
                        help_text="Eight digits of JJF 1022; the first two are those of the field, for example 12.",
                        max_length=8,
                        verbose_name="classification code",
                    ),
                ),
                ("holder", models.CharField(max_length=100, verbose_name="establishing unit")),
                ("place", models.CharField(blank=True, max_length=100, verbose_name="place kept")),
                (
                    "original_value",
                    models.DecimalField(
                        blank=True,
                        decimal_places=2,
                        max_digits=14,
                        null=True,
                        validators=[django.core.validators.MinValueValidator(0)],
                        verbose_name="original value (yuan)",
                    ),
                ),
                (
                    "temperature_needed",
                    models.CharField(
                        blank=True,
                        help_text="For example (20 ± 2) ℃.",
                        max_length=60,
                        verbose_name="temperature needed",
                    ),
                ),
                (
                    "humidity_needed",
                    models.CharField(
                        blank=True,
                        help_text="For example (30–70) %.",
                        max_length=60,
                        verbose_name="relative humidity needed",
                    ),
                ),
                (
                    "environment",
                    models.CharField(
                        blank=True,
                        help_text="What else the room has to offer, and how it is kept up and recorded.",
                        max_length=300,
                        verbose_name="environment and facilities",
                    ),
                ),
                ("measuring_range", models.CharField(max_length=200, verbose_name="measuring range")),
                (
                    "uncertainty",
                    models.CharField(
                        help_text="As printed on the certificate, for example U = 0.02 mm (k = 2) or class 0.05.",
                        max_length=200,
                        verbose_name="uncertainty, accuracy class or maximum permissible error",
                    ),
                ),
                ("issuing_authority", models.CharField(max_length=100, verbose_name="issuing authority")),
                (
                    "certificate_no",
                    bureau.models.fields.CodeField(
                        blank=True,
                        help_text="As printed, for example [2016] 辽量标 证字第 001 号.",
                        max_length=60,
                        verbose_name="certificate no.",
                    ),
                ),
                (
                    "former_certificate_no",
                    bureau.models.fields.CodeField(
                        blank=True,
                        help_text="Of the certificate that this one renews. With it, a new number and date are a re-examination.",
                        max_length=60,
                        verbose_name="former certificate no.",
                    ),
                ),
                ("issued_on", models.DateField(blank=True, null=True, verbose_name="issued on")),
                ("valid_until", models.DateField(blank=True, null=True, verbose_name="valid until")),
                (
                    "established_on",
                    models.DateField(
                        blank=True,
                        help_text="Date of the first certificate; the same as the date of issue if empty.",
                        null=True,
                        verbose_name="set up on",
                    ),
                ),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("draft", "Being set up"),
                            ("new_exam", "Examination of a new standard under way"),
                            ("valid", "In service"),
                            ("review", "Re-examination under way"),
                            ("sealed", "Sealed"),
                            ("revoked", "Withdrawn by its unit"),
                            ("cancelled", "Cancelled by the authority"),
                        ],
                        default="valid",
                        editable=False,
                        max_length=20,
                        verbose_name="state",
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
                    "field",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="standards.measurementfield",
                        verbose_name="field",
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
                        verbose_name="institution on record",
                    ),
                ),
                ("history_id", models.AutoField(primary_key=True, serialize=False)),
                ("history_date", models.DateTimeField(db_index=True)),
                ("history_change_reason", models.CharField(max_length=100, null=True)),
                (
                    "history_type",
                    models.CharField(choices=[("+", "Created"), ("~", "Changed"), ("-", "Deleted")], max_length=1),
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
                "verbose_name": "historical measurement standard",
                "verbose_name_plural": "historical measurement standards",
                "ordering": ("-history_date", "-history_id"),
                "get_latest_by": ("history_date", "history_id"),
            },
            bases=(simple_history.models.HistoricalChanges, models.Model),
        ),
        migrations.CreateModel(
            name="MeasurementStandard",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
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
                    models.CharField(blank=True, editable=False, max_length=200, verbose_name="reason of voiding"),
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
                ("name", models.CharField(max_length=100, verbose_name="name of the standard")),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("public", "Public measurement standard"),
                            ("department_highest", "Highest standard of a department"),
                            ("enterprise_highest", "Highest standard of an enterprise"),
                            ("authorised", "Authorised standard"),
                        ],
                        default="public",
                        max_length=20,
                        verbose_name="kind of standard",
                    ),
                ),
                (
                    "tier",
                    models.CharField(
                        choices=[
                            ("regional", "Regional centre"),
                            ("provincial", "Provincial"),
                            ("municipal", "Municipal"),
                            ("county", "County"),
                        ],
                        max_length=20,
                        verbose_name="tier",
                    ),
                ),
                (
                    "grade",
                    models.CharField(
                        choices=[("highest", "Highest"), ("working", "Working")], max_length=20, verbose_name="grade"
                    ),
                ),
                (
                    "field",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="standards.measurementfield",
                        verbose_name="field",
                    ),
                ),
                (
                    "classification_code",
                    bureau.models.fields.CodeField(
                        blank=True,
                        help_text="Eight digits of JJF 1022; the first two are those of the field, for example 12.",
                        max_length=8,
                        verbose_name="classification code",
                    ),
                ),
                ("holder", models.CharField(max_length=100, verbose_name="establishing unit")),
                (
                    "institution",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="standards",
                        to="standards.institution",
                        verbose_name="institution on record",
                    ),
                ),
                ("place", models.CharField(blank=True, max_length=100, verbose_name="place kept")),
                (
                    "original_value",
                    models.DecimalField(
                        blank=True,
                        decimal_places=2,
                        max_digits=14,
                        null=True,
                        validators=[django.core.validators.MinValueValidator(0)],
                        verbose_name="original value (yuan)",
                    ),
                ),
                (
                    "temperature_needed",
                    models.CharField(
                        blank=True,
                        help_text="For example (20 ± 2) ℃.",
                        max_length=60,
                        verbose_name="temperature needed",
                    ),
                ),
                (
                    "humidity_needed",
                    models.CharField(
                        blank=True,
                        help_text="For example (30–70) %.",
                        max_length=60,
                        verbose_name="relative humidity needed",
                    ),
                ),
                (
                    "environment",
                    models.CharField(
                        blank=True,
                        help_text="What else the room has to offer, and how it is kept up and recorded.",
                        max_length=300,
                        verbose_name="environment and facilities",
                    ),
                ),
                ("measuring_range", models.CharField(max_length=200, verbose_name="measuring range")),
                (
                    "uncertainty",
                    models.CharField(
                        help_text="As printed on the certificate, for example U = 0.02 mm (k = 2) or class 0.05.",
                        max_length=200,
                        verbose_name="uncertainty, accuracy class or maximum permissible error",
                    ),
                ),
                ("issuing_authority", models.CharField(max_length=100, verbose_name="issuing authority")),
                (
                    "certificate_no",
                    bureau.models.fields.CodeField(
                        blank=True,
                        help_text="As printed, for example [2016] 辽量标 证字第 001 号.",
                        max_length=60,
                        verbose_name="certificate no.",
                    ),
                ),
                (
                    "former_certificate_no",
                    bureau.models.fields.CodeField(
                        blank=True,
                        help_text="Of the certificate that this one renews. With it, a new number and date are a re-examination.",
                        max_length=60,
                        verbose_name="former certificate no.",
                    ),
                ),
                ("issued_on", models.DateField(blank=True, null=True, verbose_name="issued on")),
                ("valid_until", models.DateField(blank=True, null=True, verbose_name="valid until")),
                (
                    "established_on",
                    models.DateField(
                        blank=True,
                        help_text="Date of the first certificate; the same as the date of issue if empty.",
                        null=True,
                        verbose_name="set up on",
                    ),
                ),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("draft", "Being set up"),
                            ("new_exam", "Examination of a new standard under way"),
                            ("valid", "In service"),
                            ("review", "Re-examination under way"),
                            ("sealed", "Sealed"),
                            ("revoked", "Withdrawn by its unit"),
                            ("cancelled", "Cancelled by the authority"),
                        ],
                        default="valid",
                        editable=False,
                        max_length=20,
                        verbose_name="state",
                    ),
                ),
                ("remark", models.CharField(blank=True, max_length=200, verbose_name="remark")),
            ],
            options={
                "verbose_name": "measurement standard",
                "verbose_name_plural": "measurement standards",
                "ordering": ["-pk"],
                "abstract": False,
                "default_permissions": ("view", "add", "change", "void", "import", "export"),
                "indexes": [
                    models.Index(fields=["region", "established_on"], name="standards_std_region_est"),
                    models.Index(fields=["state", "valid_until"], name="standards_std_due"),
                ],
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(
                            ("voided_at__isnull", True), models.Q(("certificate_no", ""), _negated=True)
                        ),
                        fields=("issuing_authority", "certificate_no"),
                        name="standards_measurementstandard_certificate",
                        violation_error_message="This authority already issued a certificate with this number.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("certificate_no", ""), ("issued_on__isnull", True), ("valid_until__isnull", True)
                            ),
                            models.Q(
                                models.Q(("certificate_no", ""), _negated=True),
                                ("issued_on__isnull", False),
                                ("valid_until__isnull", False),
                            ),
                            _connector="OR",
                        ),
                        name="standards_measurementstandard_complete",
                        violation_error_message="A certificate has a number, a date of issue and a last day; a standard that is still being set up has none of the three.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("valid_until__gte", models.F("issued_on"))),
                        name="standards_measurementstandard_validity",
                        violation_error_message="The certificate cannot run out before it is issued.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("established_on__lte", models.F("issued_on"))),
                        name="standards_measurementstandard_established",
                        violation_error_message="The standard cannot be set up after its certificate was issued.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("original_value__isnull", True), ("original_value__gte", 0), _connector="OR"
                        ),
                        name="standards_measurementstandard_value",
                        violation_error_message="A value cannot be below zero.",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Comparison",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
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
                    models.CharField(blank=True, editable=False, max_length=200, verbose_name="reason of voiding"),
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
                    "number",
                    bureau.models.fields.CodeField(
                        help_text="As in the plan, for example 2026-LN-03.",
                        max_length=40,
                        verbose_name="comparison no.",
                    ),
                ),
                ("name", models.CharField(max_length=100, verbose_name="name of the comparison")),
                (
                    "level",
                    models.CharField(
                        choices=[
                            ("national", "National comparison"),
                            ("provincial", "Provincial comparison"),
                            ("municipal", "Municipal comparison"),
                            ("county", "County comparison"),
                        ],
                        max_length=20,
                        verbose_name="level of the comparison",
                    ),
                ),
                (
                    "field",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="standards.measurementfield",
                        verbose_name="field",
                    ),
                ),
                ("organiser", models.CharField(max_length=100, verbose_name="organised by")),
                (
                    "basis",
                    models.CharField(
                        blank=True,
                        help_text="Number of the notice or plan by which it is held.",
                        max_length=200,
                        verbose_name="basis",
                    ),
                ),
                (
                    "transfer_standard",
                    models.CharField(
                        help_text="Name, model and serial number.", max_length=200, verbose_name="transfer standard"
                    ),
                ),
                ("begins_on", models.DateField(verbose_name="begins on")),
                (
                    "results_due_on",
                    models.DateField(
                        blank=True,
                        help_text="Last day; what comes later is marked as late.",
                        null=True,
                        verbose_name="results due on",
                    ),
                ),
                (
                    "disclosed_on",
                    models.DateField(
                        blank=True,
                        help_text="Results handed in later are kept but do not count; empty: the day of the report.",
                        null=True,
                        verbose_name="reference values made known on",
                    ),
                ),
                ("reported_on", models.DateField(blank=True, null=True, verbose_name="report issued on")),
                ("remark", models.CharField(blank=True, max_length=200, verbose_name="remark")),
            ],
            options={
                "verbose_name": "comparison",
                "verbose_name_plural": "comparisons",
                "ordering": ["-begins_on", "-pk"],
                "abstract": False,
                "default_permissions": ("view", "add", "change", "void", "import", "export"),
                "indexes": [models.Index(fields=["region", "reported_on"], name="standards_comparison_reported")],
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("voided_at__isnull", True)),
                        fields=("organiser", "number"),
                        name="standards_comparison_number",
                        violation_error_message="This organiser already has a comparison with this number.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("results_due_on__gte", models.F("begins_on"))),
                        name="standards_comparison_due",
                        violation_error_message="Results cannot be due before the comparison begins.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("disclosed_on__gte", models.F("begins_on"))),
                        name="standards_comparison_disclosed",
                        violation_error_message="Reference values cannot be made known before the comparison begins.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("disclosed_on__gte", models.F("results_due_on"))),
                        name="standards_comparison_disclosed_after_due",
                        violation_error_message="Reference values are made known after the results are due (JJF 1117).",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("reported_on__gte", models.F("begins_on"))),
                        name="standards_comparison_reported",
                        violation_error_message="The report cannot be issued before the comparison begins.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("reported_on__gte", models.F("disclosed_on"))),
                        name="standards_comparison_reported_after_disclosed",
                        violation_error_message="The report makes the reference values known: they cannot be so later.",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="HistoricalComparison",
            fields=[
                ("id", models.BigIntegerField(auto_created=True, blank=True, db_index=True, verbose_name="ID")),
                ("created_at", models.DateTimeField(editable=False, verbose_name="entered at")),
                ("updated_at", models.DateTimeField(editable=False, verbose_name="changed at")),
                ("version", models.PositiveIntegerField(default=1, editable=False, verbose_name="version")),
                ("voided_at", models.DateTimeField(editable=False, null=True, verbose_name="voided at")),
                (
                    "void_reason",
                    models.CharField(blank=True, editable=False, max_length=200, verbose_name="reason of voiding"),
                ),
                ("import_id", models.BigIntegerField(editable=False, null=True, verbose_name="import number")),
                (
                    "import_row",
                    models.PositiveIntegerField(editable=False, null=True, verbose_name="row of the import"),
                ),
                ("import_version", models.PositiveIntegerField(editable=False, null=True)),
                (
                    "number",
                    bureau.models.fields.CodeField(
                        help_text="As in the plan, for example 2026-LN-03.",
                        max_length=40,
                        verbose_name="comparison no.",
                    ),
                ),
                ("name", models.CharField(max_length=100, verbose_name="name of the comparison")),
                (
                    "level",
                    models.CharField(
                        choices=[
                            ("national", "National comparison"),
                            ("provincial", "Provincial comparison"),
                            ("municipal", "Municipal comparison"),
                            ("county", "County comparison"),
                        ],
                        max_length=20,
                        verbose_name="level of the comparison",
                    ),
                ),
                ("organiser", models.CharField(max_length=100, verbose_name="organised by")),
                (
                    "basis",
                    models.CharField(
                        blank=True,
                        help_text="Number of the notice or plan by which it is held.",
                        max_length=200,
                        verbose_name="basis",
                    ),
                ),
                (
                    "transfer_standard",
                    models.CharField(
                        help_text="Name, model and serial number.", max_length=200, verbose_name="transfer standard"
                    ),
                ),
                ("begins_on", models.DateField(verbose_name="begins on")),
                (
                    "results_due_on",
                    models.DateField(
                        blank=True,
                        help_text="Last day; what comes later is marked as late.",
                        null=True,
                        verbose_name="results due on",
                    ),
                ),
                (
                    "disclosed_on",
                    models.DateField(
                        blank=True,
                        help_text="Results handed in later are kept but do not count; empty: the day of the report.",
                        null=True,
                        verbose_name="reference values made known on",
                    ),
                ),
                ("reported_on", models.DateField(blank=True, null=True, verbose_name="report issued on")),
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
                    "field",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="standards.measurementfield",
                        verbose_name="field",
                    ),
                ),
                ("history_id", models.AutoField(primary_key=True, serialize=False)),
                ("history_date", models.DateTimeField(db_index=True)),
                ("history_change_reason", models.CharField(max_length=100, null=True)),
                (
                    "history_type",
                    models.CharField(choices=[("+", "Created"), ("~", "Changed"), ("-", "Deleted")], max_length=1),
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
                "verbose_name": "historical comparison",
                "verbose_name_plural": "historical comparisons",
                "ordering": ("-history_date", "-history_id"),
                "get_latest_by": ("history_date", "history_id"),
            },
            bases=(simple_history.models.HistoricalChanges, models.Model),
        ),
        migrations.CreateModel(
            name="Authorisation",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
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
                    models.CharField(blank=True, editable=False, max_length=200, verbose_name="reason of voiding"),
                ),
                ("import_id", models.BigIntegerField(editable=False, null=True, verbose_name="import number")),
                (
                    "import_row",
                    models.PositiveIntegerField(editable=False, null=True, verbose_name="row of the import"),
                ),
                ("import_version", models.PositiveIntegerField(editable=False, null=True)),
                (
                    "institution",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="authorisations",
                        to="standards.institution",
                        verbose_name="institution",
                    ),
                ),
                ("authority", models.CharField(max_length=100, verbose_name="issuing authority")),
                ("certificate_no", bureau.models.fields.CodeField(max_length=60, verbose_name="certificate no.")),
                ("issued_on", models.DateField(verbose_name="issued on")),
                ("valid_until", models.DateField(blank=True, null=True, verbose_name="valid until")),
            ],
            options={
                "verbose_name": "authorisation",
                "verbose_name_plural": "authorisations",
                "ordering": ["-issued_on", "pk"],
                "abstract": False,
                "default_permissions": ("view", "add", "change", "void", "import", "export"),
                "indexes": [models.Index(fields=["valid_until"], name="standards_authorisation_due")],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            ("valid_until__isnull", True), ("valid_until__gte", models.F("issued_on")), _connector="OR"
                        ),
                        name="standards_authorisation_validity",
                        violation_error_message="The certificate cannot run out before it is issued.",
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("voided_at__isnull", True)),
                        fields=("authority", "certificate_no"),
                        name="standards_authorisation_certificate",
                        violation_error_message="This authority already issued a certificate with this number.",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="AuthorisedItem",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
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
                    models.CharField(blank=True, editable=False, max_length=200, verbose_name="reason of voiding"),
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
                        blank=True, help_text="Last day; empty while it lasts.", null=True, verbose_name="last day"
                    ),
                ),
                (
                    "institution",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="authorised_items",
                        to="standards.institution",
                        verbose_name="institution",
                    ),
                ),
                (
                    "service",
                    models.CharField(
                        choices=[
                            ("verification", "Verification"),
                            ("calibration", "Calibration"),
                            ("test", "Test"),
                            ("type_evaluation", "Type evaluation"),
                        ],
                        max_length=20,
                        verbose_name="service",
                    ),
                ),
                ("name", models.CharField(max_length=100, verbose_name="item")),
                ("measuring_range", models.CharField(max_length=200, verbose_name="measuring range")),
                (
                    "accuracy",
                    models.CharField(
                        blank=True,
                        max_length=200,
                        verbose_name="uncertainty, accuracy class or maximum permissible error",
                    ),
                ),
                ("specification", models.CharField(blank=True, max_length=200, verbose_name="specification followed")),
            ],
            options={
                "verbose_name": "authorised item",
                "verbose_name_plural": "authorised items",
                "ordering": ["name", "-begins_on", "pk"],
                "abstract": False,
                "default_permissions": ("view", "add", "change", "void", "import", "export"),
                "indexes": [models.Index(fields=["begins_on", "ends_on"], name="standards_authitem_days")],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            ("ends_on__isnull", True), ("ends_on__gte", models.F("begins_on")), _connector="OR"
                        ),
                        name="standards_authoriseditem_dates",
                        violation_error_message="It cannot end before it begins.",
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("voided_at__isnull", True)),
                        fields=("institution", "service", "name", "measuring_range", "begins_on"),
                        name="standards_authoriseditem_once",
                        violation_error_message="This item of the institution is already on record from that day.",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="HistoricalAuthorisation",
            fields=[
                ("id", models.BigIntegerField(auto_created=True, blank=True, db_index=True, verbose_name="ID")),
                ("created_at", models.DateTimeField(editable=False, verbose_name="entered at")),
                ("updated_at", models.DateTimeField(editable=False, verbose_name="changed at")),
                ("version", models.PositiveIntegerField(default=1, editable=False, verbose_name="version")),
                ("voided_at", models.DateTimeField(editable=False, null=True, verbose_name="voided at")),
                (
                    "void_reason",
                    models.CharField(blank=True, editable=False, max_length=200, verbose_name="reason of voiding"),
                ),
                ("import_id", models.BigIntegerField(editable=False, null=True, verbose_name="import number")),
                (
                    "import_row",
                    models.PositiveIntegerField(editable=False, null=True, verbose_name="row of the import"),
                ),
                ("import_version", models.PositiveIntegerField(editable=False, null=True)),
                ("authority", models.CharField(max_length=100, verbose_name="issuing authority")),
                ("certificate_no", bureau.models.fields.CodeField(max_length=60, verbose_name="certificate no.")),
                ("issued_on", models.DateField(verbose_name="issued on")),
                ("valid_until", models.DateField(blank=True, null=True, verbose_name="valid until")),
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
                    models.CharField(choices=[("+", "Created"), ("~", "Changed"), ("-", "Deleted")], max_length=1),
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
                "verbose_name": "historical authorisation",
                "verbose_name_plural": "historical authorisations",
                "ordering": ("-history_date", "-history_id"),
                "get_latest_by": ("history_date", "history_id"),
            },
            bases=(simple_history.models.HistoricalChanges, models.Model),
        ),
        migrations.CreateModel(
            name="HistoricalAuthorisedItem",
            fields=[
                ("id", models.BigIntegerField(auto_created=True, blank=True, db_index=True, verbose_name="ID")),
                ("created_at", models.DateTimeField(editable=False, verbose_name="entered at")),
                ("updated_at", models.DateTimeField(editable=False, verbose_name="changed at")),
                ("version", models.PositiveIntegerField(default=1, editable=False, verbose_name="version")),
                ("voided_at", models.DateTimeField(editable=False, null=True, verbose_name="voided at")),
                (
                    "void_reason",
                    models.CharField(blank=True, editable=False, max_length=200, verbose_name="reason of voiding"),
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
                        blank=True, help_text="Last day; empty while it lasts.", null=True, verbose_name="last day"
                    ),
                ),
                (
                    "service",
                    models.CharField(
                        choices=[
                            ("verification", "Verification"),
                            ("calibration", "Calibration"),
                            ("test", "Test"),
                            ("type_evaluation", "Type evaluation"),
                        ],
                        max_length=20,
                        verbose_name="service",
                    ),
                ),
                ("name", models.CharField(max_length=100, verbose_name="item")),
                ("measuring_range", models.CharField(max_length=200, verbose_name="measuring range")),
                (
                    "accuracy",
                    models.CharField(
                        blank=True,
                        max_length=200,
                        verbose_name="uncertainty, accuracy class or maximum permissible error",
                    ),
                ),
                ("specification", models.CharField(blank=True, max_length=200, verbose_name="specification followed")),
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
                    models.CharField(choices=[("+", "Created"), ("~", "Changed"), ("-", "Deleted")], max_length=1),
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
                "verbose_name": "historical authorised item",
                "verbose_name_plural": "historical authorised items",
                "ordering": ("-history_date", "-history_id"),
                "get_latest_by": ("history_date", "history_id"),
            },
            bases=(simple_history.models.HistoricalChanges, models.Model),
        ),
        migrations.CreateModel(
            name="HistoricalReferenceMaterialProduct",
            fields=[
                ("id", models.BigIntegerField(auto_created=True, blank=True, db_index=True, verbose_name="ID")),
                ("created_at", models.DateTimeField(editable=False, verbose_name="entered at")),
                ("updated_at", models.DateTimeField(editable=False, verbose_name="changed at")),
                ("version", models.PositiveIntegerField(default=1, editable=False, verbose_name="version")),
                ("voided_at", models.DateTimeField(editable=False, null=True, verbose_name="voided at")),
                (
                    "void_reason",
                    models.CharField(blank=True, editable=False, max_length=200, verbose_name="reason of voiding"),
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
                        blank=True, help_text="Last day; empty while it lasts.", null=True, verbose_name="last day"
                    ),
                ),
                (
                    "code",
                    bureau.models.fields.CodeField(
                        help_text="As approved, for example GBW(E) 080123.",
                        max_length=30,
                        verbose_name="reference material no.",
                    ),
                ),
                ("name", models.CharField(max_length=100, verbose_name="reference material")),
                (
                    "level",
                    models.CharField(
                        choices=[
                            ("primary", "Primary reference material (GBW)"),
                            ("secondary", "Secondary reference material (GBW(E))"),
                        ],
                        max_length=20,
                        verbose_name="level",
                    ),
                ),
                (
                    "certified_value",
                    models.CharField(blank=True, max_length=200, verbose_name="certified value and uncertainty"),
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
                    models.CharField(choices=[("+", "Created"), ("~", "Changed"), ("-", "Deleted")], max_length=1),
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
                "verbose_name": "historical reference material product",
                "verbose_name_plural": "historical reference material products",
                "ordering": ("-history_date", "-history_id"),
                "get_latest_by": ("history_date", "history_id"),
            },
            bases=(simple_history.models.HistoricalChanges, models.Model),
        ),
        migrations.CreateModel(
            name="HistoricalSpecification",
            fields=[
                ("id", models.BigIntegerField(auto_created=True, blank=True, db_index=True, verbose_name="ID")),
                ("created_at", models.DateTimeField(editable=False, verbose_name="entered at")),
                ("updated_at", models.DateTimeField(editable=False, verbose_name="changed at")),
                ("version", models.PositiveIntegerField(default=1, editable=False, verbose_name="version")),
                ("voided_at", models.DateTimeField(editable=False, null=True, verbose_name="voided at")),
                (
                    "void_reason",
                    models.CharField(blank=True, editable=False, max_length=200, verbose_name="reason of voiding"),
                ),
                ("import_id", models.BigIntegerField(editable=False, null=True, verbose_name="import number")),
                (
                    "import_row",
                    models.PositiveIntegerField(editable=False, null=True, verbose_name="row of the import"),
                ),
                ("import_version", models.PositiveIntegerField(editable=False, null=True)),
                (
                    "number",
                    standards.models.specification.NumberField(
                        blank=True,
                        help_text="As printed, for example JJG(冀) 121-2015 or JJF(京津冀) 3001-2021; empty before it is issued.",
                        max_length=40,
                        verbose_name="specification number",
                    ),
                ),
                ("number_key", models.CharField(blank=True, editable=False, max_length=40)),
                ("name", models.CharField(max_length=200, verbose_name="title of the specification")),
                ("name_en", models.CharField(blank=True, max_length=300, verbose_name="English title")),
                (
                    "kind",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("JJG", "Verification regulation (JJG)"),
                            ("JJF", "Calibration or other technical specification (JJF)"),
                        ],
                        max_length=10,
                        verbose_name="kind of specification",
                    ),
                ),
                (
                    "making",
                    models.CharField(
                        choices=[("new", "New text"), ("revision", "Revision of an earlier text")],
                        default="new",
                        max_length=10,
                        verbose_name="new or revised",
                    ),
                ),
                (
                    "joint_provinces",
                    models.CharField(
                        blank=True,
                        help_text="Short names of all provinces that issue the text together, such as 京津冀; empty for one alone.",
                        max_length=10,
                        verbose_name="joint provinces",
                    ),
                ),
                ("is_joint", models.BooleanField(default=False, editable=False, verbose_name="joint text")),
                ("organisation", models.CharField(blank=True, max_length=100, verbose_name="unit in charge")),
                ("drafting_units", models.CharField(blank=True, max_length=300, verbose_name="drafting units")),
                (
                    "drafters",
                    models.CharField(
                        blank=True, help_text="As printed in the text.", max_length=300, verbose_name="drafters"
                    ),
                ),
                ("planned_on", models.DateField(blank=True, null=True, verbose_name="planned on")),
                (
                    "due_on",
                    models.DateField(
                        blank=True, help_text="As the plan says.", null=True, verbose_name="to be issued by"
                    ),
                ),
                ("drafted_on", models.DateField(blank=True, null=True, verbose_name="drafted on")),
                ("issued_on", models.DateField(blank=True, null=True, verbose_name="published on")),
                ("in_force_on", models.DateField(blank=True, null=True, verbose_name="comes into force on")),
                ("revision_begun_on", models.DateField(blank=True, null=True, verbose_name="revision begun on")),
                (
                    "ended_on",
                    models.DateField(
                        blank=True,
                        help_text="The first day on which it is no longer in force.",
                        null=True,
                        verbose_name="ended on",
                    ),
                ),
                (
                    "ending",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("replaced", "Replaced"),
                            ("abolished", "Abolished"),
                            ("dropped", "Dropped from the plan"),
                        ],
                        max_length=10,
                        verbose_name="how it ended",
                    ),
                ),
                (
                    "review_due_on",
                    models.DateField(blank=True, editable=False, null=True, verbose_name="review due on"),
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
                    "replaces",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="standards.specification",
                        verbose_name="replaces the text",
                    ),
                ),
                ("history_id", models.AutoField(primary_key=True, serialize=False)),
                ("history_date", models.DateTimeField(db_index=True)),
                ("history_change_reason", models.CharField(max_length=100, null=True)),
                (
                    "history_type",
                    models.CharField(choices=[("+", "Created"), ("~", "Changed"), ("-", "Deleted")], max_length=1),
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
                "verbose_name": "historical local specification",
                "verbose_name_plural": "historical local specifications",
                "ordering": ("-history_date", "-history_id"),
                "get_latest_by": ("history_date", "history_id"),
            },
            bases=(simple_history.models.HistoricalChanges, models.Model),
        ),
        migrations.CreateModel(
            name="HistoricalSpecificationReview",
            fields=[
                ("id", models.BigIntegerField(auto_created=True, blank=True, db_index=True, verbose_name="ID")),
                ("created_at", models.DateTimeField(editable=False, verbose_name="entered at")),
                ("updated_at", models.DateTimeField(editable=False, verbose_name="changed at")),
                ("version", models.PositiveIntegerField(default=1, editable=False, verbose_name="version")),
                ("voided_at", models.DateTimeField(editable=False, null=True, verbose_name="voided at")),
                (
                    "void_reason",
                    models.CharField(blank=True, editable=False, max_length=200, verbose_name="reason of voiding"),
                ),
                ("import_id", models.BigIntegerField(editable=False, null=True, verbose_name="import number")),
                (
                    "import_row",
                    models.PositiveIntegerField(editable=False, null=True, verbose_name="row of the import"),
                ),
                ("import_version", models.PositiveIntegerField(editable=False, null=True)),
                ("on", models.DateField(verbose_name="reviewed on")),
                (
                    "conclusion",
                    models.CharField(
                        choices=[
                            ("keep", "Stays in force"),
                            ("revise", "To be revised"),
                            ("abolish", "To be abolished"),
                        ],
                        max_length=10,
                        verbose_name="conclusion",
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
                    "specification",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="standards.specification",
                        verbose_name="local specification",
                    ),
                ),
                ("history_id", models.AutoField(primary_key=True, serialize=False)),
                ("history_date", models.DateTimeField(db_index=True)),
                ("history_change_reason", models.CharField(max_length=100, null=True)),
                (
                    "history_type",
                    models.CharField(choices=[("+", "Created"), ("~", "Changed"), ("-", "Deleted")], max_length=1),
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
                "verbose_name": "historical review of a specification",
                "verbose_name_plural": "historical reviews of specifications",
                "ordering": ("-history_date", "-history_id"),
                "get_latest_by": ("history_date", "history_id"),
            },
            bases=(simple_history.models.HistoricalChanges, models.Model),
        ),
        migrations.CreateModel(
            name="HistoricalTechnician",
            fields=[
                ("id", models.BigIntegerField(auto_created=True, blank=True, db_index=True, verbose_name="ID")),
                ("created_at", models.DateTimeField(editable=False, verbose_name="entered at")),
                ("updated_at", models.DateTimeField(editable=False, verbose_name="changed at")),
                ("version", models.PositiveIntegerField(default=1, editable=False, verbose_name="version")),
                ("voided_at", models.DateTimeField(editable=False, null=True, verbose_name="voided at")),
                (
                    "void_reason",
                    models.CharField(blank=True, editable=False, max_length=200, verbose_name="reason of voiding"),
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
                        blank=True, help_text="Last day; empty while it lasts.", null=True, verbose_name="last day"
                    ),
                ),
                (
                    "staff_no",
                    bureau.models.fields.CodeField(
                        help_text="By which the institution knows the person; no identity card.",
                        max_length=30,
                        verbose_name="staff no.",
                    ),
                ),
                ("name", models.CharField(max_length=50, verbose_name="name of the person")),
                ("post", models.CharField(blank=True, max_length=50, verbose_name="post or professional title")),
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
                    models.CharField(choices=[("+", "Created"), ("~", "Changed"), ("-", "Deleted")], max_length=1),
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
                "verbose_name": "historical technician",
                "verbose_name_plural": "historical technicians",
                "ordering": ("-history_date", "-history_id"),
                "get_latest_by": ("history_date", "history_id"),
            },
            bases=(simple_history.models.HistoricalChanges, models.Model),
        ),
        migrations.CreateModel(
            name="ReferenceMaterialProduct",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
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
                    models.CharField(blank=True, editable=False, max_length=200, verbose_name="reason of voiding"),
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
                        blank=True, help_text="Last day; empty while it lasts.", null=True, verbose_name="last day"
                    ),
                ),
                (
                    "institution",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="products",
                        to="standards.institution",
                        verbose_name="institution",
                    ),
                ),
                (
                    "code",
                    bureau.models.fields.CodeField(
                        help_text="As approved, for example GBW(E) 080123.",
                        max_length=30,
                        verbose_name="reference material no.",
                    ),
                ),
                ("name", models.CharField(max_length=100, verbose_name="reference material")),
                (
                    "level",
                    models.CharField(
                        choices=[
                            ("primary", "Primary reference material (GBW)"),
                            ("secondary", "Secondary reference material (GBW(E))"),
                        ],
                        max_length=20,
                        verbose_name="level",
                    ),
                ),
                (
                    "certified_value",
                    models.CharField(blank=True, max_length=200, verbose_name="certified value and uncertainty"),
                ),
            ],
            options={
                "verbose_name": "reference material product",
                "verbose_name_plural": "reference material products",
                "ordering": ["code", "-begins_on", "pk"],
                "abstract": False,
                "default_permissions": ("view", "add", "change", "void", "import", "export"),
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            ("ends_on__isnull", True), ("ends_on__gte", models.F("begins_on")), _connector="OR"
                        ),
                        name="standards_referencematerialproduct_dates",
                        violation_error_message="It cannot end before it begins.",
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("voided_at__isnull", True)),
                        fields=("code", "begins_on"),
                        name="standards_referencematerialproduct_once",
                        violation_error_message="This reference material is already on record from that day.",
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("voided_at__isnull", True), ("ends_on__isnull", True)),
                        fields=("code",),
                        name="standards_referencematerialproduct_present",
                        violation_error_message="This reference material is already on record and has not ended.",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="SpecificationReview",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
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
                    models.CharField(blank=True, editable=False, max_length=200, verbose_name="reason of voiding"),
                ),
                ("import_id", models.BigIntegerField(editable=False, null=True, verbose_name="import number")),
                (
                    "import_row",
                    models.PositiveIntegerField(editable=False, null=True, verbose_name="row of the import"),
                ),
                ("import_version", models.PositiveIntegerField(editable=False, null=True)),
                (
                    "specification",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="reviews",
                        to="standards.specification",
                        verbose_name="local specification",
                    ),
                ),
                ("on", models.DateField(verbose_name="reviewed on")),
                (
                    "conclusion",
                    models.CharField(
                        choices=[
                            ("keep", "Stays in force"),
                            ("revise", "To be revised"),
                            ("abolish", "To be abolished"),
                        ],
                        max_length=10,
                        verbose_name="conclusion",
                    ),
                ),
                ("remark", models.CharField(blank=True, max_length=200, verbose_name="remark")),
            ],
            options={
                "verbose_name": "review of a specification",
                "verbose_name_plural": "reviews of specifications",
                "ordering": ["-on", "pk"],
                "abstract": False,
                "default_permissions": ("view", "add", "change", "void", "import", "export"),
                "indexes": [models.Index(fields=["on"], name="standards_specreview_on")],
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("voided_at__isnull", True)),
                        fields=("specification", "on"),
                        name="standards_specificationreview_once",
                        violation_error_message="A review of that day is already recorded.",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="Technician",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
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
                    models.CharField(blank=True, editable=False, max_length=200, verbose_name="reason of voiding"),
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
                        blank=True, help_text="Last day; empty while it lasts.", null=True, verbose_name="last day"
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
                (
                    "staff_no",
                    bureau.models.fields.CodeField(
                        help_text="By which the institution knows the person; no identity card.",
                        max_length=30,
                        verbose_name="staff no.",
                    ),
                ),
                ("name", models.CharField(max_length=50, verbose_name="name of the person")),
                ("post", models.CharField(blank=True, max_length=50, verbose_name="post or professional title")),
            ],
            options={
                "verbose_name": "technician",
                "verbose_name_plural": "technicians",
                "ordering": ["-pk"],
                "abstract": False,
                "default_permissions": ("view", "add", "change", "void", "import", "export"),
                "indexes": [models.Index(fields=["begins_on", "ends_on"], name="standards_technician_days")],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            ("ends_on__isnull", True), ("ends_on__gte", models.F("begins_on")), _connector="OR"
                        ),
                        name="standards_technician_dates",
                        violation_error_message="It cannot end before it begins.",
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("voided_at__isnull", True)),
                        fields=("institution", "staff_no", "begins_on"),
                        name="standards_technician_once",
                        violation_error_message="This person of the institution is already on record from that day.",
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("voided_at__isnull", True), ("ends_on__isnull", True)),
                        fields=("institution", "staff_no"),
                        name="standards_technician_present",
                        violation_error_message="This staff number is already that of a person on the staff.",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="InForceInterval",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "standard",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="in_force_intervals",
                        to="standards.measurementstandard",
                    ),
                ),
                ("begins_on", models.DateField(verbose_name="in force from")),
                ("ends_on", models.DateField(verbose_name="in force until")),
            ],
            options={
                "verbose_name": "interval in force",
                "verbose_name_plural": "intervals in force",
                "ordering": ["standard", "begins_on"],
                "default_permissions": (),
                "indexes": [models.Index(fields=["begins_on", "ends_on", "standard"], name="standards_interval_days")],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("ends_on__gte", models.F("begins_on"))),
                        name="standards_inforceinterval_order",
                    ),
                    models.UniqueConstraint(fields=("standard", "begins_on"), name="standards_inforceinterval_once"),
                ],
            },
        ),
        migrations.CreateModel(
            name="HistoricalStandardEvent",
            fields=[
                ("id", models.BigIntegerField(auto_created=True, blank=True, db_index=True, verbose_name="ID")),
                ("created_at", models.DateTimeField(editable=False, verbose_name="entered at")),
                ("updated_at", models.DateTimeField(editable=False, verbose_name="changed at")),
                ("version", models.PositiveIntegerField(default=1, editable=False, verbose_name="version")),
                ("voided_at", models.DateTimeField(editable=False, null=True, verbose_name="voided at")),
                (
                    "void_reason",
                    models.CharField(blank=True, editable=False, max_length=200, verbose_name="reason of voiding"),
                ),
                ("import_id", models.BigIntegerField(editable=False, null=True, verbose_name="import number")),
                (
                    "import_row",
                    models.PositiveIntegerField(editable=False, null=True, verbose_name="row of the import"),
                ),
                ("import_version", models.PositiveIntegerField(editable=False, null=True)),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("applied", "Application"),
                            ("accepted", "Application accepted"),
                            ("exam_begun", "Examination begun"),
                            ("established", "Set up: certificate issued"),
                            ("review_begun", "Re-examination begun"),
                            ("reexamined", "Re-examined: certificate issued"),
                            ("exam_failed", "Examination failed"),
                            ("replaced", "Equipment replaced"),
                            ("changed", "Specification, staff or environment changed"),
                            ("sealed", "Sealed"),
                            ("restored", "Restored to service"),
                            ("withdrawn", "Withdrawn by its unit"),
                            ("cancelled", "Cancelled by the authority"),
                        ],
                        max_length=20,
                        verbose_name="event",
                    ),
                ),
                ("on", models.DateField(verbose_name="date")),
                (
                    "certificate_no",
                    bureau.models.fields.CodeField(blank=True, max_length=60, verbose_name="certificate no."),
                ),
                ("valid_until", models.DateField(blank=True, null=True, verbose_name="valid until")),
                (
                    "situation",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("main_renewed", "Main standard renewed"),
                            ("main_added", "Main standard added"),
                            ("main_reduced", "Main standard taken out"),
                            ("auxiliary_renewed", "Main auxiliary equipment renewed"),
                            ("auxiliary_added", "Main auxiliary equipment added"),
                            ("auxiliary_reduced", "Main auxiliary equipment taken out"),
                            ("specification", "Specification followed changed"),
                            ("responsible", "Person responsible changed"),
                            ("staff", "Verification or calibration staff changed"),
                            ("environment", "Environment or facilities changed"),
                            ("other", "Other"),
                        ],
                        max_length=20,
                        verbose_name="situation",
                    ),
                ),
                (
                    "cause",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("specification", "Change of the specification"),
                            ("trouble", "Trouble with the equipment"),
                            ("workload", "Change of the workload"),
                            ("other", "Other"),
                        ],
                        max_length=20,
                        verbose_name="reason of the change",
                    ),
                ),
                (
                    "effect",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("unchanged", "Range, class and items unchanged"),
                            ("changed", "Range, class or items changed"),
                        ],
                        max_length=20,
                        verbose_name="effect of the change",
                    ),
                ),
                (
                    "before",
                    models.CharField(
                        blank=True,
                        help_text="Equipment by name, model, range, class, maker and serial no.; or the specification, the person.",
                        max_length=500,
                        verbose_name="before the change",
                    ),
                ),
                ("after", models.CharField(blank=True, max_length=500, verbose_name="after the change")),
                ("sealed_until", models.DateField(blank=True, null=True, verbose_name="to stay sealed until")),
                ("reason", models.CharField(blank=True, max_length=200, verbose_name="reason")),
                (
                    "unit_opinion",
                    models.CharField(blank=True, max_length=200, verbose_name="opinion of the establishing unit"),
                ),
                (
                    "superior_opinion",
                    models.CharField(blank=True, max_length=200, verbose_name="opinion of its superior body"),
                ),
                (
                    "authority_opinion",
                    models.CharField(blank=True, max_length=200, verbose_name="opinion of the authority"),
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
                    "standard",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="standards.measurementstandard",
                        verbose_name="measurement standard",
                    ),
                ),
                ("history_id", models.AutoField(primary_key=True, serialize=False)),
                ("history_date", models.DateTimeField(db_index=True)),
                ("history_change_reason", models.CharField(max_length=100, null=True)),
                (
                    "history_type",
                    models.CharField(choices=[("+", "Created"), ("~", "Changed"), ("-", "Deleted")], max_length=1),
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
                "verbose_name": "historical life-cycle event",
                "verbose_name_plural": "historical life-cycle events",
                "ordering": ("-history_date", "-history_id"),
                "get_latest_by": ("history_date", "history_id"),
            },
            bases=(simple_history.models.HistoricalChanges, models.Model),
        ),
        migrations.CreateModel(
            name="StandardEvent",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
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
                    models.CharField(blank=True, editable=False, max_length=200, verbose_name="reason of voiding"),
                ),
                ("import_id", models.BigIntegerField(editable=False, null=True, verbose_name="import number")),
                (
                    "import_row",
                    models.PositiveIntegerField(editable=False, null=True, verbose_name="row of the import"),
                ),
                ("import_version", models.PositiveIntegerField(editable=False, null=True)),
                (
                    "standard",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="events",
                        to="standards.measurementstandard",
                        verbose_name="measurement standard",
                    ),
                ),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("applied", "Application"),
                            ("accepted", "Application accepted"),
                            ("exam_begun", "Examination begun"),
                            ("established", "Set up: certificate issued"),
                            ("review_begun", "Re-examination begun"),
                            ("reexamined", "Re-examined: certificate issued"),
                            ("exam_failed", "Examination failed"),
                            ("replaced", "Equipment replaced"),
                            ("changed", "Specification, staff or environment changed"),
                            ("sealed", "Sealed"),
                            ("restored", "Restored to service"),
                            ("withdrawn", "Withdrawn by its unit"),
                            ("cancelled", "Cancelled by the authority"),
                        ],
                        max_length=20,
                        verbose_name="event",
                    ),
                ),
                ("on", models.DateField(verbose_name="date")),
                (
                    "certificate_no",
                    bureau.models.fields.CodeField(blank=True, max_length=60, verbose_name="certificate no."),
                ),
                ("valid_until", models.DateField(blank=True, null=True, verbose_name="valid until")),
                (
                    "situation",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("main_renewed", "Main standard renewed"),
                            ("main_added", "Main standard added"),
                            ("main_reduced", "Main standard taken out"),
                            ("auxiliary_renewed", "Main auxiliary equipment renewed"),
                            ("auxiliary_added", "Main auxiliary equipment added"),
                            ("auxiliary_reduced", "Main auxiliary equipment taken out"),
                            ("specification", "Specification followed changed"),
                            ("responsible", "Person responsible changed"),
                            ("staff", "Verification or calibration staff changed"),
                            ("environment", "Environment or facilities changed"),
                            ("other", "Other"),
                        ],
                        max_length=20,
                        verbose_name="situation",
                    ),
                ),
                (
                    "cause",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("specification", "Change of the specification"),
                            ("trouble", "Trouble with the equipment"),
                            ("workload", "Change of the workload"),
                            ("other", "Other"),
                        ],
                        max_length=20,
                        verbose_name="reason of the change",
                    ),
                ),
                (
                    "effect",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("unchanged", "Range, class and items unchanged"),
                            ("changed", "Range, class or items changed"),
                        ],
                        max_length=20,
                        verbose_name="effect of the change",
                    ),
                ),
                (
                    "before",
                    models.CharField(
                        blank=True,
                        help_text="Equipment by name, model, range, class, maker and serial no.; or the specification, the person.",
                        max_length=500,
                        verbose_name="before the change",
                    ),
                ),
                ("after", models.CharField(blank=True, max_length=500, verbose_name="after the change")),
                ("sealed_until", models.DateField(blank=True, null=True, verbose_name="to stay sealed until")),
                ("reason", models.CharField(blank=True, max_length=200, verbose_name="reason")),
                (
                    "unit_opinion",
                    models.CharField(blank=True, max_length=200, verbose_name="opinion of the establishing unit"),
                ),
                (
                    "superior_opinion",
                    models.CharField(blank=True, max_length=200, verbose_name="opinion of its superior body"),
                ),
                (
                    "authority_opinion",
                    models.CharField(blank=True, max_length=200, verbose_name="opinion of the authority"),
                ),
                ("remark", models.CharField(blank=True, max_length=200, verbose_name="remark")),
            ],
            options={
                "verbose_name": "life-cycle event",
                "verbose_name_plural": "life-cycle events",
                "ordering": ["on", "pk"],
                "abstract": False,
                "default_permissions": ("view", "add", "change", "void", "import", "export"),
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("kind__in", ("established", "reexamined")), _negated=True),
                            ("valid_until__gte", models.F("on")),
                            _connector="OR",
                        ),
                        name="standards_standardevent_validity",
                        violation_error_message="A certificate needs a day until which it is valid, not before its date.",
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("voided_at__isnull", True)),
                        fields=("standard", "kind", "on"),
                        name="standards_standardevent_once",
                        violation_error_message="This event is already recorded for that day.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("sealed_until__isnull", True),
                            models.Q(("kind", "sealed"), ("sealed_until__gte", models.F("on"))),
                            _connector="OR",
                        ),
                        name="standards_standardevent_sealed_period",
                        violation_error_message="Only a sealing has a period, and it ends on its day or later.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("after", ""), ("before", ""), ("cause", ""), ("effect", ""), ("situation", "")),
                            ("kind__in", ["replaced", "changed"]),
                            _connector="OR",
                        ),
                        name="standards_standardevent_change",
                        violation_error_message="Situation, reason and effect of a change, and what was before and after, belong to a replacement of equipment or another change.",
                    ),
                ],
                "indexes": [models.Index(fields=["on", "kind"], name="standards_event_days")],
            },
        ),
        migrations.CreateModel(
            name="Examination",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
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
                    models.CharField(blank=True, editable=False, max_length=200, verbose_name="reason of voiding"),
                ),
                ("import_id", models.BigIntegerField(editable=False, null=True, verbose_name="import number")),
                (
                    "import_row",
                    models.PositiveIntegerField(editable=False, null=True, verbose_name="row of the import"),
                ),
                ("import_version", models.PositiveIntegerField(editable=False, null=True)),
                (
                    "standard",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="examinations",
                        to="standards.measurementstandard",
                        verbose_name="measurement standard",
                    ),
                ),
                (
                    "kind",
                    models.CharField(
                        choices=[("new", "New standard"), ("reexamination", "Re-examination")],
                        max_length=15,
                        verbose_name="kind of examination",
                    ),
                ),
                ("begun_on", models.DateField(verbose_name="begun on")),
                ("on_site_on", models.DateField(blank=True, null=True, verbose_name="examined on site on")),
                ("authority", models.CharField(blank=True, max_length=100, verbose_name="authority in charge")),
                ("concluded_on", models.DateField(blank=True, null=True, verbose_name="concluded on")),
                (
                    "outcome",
                    models.CharField(
                        blank=True,
                        choices=[("passed", "Passed"), ("failed", "Not passed")],
                        max_length=10,
                        verbose_name="outcome",
                    ),
                ),
                ("conclusion", models.CharField(blank=True, max_length=500, verbose_name="conclusion of the team")),
                ("remark", models.CharField(blank=True, max_length=200, verbose_name="remark")),
            ],
            options={
                "verbose_name": "examination of a standard",
                "verbose_name_plural": "examinations of standards",
                "ordering": ["-begun_on", "-pk"],
                "abstract": False,
                "default_permissions": ("view", "add", "change", "void", "import", "export"),
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("voided_at__isnull", True)),
                        fields=("standard", "begun_on"),
                        name="standards_examination_once",
                        violation_error_message="An examination of the standard from that day is already on record.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("concluded_on__isnull", True), ("outcome", "")),
                            models.Q(("concluded_on__isnull", False), models.Q(("outcome", ""), _negated=True)),
                            _connector="OR",
                        ),
                        name="standards_examination_concluded",
                        violation_error_message="A concluded examination has a day and an outcome; an open one has neither.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("concluded_on__isnull", True), ("concluded_on__gte", models.F("begun_on")), _connector="OR"
                        ),
                        name="standards_examination_order",
                        violation_error_message="An examination cannot be concluded before it is begun.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("on_site_on__isnull", True), ("on_site_on__gte", models.F("begun_on")), _connector="OR"
                        ),
                        name="standards_examination_on_site",
                        violation_error_message="The standard cannot be examined on site before the examination is begun.",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="HistoricalExamination",
            fields=[
                ("id", models.BigIntegerField(auto_created=True, blank=True, db_index=True, verbose_name="ID")),
                ("created_at", models.DateTimeField(editable=False, verbose_name="entered at")),
                ("updated_at", models.DateTimeField(editable=False, verbose_name="changed at")),
                ("version", models.PositiveIntegerField(default=1, editable=False, verbose_name="version")),
                ("voided_at", models.DateTimeField(editable=False, null=True, verbose_name="voided at")),
                (
                    "void_reason",
                    models.CharField(blank=True, editable=False, max_length=200, verbose_name="reason of voiding"),
                ),
                ("import_id", models.BigIntegerField(editable=False, null=True, verbose_name="import number")),
                (
                    "import_row",
                    models.PositiveIntegerField(editable=False, null=True, verbose_name="row of the import"),
                ),
                ("import_version", models.PositiveIntegerField(editable=False, null=True)),
                (
                    "kind",
                    models.CharField(
                        choices=[("new", "New standard"), ("reexamination", "Re-examination")],
                        max_length=15,
                        verbose_name="kind of examination",
                    ),
                ),
                ("begun_on", models.DateField(verbose_name="begun on")),
                ("on_site_on", models.DateField(blank=True, null=True, verbose_name="examined on site on")),
                ("authority", models.CharField(blank=True, max_length=100, verbose_name="authority in charge")),
                ("concluded_on", models.DateField(blank=True, null=True, verbose_name="concluded on")),
                (
                    "outcome",
                    models.CharField(
                        blank=True,
                        choices=[("passed", "Passed"), ("failed", "Not passed")],
                        max_length=10,
                        verbose_name="outcome",
                    ),
                ),
                ("conclusion", models.CharField(blank=True, max_length=500, verbose_name="conclusion of the team")),
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
                    "standard",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="standards.measurementstandard",
                        verbose_name="measurement standard",
                    ),
                ),
                ("history_id", models.AutoField(primary_key=True, serialize=False)),
                ("history_date", models.DateTimeField(db_index=True)),
                ("history_change_reason", models.CharField(max_length=100, null=True)),
                (
                    "history_type",
                    models.CharField(choices=[("+", "Created"), ("~", "Changed"), ("-", "Deleted")], max_length=1),
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
                "verbose_name": "historical examination of a standard",
                "verbose_name_plural": "historical examinations of standards",
                "ordering": ("-history_date", "-history_id"),
                "get_latest_by": ("history_date", "history_id"),
            },
            bases=(simple_history.models.HistoricalChanges, models.Model),
        ),
        migrations.CreateModel(
            name="HistoricalRepeatabilityTest",
            fields=[
                ("id", models.BigIntegerField(auto_created=True, blank=True, db_index=True, verbose_name="ID")),
                ("created_at", models.DateTimeField(editable=False, verbose_name="entered at")),
                ("updated_at", models.DateTimeField(editable=False, verbose_name="changed at")),
                ("version", models.PositiveIntegerField(default=1, editable=False, verbose_name="version")),
                ("voided_at", models.DateTimeField(editable=False, null=True, verbose_name="voided at")),
                (
                    "void_reason",
                    models.CharField(blank=True, editable=False, max_length=200, verbose_name="reason of voiding"),
                ),
                ("import_id", models.BigIntegerField(editable=False, null=True, verbose_name="import number")),
                (
                    "import_row",
                    models.PositiveIntegerField(editable=False, null=True, verbose_name="row of the import"),
                ),
                ("import_version", models.PositiveIntegerField(editable=False, null=True)),
                (
                    "purpose",
                    models.CharField(
                        choices=[("set_up", "When it was set up"), ("in_use", "In use, yearly")],
                        default="in_use",
                        max_length=10,
                        verbose_name="purpose",
                    ),
                ),
                ("on", models.DateField(verbose_name="date")),
                (
                    "point",
                    models.CharField(
                        help_text="For example 100 g. Tests of one point are compared with each other.",
                        max_length=60,
                        verbose_name="measured quantity and point",
                    ),
                ),
                ("unit", models.CharField(max_length=20, verbose_name="unit")),
                (
                    "readings",
                    models.CharField(
                        help_text="In the order in which they were taken, separated by blanks, commas or lines.",
                        max_length=1000,
                        verbose_name="readings",
                    ),
                ),
                (
                    "fewer_reason",
                    models.CharField(blank=True, max_length=200, verbose_name="reason for fewer readings"),
                ),
                (
                    "reevaluation",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("meets", "Evaluated anew with this s: meets the need"),
                            ("fails", "Evaluated anew with this s: does not meet the need"),
                        ],
                        help_text="Needed where s is larger than the one accepted before.",
                        max_length=10,
                        verbose_name="uncertainty evaluated anew",
                    ),
                ),
                ("tested_by", models.CharField(blank=True, max_length=60, verbose_name="tested by")),
                ("remark", models.CharField(blank=True, max_length=200, verbose_name="remark")),
                (
                    "n",
                    models.PositiveSmallIntegerField(blank=True, editable=False, verbose_name="number of readings n"),
                ),
                (
                    "mean",
                    standards.models.measured.MeasuredField(
                        blank=True, decimal_places=12, editable=False, max_digits=27, verbose_name="mean"
                    ),
                ),
                (
                    "s",
                    standards.models.measured.MeasuredField(
                        blank=True, decimal_places=12, editable=False, max_digits=27, verbose_name="repeatability s"
                    ),
                ),
                (
                    "accepted_s",
                    standards.models.measured.MeasuredField(
                        blank=True,
                        decimal_places=12,
                        editable=False,
                        max_digits=27,
                        null=True,
                        verbose_name="accepted s",
                    ),
                ),
                ("next_due_on", models.DateField(blank=True, editable=False, null=True, verbose_name="next due by")),
                (
                    "verdict",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("basis", "Given as the basis"),
                            ("passed", "Meets the requirement"),
                            ("reevaluated", "Meets it after the uncertainty was evaluated anew"),
                            ("failed", "Does not meet the requirement"),
                            ("nothing_before", "Nothing on record to compare with"),
                        ],
                        editable=False,
                        max_length=20,
                        verbose_name="verdict",
                    ),
                ),
                ("clause", models.CharField(blank=True, editable=False, max_length=90, verbose_name="clause")),
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
                    "standard",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="standards.measurementstandard",
                        verbose_name="measurement standard",
                    ),
                ),
                ("history_id", models.AutoField(primary_key=True, serialize=False)),
                ("history_date", models.DateTimeField(db_index=True)),
                ("history_change_reason", models.CharField(max_length=100, null=True)),
                (
                    "history_type",
                    models.CharField(choices=[("+", "Created"), ("~", "Changed"), ("-", "Deleted")], max_length=1),
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
                "verbose_name": "historical repeatability test",
                "verbose_name_plural": "historical repeatability tests",
                "ordering": ("-history_date", "-history_id"),
                "get_latest_by": ("history_date", "history_id"),
            },
            bases=(simple_history.models.HistoricalChanges, models.Model),
        ),
        migrations.CreateModel(
            name="HistoricalSpotCheck",
            fields=[
                ("id", models.BigIntegerField(auto_created=True, blank=True, db_index=True, verbose_name="ID")),
                ("created_at", models.DateTimeField(editable=False, verbose_name="entered at")),
                ("updated_at", models.DateTimeField(editable=False, verbose_name="changed at")),
                ("version", models.PositiveIntegerField(default=1, editable=False, verbose_name="version")),
                ("voided_at", models.DateTimeField(editable=False, null=True, verbose_name="voided at")),
                (
                    "void_reason",
                    models.CharField(blank=True, editable=False, max_length=200, verbose_name="reason of voiding"),
                ),
                ("import_id", models.BigIntegerField(editable=False, null=True, verbose_name="import number")),
                (
                    "import_row",
                    models.PositiveIntegerField(editable=False, null=True, verbose_name="row of the import"),
                ),
                ("import_version", models.PositiveIntegerField(editable=False, null=True)),
                ("on", models.DateField(verbose_name="checked on")),
                (
                    "plan",
                    models.CharField(
                        choices=[
                            ("yearly", "Yearly plan"),
                            ("special", "Special inspection"),
                            ("complaint", "Complaint"),
                        ],
                        default="yearly",
                        max_length=10,
                        verbose_name="occasion",
                    ),
                ),
                ("checked_by", models.CharField(blank=True, max_length=100, verbose_name="checked by")),
                (
                    "outcome",
                    models.CharField(
                        choices=[
                            ("conforming", "Without problems"),
                            ("problems", "With problems"),
                            ("stopped", "Ordered to stop"),
                        ],
                        max_length=12,
                        verbose_name="outcome",
                    ),
                ),
                ("problems", models.CharField(blank=True, max_length=500, verbose_name="problems found")),
                ("rectify_by", models.DateField(blank=True, null=True, verbose_name="to be rectified by")),
                ("rectified_on", models.DateField(blank=True, null=True, verbose_name="rectified on")),
                (
                    "follow_up",
                    models.CharField(
                        blank=True,
                        help_text="How it was rectified, or what was decided.",
                        max_length=500,
                        verbose_name="follow-up",
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
                    "standard",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="standards.measurementstandard",
                        verbose_name="measurement standard",
                    ),
                ),
                ("history_id", models.AutoField(primary_key=True, serialize=False)),
                ("history_date", models.DateTimeField(db_index=True)),
                ("history_change_reason", models.CharField(max_length=100, null=True)),
                (
                    "history_type",
                    models.CharField(choices=[("+", "Created"), ("~", "Changed"), ("-", "Deleted")], max_length=1),
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
                "verbose_name": "historical spot check of a standard",
                "verbose_name_plural": "historical spot checks of standards",
                "ordering": ("-history_date", "-history_id"),
                "get_latest_by": ("history_date", "history_id"),
            },
            bases=(simple_history.models.HistoricalChanges, models.Model),
        ),
        migrations.CreateModel(
            name="HistoricalStabilityCheck",
            fields=[
                ("id", models.BigIntegerField(auto_created=True, blank=True, db_index=True, verbose_name="ID")),
                ("created_at", models.DateTimeField(editable=False, verbose_name="entered at")),
                ("updated_at", models.DateTimeField(editable=False, verbose_name="changed at")),
                ("version", models.PositiveIntegerField(default=1, editable=False, verbose_name="version")),
                ("voided_at", models.DateTimeField(editable=False, null=True, verbose_name="voided at")),
                (
                    "void_reason",
                    models.CharField(blank=True, editable=False, max_length=200, verbose_name="reason of voiding"),
                ),
                ("import_id", models.BigIntegerField(editable=False, null=True, verbose_name="import number")),
                (
                    "import_row",
                    models.PositiveIntegerField(editable=False, null=True, verbose_name="row of the import"),
                ),
                ("import_version", models.PositiveIntegerField(editable=False, null=True)),
                (
                    "purpose",
                    models.CharField(
                        choices=[
                            ("set_up", "When it was set up: largest less smallest group"),
                            ("in_use", "In use: this year less last year"),
                        ],
                        default="in_use",
                        max_length=10,
                        verbose_name="purpose",
                    ),
                ),
                (
                    "method",
                    models.CharField(
                        choices=[
                            ("check_standard", "Check standard"),
                            ("higher_standard", "Higher measurement standard"),
                            ("control_chart", "Control chart"),
                            ("specification", "Method of the specification"),
                            ("main_device", "Stability of the main device"),
                        ],
                        default="check_standard",
                        max_length=20,
                        verbose_name="method",
                    ),
                ),
                (
                    "on",
                    models.DateField(
                        blank=True,
                        help_text="The day of the last group; needed for a control chart only.",
                        null=True,
                        verbose_name="date",
                    ),
                ),
                (
                    "point",
                    models.CharField(
                        help_text="For example 100 g. Checks of one point are compared with each other.",
                        max_length=60,
                        verbose_name="measured quantity and point",
                    ),
                ),
                ("unit", models.CharField(blank=True, max_length=20, verbose_name="unit")),
                (
                    "groups",
                    models.CharField(
                        blank=True,
                        help_text="Each group begins with its day: 2026-01-05: 10.0012 10.0013; 2026-02-10: 10.0011 10.0014.",
                        max_length=2000,
                        verbose_name="groups of readings",
                    ),
                ),
                (
                    "previous_mean",
                    standards.models.measured.MeasuredField(
                        blank=True,
                        decimal_places=12,
                        help_text="Where last year's check is not on record here.",
                        max_digits=27,
                        null=True,
                        verbose_name="last year's result",
                    ),
                ),
                (
                    "limit_kind",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("mpe", "|MPE|, used without correction"),
                            ("uncertainty", "U of the correction (k = 2 or U95), used with correction"),
                        ],
                        max_length=15,
                        verbose_name="kind of limit",
                    ),
                ),
                (
                    "limit",
                    standards.models.measured.MeasuredField(
                        blank=True, decimal_places=12, max_digits=27, null=True, verbose_name="limit"
                    ),
                ),
                ("is_in_control", models.BooleanField(blank=True, null=True, verbose_name="in control by the chart")),
                ("fewer_reason", models.CharField(blank=True, max_length=200, verbose_name="reason for fewer groups")),
                ("tested_by", models.CharField(blank=True, max_length=60, verbose_name="tested by")),
                ("remark", models.CharField(blank=True, max_length=200, verbose_name="remark")),
                (
                    "group_count",
                    models.PositiveSmallIntegerField(default=0, editable=False, verbose_name="number of groups m"),
                ),
                (
                    "mean",
                    standards.models.measured.MeasuredField(
                        blank=True,
                        decimal_places=12,
                        editable=False,
                        max_digits=27,
                        null=True,
                        verbose_name="result of the last group",
                    ),
                ),
                (
                    "result",
                    standards.models.measured.MeasuredField(
                        blank=True,
                        decimal_places=12,
                        editable=False,
                        max_digits=27,
                        null=True,
                        verbose_name="stability S",
                    ),
                ),
                ("next_due_on", models.DateField(blank=True, editable=False, null=True, verbose_name="next due by")),
                (
                    "verdict",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("basis", "Given as the basis"),
                            ("passed", "Meets the requirement"),
                            ("reevaluated", "Meets it after the uncertainty was evaluated anew"),
                            ("failed", "Does not meet the requirement"),
                            ("nothing_before", "Nothing on record to compare with"),
                        ],
                        editable=False,
                        max_length=20,
                        verbose_name="verdict",
                    ),
                ),
                ("clause", models.CharField(blank=True, editable=False, max_length=90, verbose_name="clause")),
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
                    "standard",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="standards.measurementstandard",
                        verbose_name="measurement standard",
                    ),
                ),
                ("history_id", models.AutoField(primary_key=True, serialize=False)),
                ("history_date", models.DateTimeField(db_index=True)),
                ("history_change_reason", models.CharField(max_length=100, null=True)),
                (
                    "history_type",
                    models.CharField(choices=[("+", "Created"), ("~", "Changed"), ("-", "Deleted")], max_length=1),
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
                "verbose_name": "historical stability check",
                "verbose_name_plural": "historical stability checks",
                "ordering": ("-history_date", "-history_id"),
                "get_latest_by": ("history_date", "history_id"),
            },
            bases=(simple_history.models.HistoricalChanges, models.Model),
        ),
        migrations.CreateModel(
            name="RepeatabilityTest",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
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
                    models.CharField(blank=True, editable=False, max_length=200, verbose_name="reason of voiding"),
                ),
                ("import_id", models.BigIntegerField(editable=False, null=True, verbose_name="import number")),
                (
                    "import_row",
                    models.PositiveIntegerField(editable=False, null=True, verbose_name="row of the import"),
                ),
                ("import_version", models.PositiveIntegerField(editable=False, null=True)),
                (
                    "standard",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="repeatability_tests",
                        to="standards.measurementstandard",
                        verbose_name="measurement standard",
                    ),
                ),
                (
                    "purpose",
                    models.CharField(
                        choices=[("set_up", "When it was set up"), ("in_use", "In use, yearly")],
                        default="in_use",
                        max_length=10,
                        verbose_name="purpose",
                    ),
                ),
                ("on", models.DateField(verbose_name="date")),
                (
                    "point",
                    models.CharField(
                        help_text="For example 100 g. Tests of one point are compared with each other.",
                        max_length=60,
                        verbose_name="measured quantity and point",
                    ),
                ),
                ("unit", models.CharField(max_length=20, verbose_name="unit")),
                (
                    "readings",
                    models.CharField(
                        help_text="In the order in which they were taken, separated by blanks, commas or lines.",
                        max_length=1000,
                        verbose_name="readings",
                    ),
                ),
                (
                    "fewer_reason",
                    models.CharField(blank=True, max_length=200, verbose_name="reason for fewer readings"),
                ),
                (
                    "reevaluation",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("meets", "Evaluated anew with this s: meets the need"),
                            ("fails", "Evaluated anew with this s: does not meet the need"),
                        ],
                        help_text="Needed where s is larger than the one accepted before.",
                        max_length=10,
                        verbose_name="uncertainty evaluated anew",
                    ),
                ),
                ("tested_by", models.CharField(blank=True, max_length=60, verbose_name="tested by")),
                ("remark", models.CharField(blank=True, max_length=200, verbose_name="remark")),
                (
                    "n",
                    models.PositiveSmallIntegerField(blank=True, editable=False, verbose_name="number of readings n"),
                ),
                (
                    "mean",
                    standards.models.measured.MeasuredField(
                        blank=True, decimal_places=12, editable=False, max_digits=27, verbose_name="mean"
                    ),
                ),
                (
                    "s",
                    standards.models.measured.MeasuredField(
                        blank=True, decimal_places=12, editable=False, max_digits=27, verbose_name="repeatability s"
                    ),
                ),
                (
                    "accepted_s",
                    standards.models.measured.MeasuredField(
                        blank=True,
                        decimal_places=12,
                        editable=False,
                        max_digits=27,
                        null=True,
                        verbose_name="accepted s",
                    ),
                ),
                ("next_due_on", models.DateField(blank=True, editable=False, null=True, verbose_name="next due by")),
                (
                    "verdict",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("basis", "Given as the basis"),
                            ("passed", "Meets the requirement"),
                            ("reevaluated", "Meets it after the uncertainty was evaluated anew"),
                            ("failed", "Does not meet the requirement"),
                            ("nothing_before", "Nothing on record to compare with"),
                        ],
                        editable=False,
                        max_length=20,
                        verbose_name="verdict",
                    ),
                ),
                ("clause", models.CharField(blank=True, editable=False, max_length=90, verbose_name="clause")),
            ],
            options={
                "verbose_name": "repeatability test",
                "verbose_name_plural": "repeatability tests",
                "ordering": ["-on", "-pk"],
                "abstract": False,
                "default_permissions": ("view", "add", "change", "void", "import", "export"),
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("voided_at__isnull", True)),
                        fields=("standard", "point", "on"),
                        name="standards_repeatabilitytest_once",
                        violation_error_message="A repeatability test of that day at this point is already on record.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("n__gte", 2)),
                        name="standards_repeatabilitytest_readings",
                        violation_error_message="A repeatability test has at least two readings.",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="ServicePeriod",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "standard",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="service_periods",
                        to="standards.measurementstandard",
                    ),
                ),
                ("begins_on", models.DateField(verbose_name="in service from")),
                ("ends_on", models.DateField(null=True, verbose_name="in service until")),
                ("valid_until", models.DateField(verbose_name="valid until")),
                ("expired_from", models.DateField(null=True, verbose_name="expired from")),
            ],
            options={
                "verbose_name": "period of service",
                "verbose_name_plural": "periods of service",
                "ordering": ["standard", "begins_on"],
                "abstract": False,
                "default_permissions": (),
                "indexes": [
                    models.Index(fields=["valid_until", "standard"], name="standards_service_runs_out"),
                    models.Index(fields=["expired_from", "standard"], name="standards_service_expired"),
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("ends_on__gte", models.F("begins_on"))),
                        name="standards_serviceperiod_order",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("expired_from__gt", models.F("valid_until")), ("expired_from__gte", models.F("begins_on"))
                        ),
                        name="standards_serviceperiod_expired",
                    ),
                    models.UniqueConstraint(fields=("standard", "begins_on"), name="standards_serviceperiod_once"),
                ],
            },
        ),
        migrations.CreateModel(
            name="SpotCheck",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
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
                    models.CharField(blank=True, editable=False, max_length=200, verbose_name="reason of voiding"),
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
                    "standard",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="spot_checks",
                        to="standards.measurementstandard",
                        verbose_name="measurement standard",
                    ),
                ),
                ("on", models.DateField(verbose_name="checked on")),
                (
                    "plan",
                    models.CharField(
                        choices=[
                            ("yearly", "Yearly plan"),
                            ("special", "Special inspection"),
                            ("complaint", "Complaint"),
                        ],
                        default="yearly",
                        max_length=10,
                        verbose_name="occasion",
                    ),
                ),
                ("checked_by", models.CharField(blank=True, max_length=100, verbose_name="checked by")),
                (
                    "outcome",
                    models.CharField(
                        choices=[
                            ("conforming", "Without problems"),
                            ("problems", "With problems"),
                            ("stopped", "Ordered to stop"),
                        ],
                        max_length=12,
                        verbose_name="outcome",
                    ),
                ),
                ("problems", models.CharField(blank=True, max_length=500, verbose_name="problems found")),
                ("rectify_by", models.DateField(blank=True, null=True, verbose_name="to be rectified by")),
                ("rectified_on", models.DateField(blank=True, null=True, verbose_name="rectified on")),
                (
                    "follow_up",
                    models.CharField(
                        blank=True,
                        help_text="How it was rectified, or what was decided.",
                        max_length=500,
                        verbose_name="follow-up",
                    ),
                ),
                ("remark", models.CharField(blank=True, max_length=200, verbose_name="remark")),
            ],
            options={
                "verbose_name": "spot check of a standard",
                "verbose_name_plural": "spot checks of standards",
                "ordering": ["-on", "-pk"],
                "abstract": False,
                "default_permissions": ("view", "add", "change", "void", "import", "export"),
                "indexes": [models.Index(fields=["region", "on"], name="standards_check_region_on")],
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("voided_at__isnull", True)),
                        fields=("standard", "on"),
                        name="standards_spotcheck_once",
                        violation_error_message="A spot check of this standard on that day is already on record.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                models.Q(("outcome", "conforming"), _negated=True),
                                models.Q(("problems", ""), _negated=True),
                            ),
                            models.Q(
                                ("outcome", "conforming"),
                                ("problems", ""),
                                ("rectified_on__isnull", True),
                                ("rectify_by__isnull", True),
                            ),
                            _connector="OR",
                        ),
                        name="standards_spotcheck_problems",
                        violation_error_message="A check with problems says which; one without has none, and nothing to rectify.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("rectify_by__isnull", True), ("rectify_by__gte", models.F("on")), _connector="OR"
                        ),
                        name="standards_spotcheck_due",
                        violation_error_message="The day for rectification cannot lie before the check.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("rectified_on__isnull", True), ("rectified_on__gte", models.F("on")), _connector="OR"
                        ),
                        name="standards_spotcheck_rectified",
                        violation_error_message="It cannot be rectified before the check.",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="StabilityCheck",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
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
                    models.CharField(blank=True, editable=False, max_length=200, verbose_name="reason of voiding"),
                ),
                ("import_id", models.BigIntegerField(editable=False, null=True, verbose_name="import number")),
                (
                    "import_row",
                    models.PositiveIntegerField(editable=False, null=True, verbose_name="row of the import"),
                ),
                ("import_version", models.PositiveIntegerField(editable=False, null=True)),
                (
                    "standard",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="stability_checks",
                        to="standards.measurementstandard",
                        verbose_name="measurement standard",
                    ),
                ),
                (
                    "purpose",
                    models.CharField(
                        choices=[
                            ("set_up", "When it was set up: largest less smallest group"),
                            ("in_use", "In use: this year less last year"),
                        ],
                        default="in_use",
                        max_length=10,
                        verbose_name="purpose",
                    ),
                ),
                (
                    "method",
                    models.CharField(
                        choices=[
                            ("check_standard", "Check standard"),
                            ("higher_standard", "Higher measurement standard"),
                            ("control_chart", "Control chart"),
                            ("specification", "Method of the specification"),
                            ("main_device", "Stability of the main device"),
                        ],
                        default="check_standard",
                        max_length=20,
                        verbose_name="method",
                    ),
                ),
                (
                    "on",
                    models.DateField(
                        blank=True,
                        help_text="The day of the last group; needed for a control chart only.",
                        null=True,
                        verbose_name="date",
                    ),
                ),
                (
                    "point",
                    models.CharField(
                        help_text="For example 100 g. Checks of one point are compared with each other.",
                        max_length=60,
                        verbose_name="measured quantity and point",
                    ),
                ),
                ("unit", models.CharField(blank=True, max_length=20, verbose_name="unit")),
                (
                    "groups",
                    models.CharField(
                        blank=True,
                        help_text="Each group begins with its day: 2026-01-05: 10.0012 10.0013; 2026-02-10: 10.0011 10.0014.",
                        max_length=2000,
                        verbose_name="groups of readings",
                    ),
                ),
                (
                    "previous_mean",
                    standards.models.measured.MeasuredField(
                        blank=True,
                        decimal_places=12,
                        help_text="Where last year's check is not on record here.",
                        max_digits=27,
                        null=True,
                        verbose_name="last year's result",
                    ),
                ),
                (
                    "limit_kind",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("mpe", "|MPE|, used without correction"),
                            ("uncertainty", "U of the correction (k = 2 or U95), used with correction"),
                        ],
                        max_length=15,
                        verbose_name="kind of limit",
                    ),
                ),
                (
                    "limit",
                    standards.models.measured.MeasuredField(
                        blank=True, decimal_places=12, max_digits=27, null=True, verbose_name="limit"
                    ),
                ),
                ("is_in_control", models.BooleanField(blank=True, null=True, verbose_name="in control by the chart")),
                ("fewer_reason", models.CharField(blank=True, max_length=200, verbose_name="reason for fewer groups")),
                ("tested_by", models.CharField(blank=True, max_length=60, verbose_name="tested by")),
                ("remark", models.CharField(blank=True, max_length=200, verbose_name="remark")),
                (
                    "group_count",
                    models.PositiveSmallIntegerField(default=0, editable=False, verbose_name="number of groups m"),
                ),
                (
                    "mean",
                    standards.models.measured.MeasuredField(
                        blank=True,
                        decimal_places=12,
                        editable=False,
                        max_digits=27,
                        null=True,
                        verbose_name="result of the last group",
                    ),
                ),
                (
                    "result",
                    standards.models.measured.MeasuredField(
                        blank=True,
                        decimal_places=12,
                        editable=False,
                        max_digits=27,
                        null=True,
                        verbose_name="stability S",
                    ),
                ),
                ("next_due_on", models.DateField(blank=True, editable=False, null=True, verbose_name="next due by")),
                (
                    "verdict",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("basis", "Given as the basis"),
                            ("passed", "Meets the requirement"),
                            ("reevaluated", "Meets it after the uncertainty was evaluated anew"),
                            ("failed", "Does not meet the requirement"),
                            ("nothing_before", "Nothing on record to compare with"),
                        ],
                        editable=False,
                        max_length=20,
                        verbose_name="verdict",
                    ),
                ),
                ("clause", models.CharField(blank=True, editable=False, max_length=90, verbose_name="clause")),
            ],
            options={
                "verbose_name": "stability check",
                "verbose_name_plural": "stability checks",
                "ordering": ["-on", "-pk"],
                "abstract": False,
                "default_permissions": ("view", "add", "change", "void", "import", "export"),
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("voided_at__isnull", True)),
                        fields=("standard", "point", "on"),
                        name="standards_stabilitycheck_once",
                        violation_error_message="A stability check of that day at this point is already on record.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("groups", ""), ("is_in_control__isnull", False), ("method", "control_chart")),
                            models.Q(
                                models.Q(("method", "control_chart"), _negated=True),
                                ("is_in_control__isnull", True),
                                ("limit__isnull", False),
                                models.Q(("groups", ""), _negated=True),
                            ),
                            _connector="OR",
                        ),
                        name="standards_stabilitycheck_kind",
                        violation_error_message="A control chart says whether it is in control and has no groups; any other method has groups of readings and a limit.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("limit__isnull", True), ("limit_kind", "")),
                            models.Q(("limit__gt", 0), models.Q(("limit_kind", ""), _negated=True)),
                            _connector="OR",
                        ),
                        name="standards_stabilitycheck_limit",
                        violation_error_message="A limit is greater than zero and says whether it is |MPE| or U.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("on__isnull", False)),
                        name="standards_stabilitycheck_day",
                        violation_error_message="A stability check has a day.",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="StandardDevice",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
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
                    models.CharField(blank=True, editable=False, max_length=200, verbose_name="reason of voiding"),
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
                        blank=True, help_text="Last day; empty while it lasts.", null=True, verbose_name="last day"
                    ),
                ),
                (
                    "standard",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="devices",
                        to="standards.measurementstandard",
                        verbose_name="measurement standard",
                    ),
                ),
                (
                    "is_main",
                    models.BooleanField(
                        default=True,
                        help_text="The measurement standard itself, not what goes with it.",
                        verbose_name="main device",
                    ),
                ),
                ("name", models.CharField(max_length=100, verbose_name="device name")),
                ("model", models.CharField(blank=True, max_length=100, verbose_name="model")),
                ("measuring_range", models.CharField(blank=True, max_length=200, verbose_name="measuring range")),
                (
                    "uncertainty",
                    models.CharField(
                        blank=True,
                        max_length=200,
                        verbose_name="uncertainty, accuracy class or maximum permissible error",
                    ),
                ),
                ("maker", models.CharField(blank=True, max_length=100, verbose_name="maker")),
                (
                    "serial_no",
                    bureau.models.fields.CodeField(
                        help_text="Where it has none, the number that the unit gave it.",
                        max_length=60,
                        verbose_name="serial no.",
                    ),
                ),
                (
                    "interval_months",
                    models.PositiveSmallIntegerField(
                        blank=True,
                        help_text="From it follows the last day of a certificate that states none.",
                        null=True,
                        validators=[django.core.validators.MinValueValidator(1)],
                        verbose_name="traceability interval (months)",
                    ),
                ),
                (
                    "replaces",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="replaced_by",
                        to="standards.standarddevice",
                        verbose_name="replaces",
                    ),
                ),
                ("remark", models.CharField(blank=True, max_length=200, verbose_name="remark")),
            ],
            options={
                "verbose_name": "device of a standard",
                "verbose_name_plural": "devices of standards",
                "ordering": ["standard_id", "-is_main", "name", "pk"],
                "abstract": False,
                "default_permissions": ("view", "add", "change", "void", "import", "export"),
                "indexes": [models.Index(fields=["begins_on", "ends_on"], name="standards_device_days")],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            ("ends_on__isnull", True), ("ends_on__gte", models.F("begins_on")), _connector="OR"
                        ),
                        name="standards_standarddevice_dates",
                        violation_error_message="It cannot end before it begins.",
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("voided_at__isnull", True)),
                        fields=("standard", "name", "serial_no"),
                        name="standards_standarddevice_once",
                        violation_error_message="The standard already has a device of this name with this serial number.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("interval_months__isnull", True), ("interval_months__gte", 1), _connector="OR"
                        ),
                        name="standards_standarddevice_interval",
                        violation_error_message="A traceability interval has at least one month.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("replaces__isnull", True),
                            models.Q(("replaces", models.F("id")), _negated=True),
                            _connector="OR",
                        ),
                        name="standards_standarddevice_replaces",
                        violation_error_message="A device cannot replace itself.",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="ComparisonParticipant",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
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
                    models.CharField(blank=True, editable=False, max_length=200, verbose_name="reason of voiding"),
                ),
                ("import_id", models.BigIntegerField(editable=False, null=True, verbose_name="import number")),
                (
                    "import_row",
                    models.PositiveIntegerField(editable=False, null=True, verbose_name="row of the import"),
                ),
                ("import_version", models.PositiveIntegerField(editable=False, null=True)),
                (
                    "comparison",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="participants",
                        to="standards.comparison",
                        verbose_name="comparison",
                    ),
                ),
                ("lab_code", bureau.models.fields.CodeField(max_length=20, verbose_name="laboratory code")),
                ("name", models.CharField(max_length=100, verbose_name="laboratory")),
                (
                    "institution",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="comparisons",
                        to="standards.institution",
                        verbose_name="institution on record",
                    ),
                ),
                (
                    "role",
                    models.CharField(
                        choices=[("pilot", "Pilot laboratory"), ("participant", "Participating laboratory")],
                        default="participant",
                        max_length=20,
                        verbose_name="part in the comparison",
                    ),
                ),
                (
                    "is_in_reference",
                    models.BooleanField(
                        default=False,
                        help_text="Then its result and the reference value are correlated, and En takes a minus sign (JJF 1117).",
                        verbose_name="result is in the reference value",
                    ),
                ),
                (
                    "verdict",
                    models.CharField(
                        choices=[
                            ("open", "Not evaluated"),
                            ("satisfactory", "Satisfactory"),
                            ("unsatisfactory", "Unsatisfactory"),
                        ],
                        default="open",
                        editable=False,
                        max_length=20,
                        verbose_name="verdict",
                    ),
                ),
            ],
            options={
                "verbose_name": "laboratory in a comparison",
                "verbose_name_plural": "laboratories in comparisons",
                "ordering": ["comparison", "lab_code", "pk"],
                "abstract": False,
                "default_permissions": ("view", "add", "change", "void", "import", "export"),
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("voided_at__isnull", True)),
                        fields=("comparison", "lab_code"),
                        name="standards_comparisonparticipant_code",
                        violation_error_message="Another laboratory of this comparison has this code.",
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("voided_at__isnull", True), ("role", "pilot")),
                        fields=("comparison",),
                        name="standards_comparisonparticipant_pilot",
                        violation_error_message="The comparison already has a pilot laboratory.",
                    ),
                ],
            },
            bases=(standards.models.comparison.ComparisonPart, models.Model),
        ),
        migrations.CreateModel(
            name="ComparisonPoint",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
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
                    models.CharField(blank=True, editable=False, max_length=200, verbose_name="reason of voiding"),
                ),
                ("import_id", models.BigIntegerField(editable=False, null=True, verbose_name="import number")),
                (
                    "import_row",
                    models.PositiveIntegerField(editable=False, null=True, verbose_name="row of the import"),
                ),
                ("import_version", models.PositiveIntegerField(editable=False, null=True)),
                (
                    "comparison",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="points",
                        to="standards.comparison",
                        verbose_name="comparison",
                    ),
                ),
                (
                    "name",
                    models.CharField(
                        help_text="For example 500 g, or 10 kPa rising.",
                        max_length=60,
                        verbose_name="measurement point",
                    ),
                ),
                ("unit", models.CharField(max_length=20, verbose_name="unit of measurement")),
                (
                    "reference_kind",
                    models.CharField(
                        choices=[("given", "Given reference value"), ("weighted_mean", "Weighted mean of results")],
                        default="given",
                        max_length=20,
                        verbose_name="reference value by",
                    ),
                ),
                (
                    "reference_value",
                    standards.models.measured.MeasuredField(
                        blank=True, decimal_places=12, max_digits=27, null=True, verbose_name="reference value"
                    ),
                ),
                (
                    "reference_uncertainty",
                    standards.models.measured.MeasuredField(
                        blank=True,
                        decimal_places=12,
                        max_digits=27,
                        null=True,
                        verbose_name="expanded uncertainty of the reference value",
                    ),
                ),
                (
                    "reference_factor",
                    models.DecimalField(
                        blank=True,
                        decimal_places=2,
                        max_digits=4,
                        null=True,
                        verbose_name="coverage factor of the reference value",
                    ),
                ),
                (
                    "instability",
                    standards.models.measured.MeasuredField(
                        decimal_places=12,
                        default=0,
                        help_text="As a standard uncertainty, in the unit of the point; 0 if it is negligible (JJF 1117).",
                        max_digits=27,
                        validators=[django.core.validators.MinValueValidator(0)],
                        verbose_name="instability of the transfer standard",
                    ),
                ),
            ],
            options={
                "verbose_name": "measurement point",
                "verbose_name_plural": "measurement points",
                "ordering": ["comparison", "pk"],
                "abstract": False,
                "default_permissions": ("view", "add", "change", "void", "import", "export"),
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("voided_at__isnull", True)),
                        fields=("comparison", "name"),
                        name="standards_comparisonpoint_once",
                        violation_error_message="The comparison already has this measurement point.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("reference_factor__gt", 0),
                                ("reference_factor__isnull", False),
                                ("reference_kind", "given"),
                                ("reference_uncertainty__gt", 0),
                                ("reference_uncertainty__isnull", False),
                                ("reference_value__isnull", False),
                            ),
                            models.Q(
                                ("reference_factor__isnull", True),
                                ("reference_kind", "weighted_mean"),
                                ("reference_uncertainty__isnull", True),
                                ("reference_value__isnull", True),
                            ),
                            _connector="OR",
                        ),
                        name="standards_comparisonpoint_reference",
                        violation_error_message="A given reference value needs its expanded uncertainty and its coverage factor, both above zero; a weighted mean follows from the results and has none of the three (JJF 1117).",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("instability__gte", 0)),
                        name="standards_comparisonpoint_instability",
                        violation_error_message="An instability is a standard uncertainty: it is not below zero.",
                    ),
                ],
            },
            bases=(standards.models.comparison.ComparisonPart, models.Model),
        ),
        migrations.CreateModel(
            name="HistoricalComparisonParticipant",
            fields=[
                ("id", models.BigIntegerField(auto_created=True, blank=True, db_index=True, verbose_name="ID")),
                ("created_at", models.DateTimeField(editable=False, verbose_name="entered at")),
                ("updated_at", models.DateTimeField(editable=False, verbose_name="changed at")),
                ("version", models.PositiveIntegerField(default=1, editable=False, verbose_name="version")),
                ("voided_at", models.DateTimeField(editable=False, null=True, verbose_name="voided at")),
                (
                    "void_reason",
                    models.CharField(blank=True, editable=False, max_length=200, verbose_name="reason of voiding"),
                ),
                ("import_id", models.BigIntegerField(editable=False, null=True, verbose_name="import number")),
                (
                    "import_row",
                    models.PositiveIntegerField(editable=False, null=True, verbose_name="row of the import"),
                ),
                ("import_version", models.PositiveIntegerField(editable=False, null=True)),
                ("lab_code", bureau.models.fields.CodeField(max_length=20, verbose_name="laboratory code")),
                ("name", models.CharField(max_length=100, verbose_name="laboratory")),
                (
                    "role",
                    models.CharField(
                        choices=[("pilot", "Pilot laboratory"), ("participant", "Participating laboratory")],
                        default="participant",
                        max_length=20,
                        verbose_name="part in the comparison",
                    ),
                ),
                (
                    "is_in_reference",
                    models.BooleanField(
                        default=False,
                        help_text="Then its result and the reference value are correlated, and En takes a minus sign (JJF 1117).",
                        verbose_name="result is in the reference value",
                    ),
                ),
                (
                    "verdict",
                    models.CharField(
                        choices=[
                            ("open", "Not evaluated"),
                            ("satisfactory", "Satisfactory"),
                            ("unsatisfactory", "Unsatisfactory"),
                        ],
                        default="open",
                        editable=False,
                        max_length=20,
                        verbose_name="verdict",
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
                    "comparison",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="standards.comparison",
                        verbose_name="comparison",
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
                        verbose_name="institution on record",
                    ),
                ),
                ("history_id", models.AutoField(primary_key=True, serialize=False)),
                ("history_date", models.DateTimeField(db_index=True)),
                ("history_change_reason", models.CharField(max_length=100, null=True)),
                (
                    "history_type",
                    models.CharField(choices=[("+", "Created"), ("~", "Changed"), ("-", "Deleted")], max_length=1),
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
                "verbose_name": "historical laboratory in a comparison",
                "verbose_name_plural": "historical laboratories in comparisons",
                "ordering": ("-history_date", "-history_id"),
                "get_latest_by": ("history_date", "history_id"),
            },
            bases=(simple_history.models.HistoricalChanges, models.Model),
        ),
        migrations.CreateModel(
            name="HistoricalComparisonPoint",
            fields=[
                ("id", models.BigIntegerField(auto_created=True, blank=True, db_index=True, verbose_name="ID")),
                ("created_at", models.DateTimeField(editable=False, verbose_name="entered at")),
                ("updated_at", models.DateTimeField(editable=False, verbose_name="changed at")),
                ("version", models.PositiveIntegerField(default=1, editable=False, verbose_name="version")),
                ("voided_at", models.DateTimeField(editable=False, null=True, verbose_name="voided at")),
                (
                    "void_reason",
                    models.CharField(blank=True, editable=False, max_length=200, verbose_name="reason of voiding"),
                ),
                ("import_id", models.BigIntegerField(editable=False, null=True, verbose_name="import number")),
                (
                    "import_row",
                    models.PositiveIntegerField(editable=False, null=True, verbose_name="row of the import"),
                ),
                ("import_version", models.PositiveIntegerField(editable=False, null=True)),
                (
                    "name",
                    models.CharField(
                        help_text="For example 500 g, or 10 kPa rising.",
                        max_length=60,
                        verbose_name="measurement point",
                    ),
                ),
                ("unit", models.CharField(max_length=20, verbose_name="unit of measurement")),
                (
                    "reference_kind",
                    models.CharField(
                        choices=[("given", "Given reference value"), ("weighted_mean", "Weighted mean of results")],
                        default="given",
                        max_length=20,
                        verbose_name="reference value by",
                    ),
                ),
                (
                    "reference_value",
                    standards.models.measured.MeasuredField(
                        blank=True, decimal_places=12, max_digits=27, null=True, verbose_name="reference value"
                    ),
                ),
                (
                    "reference_uncertainty",
                    standards.models.measured.MeasuredField(
                        blank=True,
                        decimal_places=12,
                        max_digits=27,
                        null=True,
                        verbose_name="expanded uncertainty of the reference value",
                    ),
                ),
                (
                    "reference_factor",
                    models.DecimalField(
                        blank=True,
                        decimal_places=2,
                        max_digits=4,
                        null=True,
                        verbose_name="coverage factor of the reference value",
                    ),
                ),
                (
                    "instability",
                    standards.models.measured.MeasuredField(
                        decimal_places=12,
                        default=0,
                        help_text="As a standard uncertainty, in the unit of the point; 0 if it is negligible (JJF 1117).",
                        max_digits=27,
                        validators=[django.core.validators.MinValueValidator(0)],
                        verbose_name="instability of the transfer standard",
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
                    "comparison",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="standards.comparison",
                        verbose_name="comparison",
                    ),
                ),
                ("history_id", models.AutoField(primary_key=True, serialize=False)),
                ("history_date", models.DateTimeField(db_index=True)),
                ("history_change_reason", models.CharField(max_length=100, null=True)),
                (
                    "history_type",
                    models.CharField(choices=[("+", "Created"), ("~", "Changed"), ("-", "Deleted")], max_length=1),
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
                "verbose_name": "historical measurement point",
                "verbose_name_plural": "historical measurement points",
                "ordering": ("-history_date", "-history_id"),
                "get_latest_by": ("history_date", "history_id"),
            },
            bases=(simple_history.models.HistoricalChanges, models.Model),
        ),
        migrations.CreateModel(
            name="HistoricalStandardItem",
            fields=[
                ("id", models.BigIntegerField(auto_created=True, blank=True, db_index=True, verbose_name="ID")),
                ("created_at", models.DateTimeField(editable=False, verbose_name="entered at")),
                ("updated_at", models.DateTimeField(editable=False, verbose_name="changed at")),
                ("version", models.PositiveIntegerField(default=1, editable=False, verbose_name="version")),
                ("voided_at", models.DateTimeField(editable=False, null=True, verbose_name="voided at")),
                (
                    "void_reason",
                    models.CharField(blank=True, editable=False, max_length=200, verbose_name="reason of voiding"),
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
                        blank=True, help_text="Last day; empty while it lasts.", null=True, verbose_name="last day"
                    ),
                ),
                (
                    "name",
                    models.CharField(
                        help_text="The kind of instrument, for example 燃油加油机.", max_length=100, verbose_name="item"
                    ),
                ),
                (
                    "kind",
                    models.CharField(
                        choices=[("verification", "Verification"), ("calibration", "Calibration")],
                        max_length=20,
                        verbose_name="verified or calibrated",
                    ),
                ),
                ("measuring_range", models.CharField(max_length=200, verbose_name="measuring range")),
                (
                    "accuracy",
                    models.CharField(blank=True, max_length=200, verbose_name="accuracy class, MPE or uncertainty"),
                ),
                (
                    "specification",
                    models.CharField(
                        help_text="Number and name, for example JJG 443-2015 燃油加油机.",
                        max_length=200,
                        verbose_name="specification followed",
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
                    "standard",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="standards.measurementstandard",
                        verbose_name="measurement standard",
                    ),
                ),
                (
                    "local_specification",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="standards.specification",
                        verbose_name="local specification",
                    ),
                ),
                ("history_id", models.AutoField(primary_key=True, serialize=False)),
                ("history_date", models.DateTimeField(db_index=True)),
                ("history_change_reason", models.CharField(max_length=100, null=True)),
                (
                    "history_type",
                    models.CharField(choices=[("+", "Created"), ("~", "Changed"), ("-", "Deleted")], max_length=1),
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
                "verbose_name": "historical item of a standard",
                "verbose_name_plural": "historical items of standards",
                "ordering": ("-history_date", "-history_id"),
                "get_latest_by": ("history_date", "history_id"),
            },
            bases=(simple_history.models.HistoricalChanges, models.Model),
        ),
        migrations.CreateModel(
            name="StandardItem",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
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
                    models.CharField(blank=True, editable=False, max_length=200, verbose_name="reason of voiding"),
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
                        blank=True, help_text="Last day; empty while it lasts.", null=True, verbose_name="last day"
                    ),
                ),
                (
                    "standard",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="items",
                        to="standards.measurementstandard",
                        verbose_name="measurement standard",
                    ),
                ),
                (
                    "name",
                    models.CharField(
                        help_text="The kind of instrument, for example 燃油加油机.", max_length=100, verbose_name="item"
                    ),
                ),
                (
                    "kind",
                    models.CharField(
                        choices=[("verification", "Verification"), ("calibration", "Calibration")],
                        max_length=20,
                        verbose_name="verified or calibrated",
                    ),
                ),
                ("measuring_range", models.CharField(max_length=200, verbose_name="measuring range")),
                (
                    "accuracy",
                    models.CharField(blank=True, max_length=200, verbose_name="accuracy class, MPE or uncertainty"),
                ),
                (
                    "specification",
                    models.CharField(
                        help_text="Number and name, for example JJG 443-2015 燃油加油机.",
                        max_length=200,
                        verbose_name="specification followed",
                    ),
                ),
                (
                    "local_specification",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="items",
                        to="standards.specification",
                        verbose_name="local specification",
                    ),
                ),
                ("remark", models.CharField(blank=True, max_length=200, verbose_name="remark")),
            ],
            options={
                "verbose_name": "item of a standard",
                "verbose_name_plural": "items of standards",
                "ordering": ["standard_id", "name", "pk"],
                "abstract": False,
                "default_permissions": ("view", "add", "change", "void", "import", "export"),
                "indexes": [models.Index(fields=["begins_on", "ends_on"], name="standards_item_days")],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            ("ends_on__isnull", True), ("ends_on__gte", models.F("begins_on")), _connector="OR"
                        ),
                        name="standards_standarditem_dates",
                        violation_error_message="It cannot end before it begins.",
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("voided_at__isnull", True)),
                        fields=("standard", "name", "kind", "measuring_range"),
                        name="standards_standarditem_once",
                        violation_error_message="The standard already has this item with this range.",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="HistoricalQualification",
            fields=[
                ("id", models.BigIntegerField(auto_created=True, blank=True, db_index=True, verbose_name="ID")),
                ("created_at", models.DateTimeField(editable=False, verbose_name="entered at")),
                ("updated_at", models.DateTimeField(editable=False, verbose_name="changed at")),
                ("version", models.PositiveIntegerField(default=1, editable=False, verbose_name="version")),
                ("voided_at", models.DateTimeField(editable=False, null=True, verbose_name="voided at")),
                (
                    "void_reason",
                    models.CharField(blank=True, editable=False, max_length=200, verbose_name="reason of voiding"),
                ),
                ("import_id", models.BigIntegerField(editable=False, null=True, verbose_name="import number")),
                (
                    "import_row",
                    models.PositiveIntegerField(editable=False, null=True, verbose_name="row of the import"),
                ),
                ("import_version", models.PositiveIntegerField(editable=False, null=True)),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("registered_1", "Registered metrologist, first class"),
                            ("registered_2", "Registered metrologist, second class"),
                            ("ability", "Proof of ability to verify or calibrate"),
                            ("verifier", "Verifier's licence (until 2016)"),
                            ("assessor", "Assessor of measurement standards"),
                            ("other", "Other qualification"),
                        ],
                        max_length=20,
                        verbose_name="qualification",
                    ),
                ),
                ("certificate_no", bureau.models.fields.CodeField(max_length=60, verbose_name="certificate no.")),
                ("authority", models.CharField(max_length=100, verbose_name="issuing authority")),
                ("items", models.CharField(blank=True, max_length=200, verbose_name="items covered")),
                ("issued_on", models.DateField(verbose_name="issued on")),
                ("valid_until", models.DateField(blank=True, null=True, verbose_name="valid until")),
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
                    "technician",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="standards.technician",
                        verbose_name="technician",
                    ),
                ),
                ("history_id", models.AutoField(primary_key=True, serialize=False)),
                ("history_date", models.DateTimeField(db_index=True)),
                ("history_change_reason", models.CharField(max_length=100, null=True)),
                (
                    "history_type",
                    models.CharField(choices=[("+", "Created"), ("~", "Changed"), ("-", "Deleted")], max_length=1),
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
                "verbose_name": "historical qualification",
                "verbose_name_plural": "historical qualifications",
                "ordering": ("-history_date", "-history_id"),
                "get_latest_by": ("history_date", "history_id"),
            },
            bases=(simple_history.models.HistoricalChanges, models.Model),
        ),
        migrations.CreateModel(
            name="HistoricalStandardPerson",
            fields=[
                ("id", models.BigIntegerField(auto_created=True, blank=True, db_index=True, verbose_name="ID")),
                ("created_at", models.DateTimeField(editable=False, verbose_name="entered at")),
                ("updated_at", models.DateTimeField(editable=False, verbose_name="changed at")),
                ("version", models.PositiveIntegerField(default=1, editable=False, verbose_name="version")),
                ("voided_at", models.DateTimeField(editable=False, null=True, verbose_name="voided at")),
                (
                    "void_reason",
                    models.CharField(blank=True, editable=False, max_length=200, verbose_name="reason of voiding"),
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
                        blank=True, help_text="Last day; empty while it lasts.", null=True, verbose_name="last day"
                    ),
                ),
                (
                    "role",
                    models.CharField(
                        choices=[
                            ("responsible", "Responsible for the standard"),
                            ("verifier", "Verifies or calibrates"),
                            ("checker", "Checks the results"),
                        ],
                        max_length=20,
                        verbose_name="role",
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
                    "standard",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="standards.measurementstandard",
                        verbose_name="measurement standard",
                    ),
                ),
                (
                    "technician",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="standards.technician",
                        verbose_name="technician",
                    ),
                ),
                ("history_id", models.AutoField(primary_key=True, serialize=False)),
                ("history_date", models.DateTimeField(db_index=True)),
                ("history_change_reason", models.CharField(max_length=100, null=True)),
                (
                    "history_type",
                    models.CharField(choices=[("+", "Created"), ("~", "Changed"), ("-", "Deleted")], max_length=1),
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
                "verbose_name": "historical person of a standard",
                "verbose_name_plural": "historical persons of standards",
                "ordering": ("-history_date", "-history_id"),
                "get_latest_by": ("history_date", "history_id"),
            },
            bases=(simple_history.models.HistoricalChanges, models.Model),
        ),
        migrations.CreateModel(
            name="Qualification",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
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
                    models.CharField(blank=True, editable=False, max_length=200, verbose_name="reason of voiding"),
                ),
                ("import_id", models.BigIntegerField(editable=False, null=True, verbose_name="import number")),
                (
                    "import_row",
                    models.PositiveIntegerField(editable=False, null=True, verbose_name="row of the import"),
                ),
                ("import_version", models.PositiveIntegerField(editable=False, null=True)),
                (
                    "technician",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="qualifications",
                        to="standards.technician",
                        verbose_name="technician",
                    ),
                ),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("registered_1", "Registered metrologist, first class"),
                            ("registered_2", "Registered metrologist, second class"),
                            ("ability", "Proof of ability to verify or calibrate"),
                            ("verifier", "Verifier's licence (until 2016)"),
                            ("assessor", "Assessor of measurement standards"),
                            ("other", "Other qualification"),
                        ],
                        max_length=20,
                        verbose_name="qualification",
                    ),
                ),
                ("certificate_no", bureau.models.fields.CodeField(max_length=60, verbose_name="certificate no.")),
                ("authority", models.CharField(max_length=100, verbose_name="issuing authority")),
                ("items", models.CharField(blank=True, max_length=200, verbose_name="items covered")),
                ("issued_on", models.DateField(verbose_name="issued on")),
                ("valid_until", models.DateField(blank=True, null=True, verbose_name="valid until")),
            ],
            options={
                "verbose_name": "qualification",
                "verbose_name_plural": "qualifications",
                "ordering": ["-issued_on", "pk"],
                "abstract": False,
                "default_permissions": ("view", "add", "change", "void", "import", "export"),
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            ("valid_until__isnull", True), ("valid_until__gte", models.F("issued_on")), _connector="OR"
                        ),
                        name="standards_qualification_validity",
                        violation_error_message="The certificate cannot run out before it is issued.",
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("voided_at__isnull", True)),
                        fields=("authority", "certificate_no"),
                        name="standards_qualification_certificate",
                        violation_error_message="This authority already issued a certificate with this number.",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="StandardPerson",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
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
                    models.CharField(blank=True, editable=False, max_length=200, verbose_name="reason of voiding"),
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
                        blank=True, help_text="Last day; empty while it lasts.", null=True, verbose_name="last day"
                    ),
                ),
                (
                    "standard",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="persons",
                        to="standards.measurementstandard",
                        verbose_name="measurement standard",
                    ),
                ),
                (
                    "technician",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="standards",
                        to="standards.technician",
                        verbose_name="technician",
                    ),
                ),
                (
                    "role",
                    models.CharField(
                        choices=[
                            ("responsible", "Responsible for the standard"),
                            ("verifier", "Verifies or calibrates"),
                            ("checker", "Checks the results"),
                        ],
                        max_length=20,
                        verbose_name="role",
                    ),
                ),
            ],
            options={
                "verbose_name": "person of a standard",
                "verbose_name_plural": "persons of standards",
                "ordering": ["standard_id", "role", "begins_on", "pk"],
                "abstract": False,
                "default_permissions": ("view", "add", "change", "void", "import", "export"),
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            ("ends_on__isnull", True), ("ends_on__gte", models.F("begins_on")), _connector="OR"
                        ),
                        name="standards_standardperson_dates",
                        violation_error_message="It cannot end before it begins.",
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("voided_at__isnull", True)),
                        fields=("standard", "technician", "role", "begins_on"),
                        name="standards_standardperson_once",
                        violation_error_message="This person is already on record in this role from that day.",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="EventPaper",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
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
                    models.CharField(blank=True, editable=False, max_length=200, verbose_name="reason of voiding"),
                ),
                ("import_id", models.BigIntegerField(editable=False, null=True, verbose_name="import number")),
                (
                    "import_row",
                    models.PositiveIntegerField(editable=False, null=True, verbose_name="row of the import"),
                ),
                ("import_version", models.PositiveIntegerField(editable=False, null=True)),
                (
                    "event",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="papers",
                        to="standards.standardevent",
                        verbose_name="life-cycle event",
                    ),
                ),
                ("document", models.CharField(max_length=40, verbose_name="document")),
                ("handed_in_on", models.DateField(blank=True, null=True, verbose_name="handed in on")),
                ("is_not_needed", models.BooleanField(default=False, verbose_name="not needed")),
                (
                    "remark",
                    models.CharField(
                        blank=True,
                        help_text="Why a required paper is not needed.",
                        max_length=200,
                        verbose_name="remark",
                    ),
                ),
            ],
            options={
                "verbose_name": "paper handed in",
                "verbose_name_plural": "papers handed in",
                "ordering": ["event", "pk"],
                "abstract": False,
                "default_permissions": ("view", "add", "change", "void", "import", "export"),
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("voided_at__isnull", True)),
                        fields=("event", "document"),
                        name="standards_eventpaper_once",
                        violation_error_message="This paper is on the list of the event already.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("handed_in_on__isnull", False), ("is_not_needed", False)),
                            models.Q(
                                ("handed_in_on__isnull", True),
                                ("is_not_needed", True),
                                models.Q(("remark", ""), _negated=True),
                            ),
                            _connector="OR",
                        ),
                        name="standards_eventpaper_state",
                        violation_error_message="A paper was handed in on a day, or it is not needed and the remark says why: one of the two.",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="HistoricalEventPaper",
            fields=[
                ("id", models.BigIntegerField(auto_created=True, blank=True, db_index=True, verbose_name="ID")),
                ("created_at", models.DateTimeField(editable=False, verbose_name="entered at")),
                ("updated_at", models.DateTimeField(editable=False, verbose_name="changed at")),
                ("version", models.PositiveIntegerField(default=1, editable=False, verbose_name="version")),
                ("voided_at", models.DateTimeField(editable=False, null=True, verbose_name="voided at")),
                (
                    "void_reason",
                    models.CharField(blank=True, editable=False, max_length=200, verbose_name="reason of voiding"),
                ),
                ("import_id", models.BigIntegerField(editable=False, null=True, verbose_name="import number")),
                (
                    "import_row",
                    models.PositiveIntegerField(editable=False, null=True, verbose_name="row of the import"),
                ),
                ("import_version", models.PositiveIntegerField(editable=False, null=True)),
                ("document", models.CharField(max_length=40, verbose_name="document")),
                ("handed_in_on", models.DateField(blank=True, null=True, verbose_name="handed in on")),
                ("is_not_needed", models.BooleanField(default=False, verbose_name="not needed")),
                (
                    "remark",
                    models.CharField(
                        blank=True,
                        help_text="Why a required paper is not needed.",
                        max_length=200,
                        verbose_name="remark",
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
                    "event",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="standards.standardevent",
                        verbose_name="life-cycle event",
                    ),
                ),
                ("history_id", models.AutoField(primary_key=True, serialize=False)),
                ("history_date", models.DateTimeField(db_index=True)),
                ("history_change_reason", models.CharField(max_length=100, null=True)),
                (
                    "history_type",
                    models.CharField(choices=[("+", "Created"), ("~", "Changed"), ("-", "Deleted")], max_length=1),
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
                "verbose_name": "historical paper handed in",
                "verbose_name_plural": "historical papers handed in",
                "ordering": ("-history_date", "-history_id"),
                "get_latest_by": ("history_date", "history_id"),
            },
            bases=(simple_history.models.HistoricalChanges, models.Model),
        ),
        migrations.CreateModel(
            name="DeviceTrace",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
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
                    models.CharField(blank=True, editable=False, max_length=200, verbose_name="reason of voiding"),
                ),
                ("import_id", models.BigIntegerField(editable=False, null=True, verbose_name="import number")),
                (
                    "import_row",
                    models.PositiveIntegerField(editable=False, null=True, verbose_name="row of the import"),
                ),
                ("import_version", models.PositiveIntegerField(editable=False, null=True)),
                (
                    "device",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="traces",
                        to="standards.standarddevice",
                        verbose_name="device",
                    ),
                ),
                (
                    "kind",
                    models.CharField(
                        choices=[("verification", "Verification"), ("calibration", "Calibration")],
                        max_length=20,
                        verbose_name="verified or calibrated",
                    ),
                ),
                ("on", models.DateField(verbose_name="date")),
                (
                    "valid_until",
                    models.DateField(
                        blank=True,
                        help_text="As printed. Empty: it follows from the device's traceability interval.",
                        null=True,
                        verbose_name="valid until",
                    ),
                ),
                ("certificate_no", bureau.models.fields.CodeField(max_length=60, verbose_name="certificate no.")),
                (
                    "institution_name",
                    models.CharField(
                        blank=True,
                        help_text="Empty: the name of the institution on record.",
                        max_length=100,
                        verbose_name="issued by",
                    ),
                ),
                (
                    "institution",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="standards.institution",
                        verbose_name="institution on record",
                    ),
                ),
                (
                    "traced_to",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="traces_below",
                        to="standards.measurementstandard",
                        verbose_name="standard above",
                    ),
                ),
                (
                    "traced_to_no",
                    bureau.models.fields.CodeField(
                        blank=True,
                        help_text="As printed on the certificate, where the standard above is not among those on record here.",
                        max_length=60,
                        verbose_name="certificate no. of the standard above",
                    ),
                ),
                (
                    "is_fit",
                    models.BooleanField(
                        default=True,
                        help_text="The certificate was confirmed to meet what the standard needs.",
                        verbose_name="fit for use",
                    ),
                ),
                ("remark", models.CharField(blank=True, max_length=200, verbose_name="remark")),
            ],
            options={
                "verbose_name": "traceability certificate",
                "verbose_name_plural": "traceability certificates",
                "ordering": ["-on", "-pk"],
                "abstract": False,
                "default_permissions": ("view", "add", "change", "void", "import", "export"),
                "indexes": [
                    models.Index(
                        condition=models.Q(("is_fit", True), ("voided_at__isnull", True)),
                        fields=["valid_until", "on", "device"],
                        name="standards_trace_days",
                    ),
                    models.Index(fields=["certificate_no"], name="standards_trace_number"),
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            ("valid_until__isnull", True), ("valid_until__gte", models.F("on")), _connector="OR"
                        ),
                        name="standards_devicetrace_validity",
                        violation_error_message="The certificate cannot run out before it is issued.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("institution_name", ""), _negated=True),
                        name="standards_devicetrace_institution",
                        violation_error_message="A certificate is issued by an institution.",
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("voided_at__isnull", True)),
                        fields=("device", "certificate_no"),
                        name="standards_devicetrace_once",
                        violation_error_message="This certificate of the device is already on record.",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="EventDevice",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
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
                    models.CharField(blank=True, editable=False, max_length=200, verbose_name="reason of voiding"),
                ),
                ("import_id", models.BigIntegerField(editable=False, null=True, verbose_name="import number")),
                (
                    "import_row",
                    models.PositiveIntegerField(editable=False, null=True, verbose_name="row of the import"),
                ),
                ("import_version", models.PositiveIntegerField(editable=False, null=True)),
                (
                    "event",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="devices",
                        to="standards.standardevent",
                        verbose_name="life-cycle event",
                    ),
                ),
                (
                    "side",
                    models.CharField(
                        choices=[("before", "Before the change"), ("after", "After the change")],
                        max_length=10,
                        verbose_name="before or after",
                    ),
                ),
                (
                    "device",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="changes",
                        to="standards.standarddevice",
                        verbose_name="device",
                    ),
                ),
                ("remark", models.CharField(blank=True, max_length=200, verbose_name="remark")),
            ],
            options={
                "verbose_name": "device of a replacement",
                "verbose_name_plural": "devices of a replacement",
                "ordering": ["event", "-side", "pk"],
                "abstract": False,
                "default_permissions": ("view", "add", "change", "void", "import", "export"),
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("voided_at__isnull", True)),
                        fields=("event", "side", "device"),
                        name="standards_eventdevice_once",
                        violation_error_message="This device is named already.",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="ExaminationFinding",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
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
                    models.CharField(blank=True, editable=False, max_length=200, verbose_name="reason of voiding"),
                ),
                ("import_id", models.BigIntegerField(editable=False, null=True, verbose_name="import number")),
                (
                    "import_row",
                    models.PositiveIntegerField(editable=False, null=True, verbose_name="row of the import"),
                ),
                ("import_version", models.PositiveIntegerField(editable=False, null=True)),
                (
                    "examination",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="findings",
                        to="standards.examination",
                        verbose_name="examination of a standard",
                    ),
                ),
                (
                    "item",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="standards.checklistitem",
                        verbose_name="line of the checklist",
                    ),
                ),
                (
                    "result",
                    models.CharField(
                        choices=[
                            ("conforms", "Conforms"),
                            ("defect", "Has defects"),
                            ("fails", "Does not conform"),
                            ("not_applicable", "Not applicable"),
                        ],
                        max_length=15,
                        verbose_name="result",
                    ),
                ),
                ("problem", models.CharField(blank=True, max_length=500, verbose_name="what was found")),
                ("rectify_by", models.DateField(blank=True, null=True, verbose_name="to be rectified by")),
                ("rectified_on", models.DateField(blank=True, null=True, verbose_name="rectified on")),
                ("rectification", models.CharField(blank=True, max_length=500, verbose_name="how it was rectified")),
            ],
            options={
                "verbose_name": "finding of an examination",
                "verbose_name_plural": "findings of an examination",
                "ordering": ["examination", "item", "pk"],
                "abstract": False,
                "default_permissions": ("view", "add", "change", "void", "import", "export"),
                "indexes": [models.Index(fields=["rectified_on", "rectify_by"], name="standards_finding_due")],
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("voided_at__isnull", True)),
                        fields=("examination", "item"),
                        name="standards_examinationfinding_once",
                        violation_error_message="This line has a result already.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("rectified_on__isnull", True),
                                ("rectify_by__isnull", True),
                                ("result__in", ["conforms", "not_applicable"]),
                            ),
                            models.Q(("result__in", ["defect", "fails"]), models.Q(("problem", ""), _negated=True)),
                            _connector="OR",
                        ),
                        name="standards_examinationfinding_problem",
                        violation_error_message="A defect says what was found; what conforms has nothing to rectify.",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="ExaminationMember",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
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
                    models.CharField(blank=True, editable=False, max_length=200, verbose_name="reason of voiding"),
                ),
                ("import_id", models.BigIntegerField(editable=False, null=True, verbose_name="import number")),
                (
                    "import_row",
                    models.PositiveIntegerField(editable=False, null=True, verbose_name="row of the import"),
                ),
                ("import_version", models.PositiveIntegerField(editable=False, null=True)),
                (
                    "examination",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="members",
                        to="standards.examination",
                        verbose_name="examination of a standard",
                    ),
                ),
                ("name", models.CharField(max_length=40, verbose_name="name")),
                ("is_leader", models.BooleanField(default=False, verbose_name="leader")),
                ("unit", models.CharField(blank=True, max_length=100, verbose_name="unit")),
                (
                    "examiner_no",
                    bureau.models.fields.CodeField(
                        blank=True, max_length=40, verbose_name="examiner's certificate no."
                    ),
                ),
            ],
            options={
                "verbose_name": "member of the team",
                "verbose_name_plural": "members of the team",
                "ordering": ["examination", "-is_leader", "pk"],
                "abstract": False,
                "default_permissions": ("view", "add", "change", "void", "import", "export"),
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("voided_at__isnull", True)),
                        fields=("examination", "name"),
                        name="standards_examinationmember_once",
                        violation_error_message="This member is on the team already.",
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("voided_at__isnull", True), ("is_leader", True)),
                        fields=("examination",),
                        name="standards_examinationmember_leader",
                        violation_error_message="A team has one leader.",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="HistoricalDeviceTrace",
            fields=[
                ("id", models.BigIntegerField(auto_created=True, blank=True, db_index=True, verbose_name="ID")),
                ("created_at", models.DateTimeField(editable=False, verbose_name="entered at")),
                ("updated_at", models.DateTimeField(editable=False, verbose_name="changed at")),
                ("version", models.PositiveIntegerField(default=1, editable=False, verbose_name="version")),
                ("voided_at", models.DateTimeField(editable=False, null=True, verbose_name="voided at")),
                (
                    "void_reason",
                    models.CharField(blank=True, editable=False, max_length=200, verbose_name="reason of voiding"),
                ),
                ("import_id", models.BigIntegerField(editable=False, null=True, verbose_name="import number")),
                (
                    "import_row",
                    models.PositiveIntegerField(editable=False, null=True, verbose_name="row of the import"),
                ),
                ("import_version", models.PositiveIntegerField(editable=False, null=True)),
                (
                    "kind",
                    models.CharField(
                        choices=[("verification", "Verification"), ("calibration", "Calibration")],
                        max_length=20,
                        verbose_name="verified or calibrated",
                    ),
                ),
                ("on", models.DateField(verbose_name="date")),
                (
                    "valid_until",
                    models.DateField(
                        blank=True,
                        help_text="As printed. Empty: it follows from the device's traceability interval.",
                        null=True,
                        verbose_name="valid until",
                    ),
                ),
                ("certificate_no", bureau.models.fields.CodeField(max_length=60, verbose_name="certificate no.")),
                (
                    "institution_name",
                    models.CharField(
                        blank=True,
                        help_text="Empty: the name of the institution on record.",
                        max_length=100,
                        verbose_name="issued by",
                    ),
                ),
                (
                    "traced_to_no",
                    bureau.models.fields.CodeField(
                        blank=True,
                        help_text="As printed on the certificate, where the standard above is not among those on record here.",
                        max_length=60,
                        verbose_name="certificate no. of the standard above",
                    ),
                ),
                (
                    "is_fit",
                    models.BooleanField(
                        default=True,
                        help_text="The certificate was confirmed to meet what the standard needs.",
                        verbose_name="fit for use",
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
                    "device",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="standards.standarddevice",
                        verbose_name="device",
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
                        verbose_name="institution on record",
                    ),
                ),
                (
                    "traced_to",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="standards.measurementstandard",
                        verbose_name="standard above",
                    ),
                ),
                ("history_id", models.AutoField(primary_key=True, serialize=False)),
                ("history_date", models.DateTimeField(db_index=True)),
                ("history_change_reason", models.CharField(max_length=100, null=True)),
                (
                    "history_type",
                    models.CharField(choices=[("+", "Created"), ("~", "Changed"), ("-", "Deleted")], max_length=1),
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
                "verbose_name": "historical traceability certificate",
                "verbose_name_plural": "historical traceability certificates",
                "ordering": ("-history_date", "-history_id"),
                "get_latest_by": ("history_date", "history_id"),
            },
            bases=(simple_history.models.HistoricalChanges, models.Model),
        ),
        migrations.CreateModel(
            name="HistoricalEventDevice",
            fields=[
                ("id", models.BigIntegerField(auto_created=True, blank=True, db_index=True, verbose_name="ID")),
                ("created_at", models.DateTimeField(editable=False, verbose_name="entered at")),
                ("updated_at", models.DateTimeField(editable=False, verbose_name="changed at")),
                ("version", models.PositiveIntegerField(default=1, editable=False, verbose_name="version")),
                ("voided_at", models.DateTimeField(editable=False, null=True, verbose_name="voided at")),
                (
                    "void_reason",
                    models.CharField(blank=True, editable=False, max_length=200, verbose_name="reason of voiding"),
                ),
                ("import_id", models.BigIntegerField(editable=False, null=True, verbose_name="import number")),
                (
                    "import_row",
                    models.PositiveIntegerField(editable=False, null=True, verbose_name="row of the import"),
                ),
                ("import_version", models.PositiveIntegerField(editable=False, null=True)),
                (
                    "side",
                    models.CharField(
                        choices=[("before", "Before the change"), ("after", "After the change")],
                        max_length=10,
                        verbose_name="before or after",
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
                    "event",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="standards.standardevent",
                        verbose_name="life-cycle event",
                    ),
                ),
                (
                    "device",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="standards.standarddevice",
                        verbose_name="device",
                    ),
                ),
                ("history_id", models.AutoField(primary_key=True, serialize=False)),
                ("history_date", models.DateTimeField(db_index=True)),
                ("history_change_reason", models.CharField(max_length=100, null=True)),
                (
                    "history_type",
                    models.CharField(choices=[("+", "Created"), ("~", "Changed"), ("-", "Deleted")], max_length=1),
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
                "verbose_name": "historical device of a replacement",
                "verbose_name_plural": "historical devices of a replacement",
                "ordering": ("-history_date", "-history_id"),
                "get_latest_by": ("history_date", "history_id"),
            },
            bases=(simple_history.models.HistoricalChanges, models.Model),
        ),
        migrations.CreateModel(
            name="HistoricalExaminationFinding",
            fields=[
                ("id", models.BigIntegerField(auto_created=True, blank=True, db_index=True, verbose_name="ID")),
                ("created_at", models.DateTimeField(editable=False, verbose_name="entered at")),
                ("updated_at", models.DateTimeField(editable=False, verbose_name="changed at")),
                ("version", models.PositiveIntegerField(default=1, editable=False, verbose_name="version")),
                ("voided_at", models.DateTimeField(editable=False, null=True, verbose_name="voided at")),
                (
                    "void_reason",
                    models.CharField(blank=True, editable=False, max_length=200, verbose_name="reason of voiding"),
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
                            ("conforms", "Conforms"),
                            ("defect", "Has defects"),
                            ("fails", "Does not conform"),
                            ("not_applicable", "Not applicable"),
                        ],
                        max_length=15,
                        verbose_name="result",
                    ),
                ),
                ("problem", models.CharField(blank=True, max_length=500, verbose_name="what was found")),
                ("rectify_by", models.DateField(blank=True, null=True, verbose_name="to be rectified by")),
                ("rectified_on", models.DateField(blank=True, null=True, verbose_name="rectified on")),
                ("rectification", models.CharField(blank=True, max_length=500, verbose_name="how it was rectified")),
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
                    "examination",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="standards.examination",
                        verbose_name="examination of a standard",
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
                        to="standards.checklistitem",
                        verbose_name="line of the checklist",
                    ),
                ),
                ("history_id", models.AutoField(primary_key=True, serialize=False)),
                ("history_date", models.DateTimeField(db_index=True)),
                ("history_change_reason", models.CharField(max_length=100, null=True)),
                (
                    "history_type",
                    models.CharField(choices=[("+", "Created"), ("~", "Changed"), ("-", "Deleted")], max_length=1),
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
                "verbose_name": "historical finding of an examination",
                "verbose_name_plural": "historical findings of an examination",
                "ordering": ("-history_date", "-history_id"),
                "get_latest_by": ("history_date", "history_id"),
            },
            bases=(simple_history.models.HistoricalChanges, models.Model),
        ),
        migrations.CreateModel(
            name="HistoricalExaminationMember",
            fields=[
                ("id", models.BigIntegerField(auto_created=True, blank=True, db_index=True, verbose_name="ID")),
                ("created_at", models.DateTimeField(editable=False, verbose_name="entered at")),
                ("updated_at", models.DateTimeField(editable=False, verbose_name="changed at")),
                ("version", models.PositiveIntegerField(default=1, editable=False, verbose_name="version")),
                ("voided_at", models.DateTimeField(editable=False, null=True, verbose_name="voided at")),
                (
                    "void_reason",
                    models.CharField(blank=True, editable=False, max_length=200, verbose_name="reason of voiding"),
                ),
                ("import_id", models.BigIntegerField(editable=False, null=True, verbose_name="import number")),
                (
                    "import_row",
                    models.PositiveIntegerField(editable=False, null=True, verbose_name="row of the import"),
                ),
                ("import_version", models.PositiveIntegerField(editable=False, null=True)),
                ("name", models.CharField(max_length=40, verbose_name="name")),
                ("is_leader", models.BooleanField(default=False, verbose_name="leader")),
                ("unit", models.CharField(blank=True, max_length=100, verbose_name="unit")),
                (
                    "examiner_no",
                    bureau.models.fields.CodeField(
                        blank=True, max_length=40, verbose_name="examiner's certificate no."
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
                    "examination",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="standards.examination",
                        verbose_name="examination of a standard",
                    ),
                ),
                ("history_id", models.AutoField(primary_key=True, serialize=False)),
                ("history_date", models.DateTimeField(db_index=True)),
                ("history_change_reason", models.CharField(max_length=100, null=True)),
                (
                    "history_type",
                    models.CharField(choices=[("+", "Created"), ("~", "Changed"), ("-", "Deleted")], max_length=1),
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
                "verbose_name": "historical member of the team",
                "verbose_name_plural": "historical members of the team",
                "ordering": ("-history_date", "-history_id"),
                "get_latest_by": ("history_date", "history_id"),
            },
            bases=(simple_history.models.HistoricalChanges, models.Model),
        ),
        migrations.CreateModel(
            name="HistoricalStandardDevice",
            fields=[
                ("id", models.BigIntegerField(auto_created=True, blank=True, db_index=True, verbose_name="ID")),
                ("created_at", models.DateTimeField(editable=False, verbose_name="entered at")),
                ("updated_at", models.DateTimeField(editable=False, verbose_name="changed at")),
                ("version", models.PositiveIntegerField(default=1, editable=False, verbose_name="version")),
                ("voided_at", models.DateTimeField(editable=False, null=True, verbose_name="voided at")),
                (
                    "void_reason",
                    models.CharField(blank=True, editable=False, max_length=200, verbose_name="reason of voiding"),
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
                        blank=True, help_text="Last day; empty while it lasts.", null=True, verbose_name="last day"
                    ),
                ),
                (
                    "is_main",
                    models.BooleanField(
                        default=True,
                        help_text="The measurement standard itself, not what goes with it.",
                        verbose_name="main device",
                    ),
                ),
                ("name", models.CharField(max_length=100, verbose_name="device name")),
                ("model", models.CharField(blank=True, max_length=100, verbose_name="model")),
                ("measuring_range", models.CharField(blank=True, max_length=200, verbose_name="measuring range")),
                (
                    "uncertainty",
                    models.CharField(
                        blank=True,
                        max_length=200,
                        verbose_name="uncertainty, accuracy class or maximum permissible error",
                    ),
                ),
                ("maker", models.CharField(blank=True, max_length=100, verbose_name="maker")),
                (
                    "serial_no",
                    bureau.models.fields.CodeField(
                        help_text="Where it has none, the number that the unit gave it.",
                        max_length=60,
                        verbose_name="serial no.",
                    ),
                ),
                (
                    "interval_months",
                    models.PositiveSmallIntegerField(
                        blank=True,
                        help_text="From it follows the last day of a certificate that states none.",
                        null=True,
                        validators=[django.core.validators.MinValueValidator(1)],
                        verbose_name="traceability interval (months)",
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
                    "standard",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="standards.measurementstandard",
                        verbose_name="measurement standard",
                    ),
                ),
                (
                    "replaces",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="standards.standarddevice",
                        verbose_name="replaces",
                    ),
                ),
                ("history_id", models.AutoField(primary_key=True, serialize=False)),
                ("history_date", models.DateTimeField(db_index=True)),
                ("history_change_reason", models.CharField(max_length=100, null=True)),
                (
                    "history_type",
                    models.CharField(choices=[("+", "Created"), ("~", "Changed"), ("-", "Deleted")], max_length=1),
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
                "verbose_name": "historical device of a standard",
                "verbose_name_plural": "historical devices of standards",
                "ordering": ("-history_date", "-history_id"),
                "get_latest_by": ("history_date", "history_id"),
            },
            bases=(simple_history.models.HistoricalChanges, models.Model),
        ),
        migrations.CreateModel(
            name="ComparisonFollowUp",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
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
                    models.CharField(blank=True, editable=False, max_length=200, verbose_name="reason of voiding"),
                ),
                ("import_id", models.BigIntegerField(editable=False, null=True, verbose_name="import number")),
                (
                    "import_row",
                    models.PositiveIntegerField(editable=False, null=True, verbose_name="row of the import"),
                ),
                ("import_version", models.PositiveIntegerField(editable=False, null=True)),
                (
                    "comparison",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="follow_ups",
                        to="standards.comparison",
                        verbose_name="comparison",
                    ),
                ),
                (
                    "participant",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="follow_ups",
                        to="standards.comparisonparticipant",
                        verbose_name="laboratory in a comparison",
                    ),
                ),
                ("ordered_on", models.DateField(verbose_name="ordered on")),
                ("due_on", models.DateField(verbose_name="to be settled by")),
                ("measures", models.CharField(blank=True, max_length=200, verbose_name="cause and measures")),
                ("settled_on", models.DateField(blank=True, null=True, verbose_name="settled on")),
                (
                    "outcome",
                    models.CharField(
                        blank=True,
                        help_text="For example: repeated, |En| = 0.4.",
                        max_length=200,
                        verbose_name="outcome",
                    ),
                ),
            ],
            options={
                "verbose_name": "follow-up of a comparison",
                "verbose_name_plural": "follow-ups of comparisons",
                "ordering": ["comparison", "due_on", "pk"],
                "abstract": False,
                "default_permissions": ("view", "add", "change", "void", "import", "export"),
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("voided_at__isnull", True)),
                        fields=("participant", "ordered_on"),
                        name="standards_comparisonfollowup_once",
                        violation_error_message="A follow-up ordered on that day is already recorded for this laboratory.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("due_on__gte", models.F("ordered_on"))),
                        name="standards_comparisonfollowup_due",
                        violation_error_message="It cannot be due before it is ordered.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("settled_on__isnull", True),
                            models.Q(
                                ("settled_on__gte", models.F("ordered_on")), models.Q(("outcome", ""), _negated=True)
                            ),
                            _connector="OR",
                        ),
                        name="standards_comparisonfollowup_settled",
                        violation_error_message="It is settled after it was ordered, and with its outcome.",
                    ),
                ],
            },
            bases=(standards.models.comparison.ComparisonPart, models.Model),
        ),
        migrations.CreateModel(
            name="ComparisonResult",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
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
                    models.CharField(blank=True, editable=False, max_length=200, verbose_name="reason of voiding"),
                ),
                ("import_id", models.BigIntegerField(editable=False, null=True, verbose_name="import number")),
                (
                    "import_row",
                    models.PositiveIntegerField(editable=False, null=True, verbose_name="row of the import"),
                ),
                ("import_version", models.PositiveIntegerField(editable=False, null=True)),
                (
                    "comparison",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="results",
                        to="standards.comparison",
                        verbose_name="comparison",
                    ),
                ),
                (
                    "participant",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="results",
                        to="standards.comparisonparticipant",
                        verbose_name="laboratory in a comparison",
                    ),
                ),
                (
                    "point",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="results",
                        to="standards.comparisonpoint",
                        verbose_name="measurement point",
                    ),
                ),
                (
                    "submission",
                    models.PositiveSmallIntegerField(
                        default=1,
                        help_text="1 for the first, 2 for its correction, and so on.",
                        validators=[django.core.validators.MinValueValidator(1)],
                        verbose_name="submission",
                    ),
                ),
                ("submitted_on", models.DateField(verbose_name="submitted on")),
                (
                    "value",
                    standards.models.measured.MeasuredField(decimal_places=12, max_digits=27, verbose_name="result"),
                ),
                (
                    "uncertainty",
                    standards.models.measured.MeasuredField(
                        decimal_places=12, max_digits=27, verbose_name="expanded uncertainty U"
                    ),
                ),
                (
                    "factor",
                    models.DecimalField(decimal_places=2, default=2, max_digits=4, verbose_name="coverage factor k"),
                ),
                (
                    "reason",
                    models.CharField(
                        blank=True,
                        help_text="Needed from the second submission on.",
                        max_length=200,
                        verbose_name="reason of the correction",
                    ),
                ),
            ],
            options={
                "verbose_name": "result in a comparison",
                "verbose_name_plural": "results in comparisons",
                "ordering": ["comparison", "point", "participant", "submission"],
                "abstract": False,
                "default_permissions": ("view", "add", "change", "void", "import", "export"),
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("voided_at__isnull", True)),
                        fields=("participant", "point", "submission"),
                        name="standards_comparisonresult_once",
                        violation_error_message="This submission is already recorded; a correction has the next number.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("factor__gt", 0), ("uncertainty__gt", 0)),
                        name="standards_comparisonresult_uncertainty",
                        violation_error_message="A result in a comparison needs an expanded uncertainty and a coverage factor, both above zero (JJF 1117).",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("submission", 1),
                            models.Q(("submission__gt", 1), models.Q(("reason", ""), _negated=True)),
                            _connector="OR",
                        ),
                        name="standards_comparisonresult_reason",
                        violation_error_message="A correction needs its reason.",
                    ),
                ],
            },
            bases=(standards.models.comparison.ComparisonPart, models.Model),
        ),
        migrations.CreateModel(
            name="HistoricalComparisonFollowUp",
            fields=[
                ("id", models.BigIntegerField(auto_created=True, blank=True, db_index=True, verbose_name="ID")),
                ("created_at", models.DateTimeField(editable=False, verbose_name="entered at")),
                ("updated_at", models.DateTimeField(editable=False, verbose_name="changed at")),
                ("version", models.PositiveIntegerField(default=1, editable=False, verbose_name="version")),
                ("voided_at", models.DateTimeField(editable=False, null=True, verbose_name="voided at")),
                (
                    "void_reason",
                    models.CharField(blank=True, editable=False, max_length=200, verbose_name="reason of voiding"),
                ),
                ("import_id", models.BigIntegerField(editable=False, null=True, verbose_name="import number")),
                (
                    "import_row",
                    models.PositiveIntegerField(editable=False, null=True, verbose_name="row of the import"),
                ),
                ("import_version", models.PositiveIntegerField(editable=False, null=True)),
                ("ordered_on", models.DateField(verbose_name="ordered on")),
                ("due_on", models.DateField(verbose_name="to be settled by")),
                ("measures", models.CharField(blank=True, max_length=200, verbose_name="cause and measures")),
                ("settled_on", models.DateField(blank=True, null=True, verbose_name="settled on")),
                (
                    "outcome",
                    models.CharField(
                        blank=True,
                        help_text="For example: repeated, |En| = 0.4.",
                        max_length=200,
                        verbose_name="outcome",
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
                    "comparison",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="standards.comparison",
                        verbose_name="comparison",
                    ),
                ),
                (
                    "participant",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="standards.comparisonparticipant",
                        verbose_name="laboratory in a comparison",
                    ),
                ),
                ("history_id", models.AutoField(primary_key=True, serialize=False)),
                ("history_date", models.DateTimeField(db_index=True)),
                ("history_change_reason", models.CharField(max_length=100, null=True)),
                (
                    "history_type",
                    models.CharField(choices=[("+", "Created"), ("~", "Changed"), ("-", "Deleted")], max_length=1),
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
                "verbose_name": "historical follow-up of a comparison",
                "verbose_name_plural": "historical follow-ups of comparisons",
                "ordering": ("-history_date", "-history_id"),
                "get_latest_by": ("history_date", "history_id"),
            },
            bases=(simple_history.models.HistoricalChanges, models.Model),
        ),
        migrations.CreateModel(
            name="HistoricalComparisonResult",
            fields=[
                ("id", models.BigIntegerField(auto_created=True, blank=True, db_index=True, verbose_name="ID")),
                ("created_at", models.DateTimeField(editable=False, verbose_name="entered at")),
                ("updated_at", models.DateTimeField(editable=False, verbose_name="changed at")),
                ("version", models.PositiveIntegerField(default=1, editable=False, verbose_name="version")),
                ("voided_at", models.DateTimeField(editable=False, null=True, verbose_name="voided at")),
                (
                    "void_reason",
                    models.CharField(blank=True, editable=False, max_length=200, verbose_name="reason of voiding"),
                ),
                ("import_id", models.BigIntegerField(editable=False, null=True, verbose_name="import number")),
                (
                    "import_row",
                    models.PositiveIntegerField(editable=False, null=True, verbose_name="row of the import"),
                ),
                ("import_version", models.PositiveIntegerField(editable=False, null=True)),
                (
                    "submission",
                    models.PositiveSmallIntegerField(
                        default=1,
                        help_text="1 for the first, 2 for its correction, and so on.",
                        validators=[django.core.validators.MinValueValidator(1)],
                        verbose_name="submission",
                    ),
                ),
                ("submitted_on", models.DateField(verbose_name="submitted on")),
                (
                    "value",
                    standards.models.measured.MeasuredField(decimal_places=12, max_digits=27, verbose_name="result"),
                ),
                (
                    "uncertainty",
                    standards.models.measured.MeasuredField(
                        decimal_places=12, max_digits=27, verbose_name="expanded uncertainty U"
                    ),
                ),
                (
                    "factor",
                    models.DecimalField(decimal_places=2, default=2, max_digits=4, verbose_name="coverage factor k"),
                ),
                (
                    "reason",
                    models.CharField(
                        blank=True,
                        help_text="Needed from the second submission on.",
                        max_length=200,
                        verbose_name="reason of the correction",
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
                    "comparison",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="standards.comparison",
                        verbose_name="comparison",
                    ),
                ),
                (
                    "participant",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="standards.comparisonparticipant",
                        verbose_name="laboratory in a comparison",
                    ),
                ),
                (
                    "point",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="standards.comparisonpoint",
                        verbose_name="measurement point",
                    ),
                ),
                ("history_id", models.AutoField(primary_key=True, serialize=False)),
                ("history_date", models.DateTimeField(db_index=True)),
                ("history_change_reason", models.CharField(max_length=100, null=True)),
                (
                    "history_type",
                    models.CharField(choices=[("+", "Created"), ("~", "Changed"), ("-", "Deleted")], max_length=1),
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
                "verbose_name": "historical result in a comparison",
                "verbose_name_plural": "historical results in comparisons",
                "ordering": ("-history_date", "-history_id"),
                "get_latest_by": ("history_date", "history_id"),
            },
            bases=(simple_history.models.HistoricalChanges, models.Model),
        ),
        ]),
    ]
