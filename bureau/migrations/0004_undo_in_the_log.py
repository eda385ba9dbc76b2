from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("bureau", "0003_import_version")]

    operations = [
        migrations.AlterField(
            model_name="operation",
            name="action",
            field=models.CharField(
                choices=[
                    ("login", "Login"),
                    ("logout", "Logout"),
                    ("login_failed", "Login failed"),
                    ("locked_out", "Locked out"),
                    ("unlocked", "Unlocked"),
                    ("password", "Password changed"),
                    ("second_factor", "One-time codes changed"),
                    ("staff", "Account changed"),
                    ("role", "Role changed"),
                    ("export", "Export"),
                    ("download", "Download"),
                    ("import", "Import"),
                    ("undo", "Import undone"),
                    ("void", "Voided"),
                    ("freeze", "Year frozen"),
                    ("reference", "Reference data changed"),
                ],
                max_length=20,
                verbose_name="operation",
            ),
        ),
    ]
