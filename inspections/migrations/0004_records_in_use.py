"""Pieces in use are tallied by instruments as well, and the instruments that were replaced are found by an index."""

from django.db import migrations, models

MONTH = {"postgresql": "date_trunc('month', {day})::date", "sqlite": "date({day}, 'start of month')"}
DAY_AFTER = {"postgresql": "r.ends_on + 1", "sqlite": "date(r.ends_on, '+1 day')"}
KEYS = "region_id, office_id, purpose, kind_id, legal_kind, is_verified"


def drop_triggers(apps, schema_editor):
    """They write the column that comes or goes; they are made anew once all migrations are done."""
    for event in ("insert", "update"):
        trigger = f"inspections_usetally_{event}"
        if schema_editor.connection.vendor == "postgresql":
            schema_editor.execute(f"DROP FUNCTION IF EXISTS {trigger} CASCADE")
        else:
            schema_editor.execute(f"DROP TRIGGER IF EXISTS {trigger}")


def add_up(apps, schema_editor):
    """All anew from the days in use: a minute for some ten million of them."""
    vendor = schema_editor.connection.vendor
    begun, after = (MONTH[vendor].format(day=day) for day in ("r.begins_on", DAY_AFTER[vendor]))
    schema_editor.execute("DELETE FROM inspections_usetally")
    schema_editor.execute(
        f"""INSERT INTO inspections_usetally (begins_on, {KEYS}, records, quantity, is_delta)
            SELECT begins_on, {KEYS}, SUM(records), SUM(quantity), FALSE FROM (
                SELECT {begun} AS begins_on, {KEYS}, 1 AS records, r.quantity
                FROM inspections_useperiod AS r WHERE NOT r.is_dropped
                UNION ALL
                SELECT {after} AS begins_on, {KEYS}, -1 AS records, -r.quantity AS quantity
                FROM inspections_useperiod AS r WHERE NOT r.is_dropped AND r.ends_on IS NOT NULL
            ) AS changes
            GROUP BY begins_on, {KEYS} HAVING SUM(records) <> 0 OR SUM(quantity) <> 0"""
    )


class Migration(migrations.Migration):
    dependencies = [("inspections", "0003_audits")]

    operations = [
        migrations.RunPython(drop_triggers, drop_triggers),
        migrations.AddField(
            model_name="usetally",
            name="records",
            field=models.BigIntegerField(default=0),
            preserve_default=False,
        ),
        migrations.RunPython(migrations.RunPython.noop, drop_triggers),
        migrations.RunPython(add_up, migrations.RunPython.noop),
        migrations.AddIndex(
            model_name="instrument",
            index=models.Index(
                condition=models.Q(("end_reason", "replaced")),
                fields=["state_since"],
                name="inspections_instr_replaced",
            ),
        ),
    ]
