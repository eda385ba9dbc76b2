"""Migrations go forward, back to nothing, and forward again, with data in the tables."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent


def manage(directory, *arguments):
    clean = {key: value for key, value in os.environ.items() if key in ("PATH", "HOME", "LANG")}
    environment = {**clean, "DEBUG": "1", "DATABASE_URL": "sqlite", "BUREAU_DATA_DIR": str(directory)}
    command = [sys.executable, str(ROOT / "manage.py"), *arguments]
    return subprocess.run(command, env=environment, capture_output=True, text=True, check=False, cwd=ROOT)


@pytest.mark.once
def test_forward_back_and_forward_again(tmp_path):
    assert manage(tmp_path, "migrate", "--verbosity", "0").returncode == 0
    assert manage(tmp_path, "load_reference").returncode == 0
    for app in ("exchange", "jobs", "inspections", "enterprises", "standards", "axes", "otp_totp", "admin", "bureau"):
        back = manage(tmp_path, "migrate", app, "zero", "--verbosity", "0")
        assert back.returncode == 0, back.stderr
    again = manage(tmp_path, "migrate", "--verbosity", "0")
    assert again.returncode == 0, again.stderr
    loaded = manage(tmp_path, "load_reference")
    assert "standards.LifecycleRule" in loaded.stdout


def test_each_data_migration_can_be_reversed():
    from django.db import migrations
    from django.db.migrations.loader import MigrationLoader

    loader = MigrationLoader(None)
    own = {"bureau", "jobs", "exchange", "reporting", "standards", "enterprises", "inspections", "fieldwork"}
    one_way = [
        str(migration)
        for (app, _name), migration in loader.disk_migrations.items()
        if app in own
        for operation in migration.operations
        if isinstance(operation, migrations.RunPython | migrations.RunSQL) and not operation.reversible
    ]
    assert one_way == []
