"""The groups of the role table. What each may do is granted after every migrate (bureau.roles.grant_permissions)."""

from django.db import migrations

# As the table of roles stood then: a later change of it comes with a migration of its own.
KEYS = ("clerk", "inspector", "manager", "system_administrator", "security_administrator", "log_auditor")


def create_groups(apps, schema_editor):
    group = apps.get_model("auth", "Group")
    for key in KEYS:
        group.objects.get_or_create(name=key)


def remove_groups(apps, schema_editor):
    apps.get_model("auth", "Group").objects.filter(name__in=KEYS).delete()


class Migration(migrations.Migration):
    dependencies = [("bureau", "0001_initial")]
    operations = [migrations.RunPython(create_groups, remove_groups)]
