"""The groups of the role table. What each may do is granted after every migrate (bureau.roles.grant_permissions)."""

from django.db import migrations


def create_groups(apps, schema_editor):
    from bureau.roles import ROLES

    group = apps.get_model("auth", "Group")
    for key in ROLES:
        group.objects.get_or_create(name=key)


def remove_groups(apps, schema_editor):
    from bureau.roles import ROLES

    apps.get_model("auth", "Group").objects.filter(name__in=ROLES).delete()


class Migration(migrations.Migration):
    dependencies = [("bureau", "0001_initial")]
    operations = [migrations.RunPython(create_groups, remove_groups)]
