from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [
        ("exchange", "0003_states_of_earlier_imports"),
    ]

    operations = [
        migrations.RemoveField(
            model_name="import",
            name="is_check_only",
        ),
    ]
