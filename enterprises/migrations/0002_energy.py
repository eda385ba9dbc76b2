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
        ("enterprises", "0001_initial"),
    ]

    operations = [
        CreateModels(
            [
                migrations.CreateModel(
                    name="EnergyEdition",
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
                            "standard",
                            models.CharField(
                                choices=[
                                    ("conversion", "GB/T 2589: conversion to coal equivalent"),
                                    ("equipping", "GB 17167: equipping with energy meters"),
                                ],
                                max_length=20,
                                verbose_name="standard of energy metering",
                            ),
                        ),
                        ("name", models.CharField(blank=True, max_length=100, verbose_name="title of the standard")),
                        (
                            "kj_per_kgce",
                            models.DecimalField(
                                blank=True, decimal_places=2, max_digits=8, null=True, verbose_name="kJ per kgce"
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "edition of an energy standard",
                        "verbose_name_plural": "editions of energy standards",
                        "ordering": ["standard", "effective_from"],
                        "abstract": False,
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("effective_to__isnull", True),
                                    ("effective_from__isnull", True),
                                    ("effective_to__gte", models.F("effective_from")),
                                    _connector="OR",
                                ),
                                name="enterprises_energyedition_dates",
                                violation_error_message="A rule cannot end before it begins.",
                            ),
                            models.UniqueConstraint(
                                fields=("standard", "edition"),
                                name="enterprises_energyedition_once",
                                violation_error_message="This edition of the standard is already on record.",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("standard", "conversion"), _negated=True),
                                    models.Q(("kj_per_kgce__gt", 0), ("kj_per_kgce__isnull", False)),
                                    _connector="OR",
                                ),
                                name="enterprises_energyedition_kj",
                                violation_error_message="An edition of GB/T 2589 states how many kJ one kgce has.",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="EnergyUnit",
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
                            "enterprise",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="energy_units",
                                to="enterprises.enterprise",
                                verbose_name="enterprise",
                            ),
                        ),
                        (
                            "kind",
                            models.CharField(
                                choices=[
                                    ("key", "Key energy-using unit"),
                                    ("public_institution", "Public institution"),
                                    ("other", "Other energy-using unit"),
                                ],
                                max_length=20,
                                verbose_name="kind of energy-using unit",
                            ),
                        ),
                        (
                            "sector",
                            models.CharField(
                                choices=[
                                    ("nonferrous", "Non-ferrous metals"),
                                    ("textile", "Textile and dyeing"),
                                    ("building_materials", "Building materials"),
                                    ("petrochemical", "Petrochemical industry"),
                                    ("coal_chemical", "Coal chemical industry"),
                                    ("energy", "Energy industry"),
                                    ("steel", "Iron and steel"),
                                    ("transport", "Transport"),
                                    ("paper", "Paper making"),
                                    ("data_centre", "Data centre"),
                                    ("public_institution", "Public institution"),
                                    ("other", "Other sector"),
                                ],
                                max_length=20,
                                verbose_name="sector of energy use",
                            ),
                        ),
                        (
                            "size_class",
                            models.CharField(
                                blank=True,
                                choices=[
                                    ("hundred", "“Hundred”: about 3 million tce and more"),
                                    ("thousand", "“Thousand”: 500,000 tce and more"),
                                    ("ten_thousand", "“Ten thousand”: 10,000 tce and more"),
                                    ("named", "5,000 to 10,000 tce, named by the authority"),
                                ],
                                max_length=20,
                                verbose_name="class by yearly use",
                            ),
                        ),
                        (
                            "listed_by",
                            models.CharField(
                                blank=True,
                                help_text="Authority and number of the list.",
                                max_length=100,
                                verbose_name="listed by",
                            ),
                        ),
                        ("begins_on", models.DateField(verbose_name="listed from")),
                        ("ends_on", models.DateField(blank=True, null=True, verbose_name="listed until")),
                        ("remark", models.CharField(blank=True, max_length=200, verbose_name="remark")),
                    ],
                    options={
                        "verbose_name": "energy-using unit",
                        "verbose_name_plural": "energy-using units",
                        "ordering": ["-pk"],
                        "abstract": False,
                        "default_permissions": ("view", "add", "change", "void", "import", "export"),
                        "indexes": [models.Index(fields=["region", "begins_on"], name="enterprises_energyunit_begins")],
                        "constraints": [
                            models.UniqueConstraint(
                                condition=models.Q(("voided_at__isnull", True)),
                                fields=("enterprise",),
                                name="enterprises_energyunit_once",
                                violation_error_message="This enterprise is already on record as an energy-using unit.",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("ends_on__isnull", True), ("ends_on__gte", models.F("begins_on")), _connector="OR"
                                ),
                                name="enterprises_energyunit_dates",
                                violation_error_message="It cannot end before it begins.",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("size_class", ""), ("kind", "key"), _connector="OR"),
                                name="enterprises_energyunit_class",
                                violation_error_message="Only a key energy-using unit has a class by its yearly use.",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="HistoricalEnergyUnit",
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
                            "kind",
                            models.CharField(
                                choices=[
                                    ("key", "Key energy-using unit"),
                                    ("public_institution", "Public institution"),
                                    ("other", "Other energy-using unit"),
                                ],
                                max_length=20,
                                verbose_name="kind of energy-using unit",
                            ),
                        ),
                        (
                            "sector",
                            models.CharField(
                                choices=[
                                    ("nonferrous", "Non-ferrous metals"),
                                    ("textile", "Textile and dyeing"),
                                    ("building_materials", "Building materials"),
                                    ("petrochemical", "Petrochemical industry"),
                                    ("coal_chemical", "Coal chemical industry"),
                                    ("energy", "Energy industry"),
                                    ("steel", "Iron and steel"),
                                    ("transport", "Transport"),
                                    ("paper", "Paper making"),
                                    ("data_centre", "Data centre"),
                                    ("public_institution", "Public institution"),
                                    ("other", "Other sector"),
                                ],
                                max_length=20,
                                verbose_name="sector of energy use",
                            ),
                        ),
                        (
                            "size_class",
                            models.CharField(
                                blank=True,
                                choices=[
                                    ("hundred", "“Hundred”: about 3 million tce and more"),
                                    ("thousand", "“Thousand”: 500,000 tce and more"),
                                    ("ten_thousand", "“Ten thousand”: 10,000 tce and more"),
                                    ("named", "5,000 to 10,000 tce, named by the authority"),
                                ],
                                max_length=20,
                                verbose_name="class by yearly use",
                            ),
                        ),
                        (
                            "listed_by",
                            models.CharField(
                                blank=True,
                                help_text="Authority and number of the list.",
                                max_length=100,
                                verbose_name="listed by",
                            ),
                        ),
                        ("begins_on", models.DateField(verbose_name="listed from")),
                        ("ends_on", models.DateField(blank=True, null=True, verbose_name="listed until")),
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
                            "enterprise",
                            models.ForeignKey(
                                blank=True,
                                db_constraint=False,
                                null=True,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                to="enterprises.enterprise",
                                verbose_name="enterprise",
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
                        "verbose_name": "historical energy-using unit",
                        "verbose_name_plural": "historical energy-using units",
                        "ordering": ("-history_date", "-history_id"),
                        "get_latest_by": ("history_date", "history_id"),
                    },
                    bases=(simple_history.models.HistoricalChanges, models.Model),
                ),
                migrations.CreateModel(
                    name="MeteredEnergy",
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
                                max_length=20,
                                primary_key=True,
                                serialize=False,
                                verbose_name="code of the metered energy",
                            ),
                        ),
                        ("name", models.CharField(max_length=30, unique=True, verbose_name="metered energy")),
                        ("name_en", models.CharField(max_length=60, verbose_name="English name")),
                        (
                            "group",
                            models.CharField(
                                choices=[
                                    ("electricity", "Electricity"),
                                    ("solid", "Solid energy"),
                                    ("liquid", "Liquid energy"),
                                    ("gas", "Gaseous energy"),
                                    ("medium", "Energy-carrying medium"),
                                    ("residual", "Recoverable residual energy"),
                                ],
                                max_length=20,
                                verbose_name="group of energy",
                            ),
                        ),
                        ("position", models.PositiveSmallIntegerField(default=0, verbose_name="position")),
                    ],
                    options={
                        "verbose_name": "metered kind of energy",
                        "verbose_name_plural": "metered kinds of energy",
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
                                name="enterprises_meteredenergy_dates",
                                violation_error_message="A rule cannot end before it begins.",
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="MeterUse",
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
                                max_length=30, primary_key=True, serialize=False, verbose_name="code of the use"
                            ),
                        ),
                        (
                            "sort",
                            models.CharField(
                                choices=[
                                    ("weighing", "Weighing instrument"),
                                    ("electricity", "Electricity meter"),
                                    ("oil_flow", "Oil flow meter"),
                                    ("gas_flow", "Gas flow meter"),
                                    ("water_flow", "Water flow meter"),
                                    ("temperature", "Temperature instrument"),
                                    ("pressure", "Pressure instrument"),
                                ],
                                max_length=20,
                                verbose_name="sort of meter",
                            ),
                        ),
                        ("name", models.CharField(max_length=60, unique=True, verbose_name="use of the meter")),
                        ("name_en", models.CharField(max_length=100, verbose_name="English name")),
                        ("position", models.PositiveSmallIntegerField(default=0, verbose_name="position")),
                    ],
                    options={
                        "verbose_name": "use of energy meters",
                        "verbose_name_plural": "uses of energy meters",
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
                                name="enterprises_meteruse_dates",
                                violation_error_message="A rule cannot end before it begins.",
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="EnergyKind",
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
                                max_length=20, primary_key=True, serialize=False, verbose_name="code of the energy"
                            ),
                        ),
                        ("name", models.CharField(max_length=40, unique=True, verbose_name="energy")),
                        ("name_en", models.CharField(max_length=80, verbose_name="English name")),
                        (
                            "nature",
                            models.CharField(
                                choices=[
                                    ("fuel", "Fuel: one factor"),
                                    ("power", "Electricity or heat: equivalent value and equal value"),
                                    ("medium", "Energy-consumed medium: equal value alone"),
                                ],
                                max_length=10,
                                verbose_name="how it is converted",
                            ),
                        ),
                        (
                            "unit",
                            models.CharField(
                                help_text="What factors and calorific values are stated per: kg, m3 (standard state), kWh, MJ or t.",
                                max_length=10,
                                verbose_name="unit of its factor",
                            ),
                        ),
                        (
                            "metered_as",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="energies",
                                to="enterprises.meteredenergy",
                                verbose_name="metered as",
                            ),
                        ),
                        ("position", models.PositiveSmallIntegerField(default=0, verbose_name="position")),
                    ],
                    options={
                        "verbose_name": "kind of energy",
                        "verbose_name_plural": "kinds of energy",
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
                                name="enterprises_energykind_dates",
                                violation_error_message="A rule cannot end before it begins.",
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="EnergyDepartment",
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
                            "unit",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="departments",
                                to="enterprises.energyunit",
                                verbose_name="energy-using unit",
                            ),
                        ),
                        ("name", models.CharField(max_length=60, verbose_name="department")),
                        ("is_main", models.BooleanField(default=True, verbose_name="main sub-unit")),
                        ("process", models.CharField(blank=True, max_length=100, verbose_name="process")),
                        ("remark", models.CharField(blank=True, max_length=200, verbose_name="remark")),
                    ],
                    options={
                        "verbose_name": "department of an energy-using unit",
                        "verbose_name_plural": "departments of energy-using units",
                        "ordering": ["pk"],
                        "abstract": False,
                        "default_permissions": ("view", "add", "change", "void", "import", "export"),
                        "constraints": [
                            models.UniqueConstraint(
                                condition=models.Q(("voided_at__isnull", True)),
                                fields=("unit", "name"),
                                name="enterprises_energydepartment_once",
                                violation_error_message="The unit already has a department of this name.",
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="EnergyConnection",
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
                            "unit",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="connections",
                                to="enterprises.energyunit",
                                verbose_name="energy-using unit",
                            ),
                        ),
                        (
                            "mode",
                            models.CharField(
                                choices=[
                                    ("realtime", "Collected in real time"),
                                    ("manual", "Reported by hand"),
                                    ("none", "Not connected"),
                                ],
                                max_length=10,
                                verbose_name="way of connection",
                            ),
                        ),
                        ("begins_on", models.DateField(verbose_name="connected from")),
                        ("ends_on", models.DateField(blank=True, null=True, verbose_name="connected until")),
                        ("remark", models.CharField(blank=True, max_length=200, verbose_name="remark")),
                    ],
                    options={
                        "verbose_name": "connection of an energy-using unit",
                        "verbose_name_plural": "connections of energy-using units",
                        "ordering": ["begins_on", "pk"],
                        "abstract": False,
                        "default_permissions": ("view", "add", "change", "void", "import", "export"),
                        "constraints": [
                            models.UniqueConstraint(
                                condition=models.Q(("voided_at__isnull", True)),
                                fields=("unit", "begins_on"),
                                name="enterprises_energyconnection_once",
                                violation_error_message="A connection of the unit from that day is already recorded.",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("ends_on__isnull", True), ("ends_on__gte", models.F("begins_on")), _connector="OR"
                                ),
                                name="enterprises_energyconnection_dates",
                                violation_error_message="It cannot end before it begins.",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="EnergyYear",
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
                                related_name="years",
                                to="enterprises.energyunit",
                                verbose_name="energy-using unit",
                            ),
                        ),
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
                            "output_value",
                            models.DecimalField(
                                blank=True,
                                decimal_places=2,
                                help_text="In 10,000 yuan.",
                                max_digits=14,
                                null=True,
                                verbose_name="output value",
                            ),
                        ),
                        (
                            "added_value",
                            models.DecimalField(
                                blank=True,
                                decimal_places=2,
                                help_text="In 10,000 yuan.",
                                max_digits=14,
                                null=True,
                                verbose_name="value added",
                            ),
                        ),
                        (
                            "stated_tce",
                            models.DecimalField(
                                blank=True,
                                decimal_places=2,
                                help_text="In tce, as the unit states it.",
                                max_digits=14,
                                null=True,
                                verbose_name="stated energy in all, equivalent value",
                            ),
                        ),
                        (
                            "stated_tce_equal",
                            models.DecimalField(
                                blank=True,
                                decimal_places=2,
                                help_text="In tce, as the unit states it.",
                                max_digits=14,
                                null=True,
                                verbose_name="stated energy in all, equal value",
                            ),
                        ),
                        (
                            "due_on",
                            models.DateField(
                                blank=True,
                                help_text="Mostly 31 March of the next year.",
                                null=True,
                                verbose_name="report due on",
                            ),
                        ),
                        ("reported_on", models.DateField(blank=True, null=True, verbose_name="reported on")),
                        (
                            "way",
                            models.CharField(
                                blank=True,
                                choices=[("online", "Reported online by the unit"), ("paper", "Reported on paper")],
                                max_length=10,
                                verbose_name="way of reporting",
                            ),
                        ),
                        ("remark", models.CharField(blank=True, max_length=200, verbose_name="remark")),
                    ],
                    options={
                        "verbose_name": "energy use of a year",
                        "verbose_name_plural": "energy use by year",
                        "ordering": ["-pk"],
                        "abstract": False,
                        "default_permissions": ("view", "add", "change", "void", "import", "export"),
                        "indexes": [models.Index(fields=["region", "reported_on"], name="enterprises_energyyear_rep")],
                        "constraints": [
                            models.UniqueConstraint(
                                condition=models.Q(("voided_at__isnull", True)),
                                fields=("unit", "year"),
                                name="enterprises_energyyear_once",
                                violation_error_message="The energy use of the unit in this year is already on record.",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("year__gte", 1990), ("year__lte", 2100)),
                                name="enterprises_energyyear_year",
                                violation_error_message="A year is written with four digits.",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("output_value__isnull", True), ("output_value__gte", 0), _connector="OR"),
                                    models.Q(("stated_tce__isnull", True), ("stated_tce__gte", 0), _connector="OR"),
                                    models.Q(
                                        ("stated_tce_equal__isnull", True),
                                        ("stated_tce_equal__gte", 0),
                                        _connector="OR",
                                    ),
                                ),
                                name="enterprises_energyyear_amounts",
                                violation_error_message="Output and energy cannot be less than nothing.",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("way", ""), ("reported_on__isnull", False), _connector="OR"),
                                name="enterprises_energyyear_way",
                                violation_error_message="The way of reporting is stated with the day of the report.",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="HistoricalEnergyConnection",
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
                            "mode",
                            models.CharField(
                                choices=[
                                    ("realtime", "Collected in real time"),
                                    ("manual", "Reported by hand"),
                                    ("none", "Not connected"),
                                ],
                                max_length=10,
                                verbose_name="way of connection",
                            ),
                        ),
                        ("begins_on", models.DateField(verbose_name="connected from")),
                        ("ends_on", models.DateField(blank=True, null=True, verbose_name="connected until")),
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
                        "verbose_name": "historical connection of an energy-using unit",
                        "verbose_name_plural": "historical connections of energy-using units",
                        "ordering": ("-history_date", "-history_id"),
                        "get_latest_by": ("history_date", "history_id"),
                    },
                    bases=(simple_history.models.HistoricalChanges, models.Model),
                ),
                migrations.CreateModel(
                    name="HistoricalEnergyDepartment",
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
                        ("name", models.CharField(max_length=60, verbose_name="department")),
                        ("is_main", models.BooleanField(default=True, verbose_name="main sub-unit")),
                        ("process", models.CharField(blank=True, max_length=100, verbose_name="process")),
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
                        "verbose_name": "historical department of an energy-using unit",
                        "verbose_name_plural": "historical departments of energy-using units",
                        "ordering": ("-history_date", "-history_id"),
                        "get_latest_by": ("history_date", "history_id"),
                    },
                    bases=(simple_history.models.HistoricalChanges, models.Model),
                ),
                migrations.CreateModel(
                    name="HistoricalEnergyYear",
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
                            "output_value",
                            models.DecimalField(
                                blank=True,
                                decimal_places=2,
                                help_text="In 10,000 yuan.",
                                max_digits=14,
                                null=True,
                                verbose_name="output value",
                            ),
                        ),
                        (
                            "added_value",
                            models.DecimalField(
                                blank=True,
                                decimal_places=2,
                                help_text="In 10,000 yuan.",
                                max_digits=14,
                                null=True,
                                verbose_name="value added",
                            ),
                        ),
                        (
                            "stated_tce",
                            models.DecimalField(
                                blank=True,
                                decimal_places=2,
                                help_text="In tce, as the unit states it.",
                                max_digits=14,
                                null=True,
                                verbose_name="stated energy in all, equivalent value",
                            ),
                        ),
                        (
                            "stated_tce_equal",
                            models.DecimalField(
                                blank=True,
                                decimal_places=2,
                                help_text="In tce, as the unit states it.",
                                max_digits=14,
                                null=True,
                                verbose_name="stated energy in all, equal value",
                            ),
                        ),
                        (
                            "due_on",
                            models.DateField(
                                blank=True,
                                help_text="Mostly 31 March of the next year.",
                                null=True,
                                verbose_name="report due on",
                            ),
                        ),
                        ("reported_on", models.DateField(blank=True, null=True, verbose_name="reported on")),
                        (
                            "way",
                            models.CharField(
                                blank=True,
                                choices=[("online", "Reported online by the unit"), ("paper", "Reported on paper")],
                                max_length=10,
                                verbose_name="way of reporting",
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
                        "verbose_name": "historical energy use of a year",
                        "verbose_name_plural": "historical energy use by year",
                        "ordering": ("-history_date", "-history_id"),
                        "get_latest_by": ("history_date", "history_id"),
                    },
                    bases=(simple_history.models.HistoricalChanges, models.Model),
                ),
                migrations.CreateModel(
                    name="EquippingThreshold",
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
                            "energy",
                            models.ForeignKey(
                                blank=True,
                                help_text="Empty: for all other kinds.",
                                null=True,
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
                                    ("sub_unit", "Level 2: main sub-unit"),
                                    ("equipment", "Level 3: main equipment"),
                                ],
                                max_length=10,
                                verbose_name="level of the meter",
                            ),
                        ),
                        ("limit", models.DecimalField(decimal_places=2, max_digits=12, verbose_name="rated or used from")),
                        (
                            "unit",
                            models.CharField(
                                help_text="Such as kW, t/a or t/h.", max_length=10, verbose_name="unit of the limit"
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "limit from which a meter is needed",
                        "verbose_name_plural": "limits from which a meter is needed",
                        "ordering": ["edition", "energy__position", "level"],
                        "abstract": False,
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("effective_to__isnull", True),
                                    ("effective_from__isnull", True),
                                    ("effective_to__gte", models.F("effective_from")),
                                    _connector="OR",
                                ),
                                name="enterprises_equippingthreshold_dates",
                                violation_error_message="A rule cannot end before it begins.",
                            ),
                            models.UniqueConstraint(
                                fields=("edition", "energy", "level"),
                                name="enterprises_equippingthreshold_once",
                                violation_error_message="This edition already has a limit for the energy at this level.",
                            ),
                            models.UniqueConstraint(
                                condition=models.Q(("energy__isnull", True)),
                                fields=("edition", "level"),
                                name="enterprises_equippingthreshold_other",
                                violation_error_message="This edition already has a limit for all other kinds at this level.",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("limit__gt", 0)),
                                name="enterprises_equippingthreshold_limit",
                                violation_error_message="A limit is above nothing.",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="EquippingRequirement",
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
                            "rate",
                            models.DecimalField(
                                decimal_places=2, max_digits=5, verbose_name="equipping rate asked for, %"
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "equipping rate asked for",
                        "verbose_name_plural": "equipping rates asked for",
                        "ordering": ["edition", "energy__position", "level"],
                        "abstract": False,
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("effective_to__isnull", True),
                                    ("effective_from__isnull", True),
                                    ("effective_to__gte", models.F("effective_from")),
                                    _connector="OR",
                                ),
                                name="enterprises_equippingrequirement_dates",
                                violation_error_message="A rule cannot end before it begins.",
                            ),
                            models.UniqueConstraint(
                                fields=("edition", "energy", "level"),
                                name="enterprises_equippingrequirement_once",
                                violation_error_message="This edition already asks a rate for the energy at this level.",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("rate__gt", 0), ("rate__lte", 100)),
                                name="enterprises_equippingrequirement_rate",
                                violation_error_message="A rate that is asked for is above 0 and at most 100 per cent.",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="MeterAccuracyRequirement",
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
                            "use",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="requirements",
                                to="enterprises.meteruse",
                                verbose_name="use of the meter",
                            ),
                        ),
                        (
                            "accuracy_class",
                            models.CharField(max_length=10, verbose_name="accuracy class not worse than"),
                        ),
                        (
                            "below_unit",
                            models.CharField(
                                blank=True, max_length=10, verbose_name="not worse than, below the whole unit"
                            ),
                        ),
                        (
                            "for_trade",
                            models.CharField(
                                blank=True, max_length=10, verbose_name="not worse than, for trade settlement"
                            ),
                        ),
                        ("note", models.CharField(blank=True, max_length=200, verbose_name="note")),
                    ],
                    options={
                        "verbose_name": "accuracy class asked for",
                        "verbose_name_plural": "accuracy classes asked for",
                        "ordering": ["edition", "use__position"],
                        "abstract": False,
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("effective_to__isnull", True),
                                    ("effective_from__isnull", True),
                                    ("effective_to__gte", models.F("effective_from")),
                                    _connector="OR",
                                ),
                                name="enterprises_meteraccuracyrequirement_dates",
                                violation_error_message="A rule cannot end before it begins.",
                            ),
                            models.UniqueConstraint(
                                fields=("edition", "use"),
                                name="enterprises_meteraccuracyrequirement_once",
                                violation_error_message="This edition already asks a class for the use.",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="EnergyProduct",
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
                            "energy_year",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="products",
                                to="enterprises.energyyear",
                                verbose_name="energy use of a year",
                            ),
                        ),
                        ("name", models.CharField(max_length=60, verbose_name="product name")),
                        ("amount", models.DecimalField(decimal_places=4, max_digits=16, verbose_name="amount made")),
                        ("unit", models.CharField(max_length=10, verbose_name="unit of the product")),
                        (
                            "value",
                            models.DecimalField(
                                blank=True,
                                decimal_places=2,
                                help_text="In 10,000 yuan.",
                                max_digits=14,
                                null=True,
                                verbose_name="value of the product",
                            ),
                        ),
                        (
                            "tce",
                            models.DecimalField(
                                blank=True,
                                decimal_places=2,
                                help_text="Empty: all energy of the unit, where it is the only product.",
                                max_digits=14,
                                null=True,
                                verbose_name="energy for the product",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "product of the year",
                        "verbose_name_plural": "products by year",
                        "ordering": ["pk"],
                        "abstract": False,
                        "default_permissions": ("view", "add", "change", "void", "import", "export"),
                        "constraints": [
                            models.UniqueConstraint(
                                condition=models.Q(("voided_at__isnull", True)),
                                fields=("energy_year", "name"),
                                name="enterprises_energyproduct_once",
                                violation_error_message="This product is already stated.",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("amount__gte", 0),
                                    models.Q(("tce__isnull", True), ("tce__gte", 0), _connector="OR"),
                                    models.Q(("value__isnull", True), ("value__gte", 0), _connector="OR"),
                                ),
                                name="enterprises_energyproduct_amounts",
                                violation_error_message="An amount made, its value and its energy cannot be negative.",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="EnergyConsumption",
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
                            "energy_year",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="consumption",
                                to="enterprises.energyyear",
                                verbose_name="energy use of a year",
                            ),
                        ),
                        (
                            "energy",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="enterprises.energykind",
                                verbose_name="kind of energy",
                            ),
                        ),
                        (
                            "purpose",
                            models.CharField(
                                choices=[
                                    ("consumed", "Consumed"),
                                    ("self_made", "Made by the unit itself and consumed"),
                                    ("feedstock", "Used as feedstock"),
                                    ("sold_on", "Sold on"),
                                ],
                                default="consumed",
                                max_length=10,
                                verbose_name="used for",
                            ),
                        ),
                        (
                            "amount",
                            models.DecimalField(decimal_places=4, max_digits=16, verbose_name="amount of energy"),
                        ),
                        (
                            "unit",
                            models.CharField(
                                help_text="One that fits the energy: t, 万m3, 万kWh, GJ …",
                                max_length=10,
                                verbose_name="unit of measure",
                            ),
                        ),
                        (
                            "ncv",
                            models.DecimalField(
                                blank=True,
                                decimal_places=1,
                                help_text="In kJ per kg, per m3 at standard state: it goes before the factor of the table.",
                                max_digits=10,
                                null=True,
                                verbose_name="measured low calorific value",
                            ),
                        ),
                        (
                            "factor",
                            models.DecimalField(
                                blank=True,
                                decimal_places=5,
                                help_text="In kgce per unit of the table; only where that prints a range, such as for natural gas.",
                                max_digits=10,
                                null=True,
                                verbose_name="factor chosen",
                            ),
                        ),
                        (
                            "bought",
                            models.DecimalField(
                                blank=True, decimal_places=4, max_digits=16, null=True, verbose_name="bought in"
                            ),
                        ),
                        (
                            "stock_before",
                            models.DecimalField(
                                blank=True,
                                decimal_places=4,
                                max_digits=16,
                                null=True,
                                verbose_name="stock at the beginning",
                            ),
                        ),
                        (
                            "stock_after",
                            models.DecimalField(
                                blank=True, decimal_places=4, max_digits=16, null=True, verbose_name="stock at the end"
                            ),
                        ),
                        (
                            "stated_tce",
                            models.DecimalField(
                                blank=True,
                                decimal_places=2,
                                max_digits=14,
                                null=True,
                                verbose_name="stated coal equivalent",
                            ),
                        ),
                        (
                            "stated_share",
                            models.DecimalField(
                                blank=True, decimal_places=2, max_digits=5, null=True, verbose_name="stated share"
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "energy consumed in a year",
                        "verbose_name_plural": "energy consumed by year and kind",
                        "ordering": ["energy__position", "pk"],
                        "abstract": False,
                        "default_permissions": ("view", "add", "change", "void", "import", "export"),
                        "constraints": [
                            models.UniqueConstraint(
                                condition=models.Q(("voided_at__isnull", True)),
                                fields=("energy_year", "energy", "purpose"),
                                name="enterprises_energyconsumption_once",
                                violation_error_message="This energy is already stated for this purpose.",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("amount__gte", 0),
                                    models.Q(("bought__isnull", True), ("bought__gte", 0), _connector="OR"),
                                    models.Q(("stock_before__isnull", True), ("stock_before__gte", 0), _connector="OR"),
                                    models.Q(("stock_after__isnull", True), ("stock_after__gte", 0), _connector="OR"),
                                ),
                                name="enterprises_energyconsumption_amounts",
                                violation_error_message="An amount of energy cannot be negative.",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("ncv__isnull", True), ("ncv__gt", 0), _connector="OR"),
                                    models.Q(("factor__isnull", True), ("factor__gt", 0), _connector="OR"),
                                ),
                                name="enterprises_energyconsumption_factors",
                                violation_error_message="A calorific value and a factor are above nothing.",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("stated_share__isnull", True),
                                    models.Q(("stated_share__gte", 0), ("stated_share__lte", 100)),
                                    _connector="OR",
                                ),
                                name="enterprises_energyconsumption_share",
                                violation_error_message="A share is between 0 and 100 per cent.",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="HistoricalEnergyConsumption",
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
                            "purpose",
                            models.CharField(
                                choices=[
                                    ("consumed", "Consumed"),
                                    ("self_made", "Made by the unit itself and consumed"),
                                    ("feedstock", "Used as feedstock"),
                                    ("sold_on", "Sold on"),
                                ],
                                default="consumed",
                                max_length=10,
                                verbose_name="used for",
                            ),
                        ),
                        (
                            "amount",
                            models.DecimalField(decimal_places=4, max_digits=16, verbose_name="amount of energy"),
                        ),
                        (
                            "unit",
                            models.CharField(
                                help_text="One that fits the energy: t, 万m3, 万kWh, GJ …",
                                max_length=10,
                                verbose_name="unit of measure",
                            ),
                        ),
                        (
                            "ncv",
                            models.DecimalField(
                                blank=True,
                                decimal_places=1,
                                help_text="In kJ per kg, per m3 at standard state: it goes before the factor of the table.",
                                max_digits=10,
                                null=True,
                                verbose_name="measured low calorific value",
                            ),
                        ),
                        (
                            "factor",
                            models.DecimalField(
                                blank=True,
                                decimal_places=5,
                                help_text="In kgce per unit of the table; only where that prints a range, such as for natural gas.",
                                max_digits=10,
                                null=True,
                                verbose_name="factor chosen",
                            ),
                        ),
                        (
                            "bought",
                            models.DecimalField(
                                blank=True, decimal_places=4, max_digits=16, null=True, verbose_name="bought in"
                            ),
                        ),
                        (
                            "stock_before",
                            models.DecimalField(
                                blank=True,
                                decimal_places=4,
                                max_digits=16,
                                null=True,
                                verbose_name="stock at the beginning",
                            ),
                        ),
                        (
                            "stock_after",
                            models.DecimalField(
                                blank=True, decimal_places=4, max_digits=16, null=True, verbose_name="stock at the end"
                            ),
                        ),
                        (
                            "stated_tce",
                            models.DecimalField(
                                blank=True,
                                decimal_places=2,
                                max_digits=14,
                                null=True,
                                verbose_name="stated coal equivalent",
                            ),
                        ),
                        (
                            "stated_share",
                            models.DecimalField(
                                blank=True, decimal_places=2, max_digits=5, null=True, verbose_name="stated share"
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
                            "energy_year",
                            models.ForeignKey(
                                blank=True,
                                db_constraint=False,
                                null=True,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                to="enterprises.energyyear",
                                verbose_name="energy use of a year",
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
                                to="enterprises.energykind",
                                verbose_name="kind of energy",
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
                        "verbose_name": "historical energy consumed in a year",
                        "verbose_name_plural": "historical energy consumed by year and kind",
                        "ordering": ("-history_date", "-history_id"),
                        "get_latest_by": ("history_date", "history_id"),
                    },
                    bases=(simple_history.models.HistoricalChanges, models.Model),
                ),
                migrations.CreateModel(
                    name="HistoricalEnergyProduct",
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
                        ("name", models.CharField(max_length=60, verbose_name="product name")),
                        ("amount", models.DecimalField(decimal_places=4, max_digits=16, verbose_name="amount made")),
                        ("unit", models.CharField(max_length=10, verbose_name="unit of the product")),
                        (
                            "value",
                            models.DecimalField(
                                blank=True,
                                decimal_places=2,
                                help_text="In 10,000 yuan.",
                                max_digits=14,
                                null=True,
                                verbose_name="value of the product",
                            ),
                        ),
                        (
                            "tce",
                            models.DecimalField(
                                blank=True,
                                decimal_places=2,
                                help_text="Empty: all energy of the unit, where it is the only product.",
                                max_digits=14,
                                null=True,
                                verbose_name="energy for the product",
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
                            "energy_year",
                            models.ForeignKey(
                                blank=True,
                                db_constraint=False,
                                null=True,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                to="enterprises.energyyear",
                                verbose_name="energy use of a year",
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
                        "verbose_name": "historical product of the year",
                        "verbose_name_plural": "historical products by year",
                        "ordering": ("-history_date", "-history_id"),
                        "get_latest_by": ("history_date", "history_id"),
                    },
                    bases=(simple_history.models.HistoricalChanges, models.Model),
                ),
                migrations.CreateModel(
                    name="HistoricalEnergyEquipment",
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
                        ("number", bureau.models.fields.CodeField(max_length=40, verbose_name="equipment no.")),
                        ("name", models.CharField(max_length=60, verbose_name="equipment")),
                        ("model", bureau.models.fields.CodeField(blank=True, max_length=80, verbose_name="model")),
                        (
                            "rated",
                            models.DecimalField(
                                blank=True,
                                decimal_places=3,
                                help_text="Of one piece.",
                                max_digits=12,
                                null=True,
                                verbose_name="rated power or use",
                            ),
                        ),
                        (
                            "rated_unit",
                            models.CharField(
                                blank=True,
                                help_text="Such as kW, t/h, m3/h or MW.",
                                max_length=10,
                                verbose_name="unit of the rated power",
                            ),
                        ),
                        ("quantity", models.PositiveIntegerField(default=1, verbose_name="quantity")),
                        ("process", models.CharField(blank=True, max_length=100, verbose_name="process")),
                        (
                            "is_metered_above",
                            models.BooleanField(
                                default=False,
                                help_text="Such as in a boiler room or pump house that is metered as a whole: it needs no meter alone.",
                                verbose_name="metered as part of a system",
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
                        "verbose_name": "historical main energy-using equipment",
                        "verbose_name_plural": "historical main energy-using equipment of units",
                        "ordering": ("-history_date", "-history_id"),
                        "get_latest_by": ("history_date", "history_id"),
                    },
                    bases=(simple_history.models.HistoricalChanges, models.Model),
                ),
                migrations.CreateModel(
                    name="EnergyEquipment",
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
                            "unit",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="equipment",
                                to="enterprises.energyunit",
                                verbose_name="energy-using unit",
                            ),
                        ),
                        ("number", bureau.models.fields.CodeField(max_length=40, verbose_name="equipment no.")),
                        ("name", models.CharField(max_length=60, verbose_name="equipment")),
                        ("model", bureau.models.fields.CodeField(blank=True, max_length=80, verbose_name="model")),
                        (
                            "department",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="equipment",
                                to="enterprises.energydepartment",
                                verbose_name="department",
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
                            "rated",
                            models.DecimalField(
                                blank=True,
                                decimal_places=3,
                                help_text="Of one piece.",
                                max_digits=12,
                                null=True,
                                verbose_name="rated power or use",
                            ),
                        ),
                        (
                            "rated_unit",
                            models.CharField(
                                blank=True,
                                help_text="Such as kW, t/h, m3/h or MW.",
                                max_length=10,
                                verbose_name="unit of the rated power",
                            ),
                        ),
                        ("quantity", models.PositiveIntegerField(default=1, verbose_name="quantity")),
                        ("process", models.CharField(blank=True, max_length=100, verbose_name="process")),
                        (
                            "is_metered_above",
                            models.BooleanField(
                                default=False,
                                help_text="Such as in a boiler room or pump house that is metered as a whole: it needs no meter alone.",
                                verbose_name="metered as part of a system",
                            ),
                        ),
                        ("remark", models.CharField(blank=True, max_length=200, verbose_name="remark")),
                    ],
                    options={
                        "verbose_name": "main energy-using equipment",
                        "verbose_name_plural": "main energy-using equipment of units",
                        "ordering": ["pk"],
                        "abstract": False,
                        "default_permissions": ("view", "add", "change", "void", "import", "export"),
                        "constraints": [
                            models.UniqueConstraint(
                                condition=models.Q(("voided_at__isnull", True)),
                                fields=("unit", "number"),
                                name="enterprises_energyequipment_once",
                                violation_error_message="The unit already has equipment with this number.",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("rated__isnull", True), ("rated_unit", "")),
                                    models.Q(("rated__gt", 0), models.Q(("rated_unit", ""), _negated=True)),
                                    _connector="OR",
                                ),
                                name="enterprises_energyequipment_rated",
                                violation_error_message="A rated power or use above nothing has a unit, or neither is stated.",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("quantity__gte", 1)),
                                name="enterprises_energyequipment_quantity",
                                violation_error_message="The quantity is at least 1.",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="ConversionFactor",
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
                            "energy",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="factors",
                                to="enterprises.energykind",
                                verbose_name="kind of energy",
                            ),
                        ),
                        (
                            "basis",
                            models.CharField(
                                choices=[("equivalent", "Equivalent value"), ("equal", "Equal value")],
                                max_length=10,
                                verbose_name="basis of the conversion",
                            ),
                        ),
                        (
                            "year",
                            models.PositiveSmallIntegerField(
                                blank=True,
                                help_text="Empty: for every year of the edition.",
                                null=True,
                                verbose_name="for the year",
                            ),
                        ),
                        (
                            "factor_low",
                            models.DecimalField(
                                blank=True,
                                decimal_places=5,
                                max_digits=10,
                                null=True,
                                verbose_name="factor, kgce per unit",
                            ),
                        ),
                        (
                            "factor_high",
                            models.DecimalField(
                                blank=True,
                                decimal_places=5,
                                max_digits=10,
                                null=True,
                                verbose_name="upper end of the factor",
                            ),
                        ),
                        (
                            "ncv_low",
                            models.DecimalField(
                                blank=True,
                                decimal_places=1,
                                max_digits=10,
                                null=True,
                                verbose_name="low calorific value, kJ per unit",
                            ),
                        ),
                        (
                            "ncv_high",
                            models.DecimalField(
                                blank=True,
                                decimal_places=1,
                                max_digits=10,
                                null=True,
                                verbose_name="upper end of the calorific value",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "conversion factor",
                        "verbose_name_plural": "conversion factors to coal equivalent",
                        "ordering": ["edition", "energy__position", "basis", "year"],
                        "abstract": False,
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("effective_to__isnull", True),
                                    ("effective_from__isnull", True),
                                    ("effective_to__gte", models.F("effective_from")),
                                    _connector="OR",
                                ),
                                name="enterprises_conversionfactor_dates",
                                violation_error_message="A rule cannot end before it begins.",
                            ),
                            models.UniqueConstraint(
                                fields=("edition", "energy", "basis", "year"),
                                name="enterprises_conversionfactor_of_year",
                                violation_error_message="This edition already has a factor of the energy for that year.",
                            ),
                            models.UniqueConstraint(
                                condition=models.Q(("year__isnull", True)),
                                fields=("edition", "energy", "basis"),
                                name="enterprises_conversionfactor_once",
                                violation_error_message="This edition already has a factor of the energy.",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("factor_low__gt", 0),
                                    models.Q(("factor_low__isnull", True), ("ncv_low__gt", 0)),
                                    _connector="OR",
                                ),
                                name="enterprises_conversionfactor_stated",
                                violation_error_message="A factor or a calorific value above nothing has to be stated.",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(
                                        ("factor_high__isnull", True),
                                        ("factor_high__gte", models.F("factor_low")),
                                        _connector="OR",
                                    ),
                                    models.Q(
                                        ("ncv_high__isnull", True),
                                        ("ncv_high__gte", models.F("ncv_low")),
                                        _connector="OR",
                                    ),
                                ),
                                name="enterprises_conversionfactor_range",
                                violation_error_message="The upper end is not below the lower one.",
                            ),
                        ],
                    },
                ),
            ]
        ),
    ]
