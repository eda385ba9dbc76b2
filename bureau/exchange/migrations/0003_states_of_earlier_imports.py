"""Imports had no state: an unfinished one was being imported, one that only checked waits to be confirmed."""

from django.db import migrations


def give_states(apps, schema_editor):
    imports = apps.get_model("exchange", "Import").objects
    imports.filter(finished_at__isnull=False).update(state="done")
    imports.filter(finished_at__isnull=True).update(state="running")
    # Its counts were only foretold: they are shown again by the preview.
    imports.filter(is_check_only=True).update(
        state="preview", finished_at=None, rows=0, created=0, updated=0, unchanged=0, failed=0, last_row=0
    )


def take_states(apps, schema_editor):
    apps.get_model("exchange", "Import").objects.filter(state__in=["columns", "preview"]).update(is_check_only=True)


class Migration(migrations.Migration):
    dependencies = [("exchange", "0002_tolerant_import")]

    operations = [migrations.RunPython(give_states, take_states)]
