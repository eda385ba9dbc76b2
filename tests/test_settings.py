"""The settings refuse to start half-configured, in one sentence each; and production settings are clean."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
PRODUCTION = {"SECRET_KEY": "not-a-real-secret-" * 4, "ALLOWED_HOSTS": "bureau.example", "DATABASE_URL": "sqlite"}


def manage(*arguments, **environment):
    clean = {key: value for key, value in os.environ.items() if key in ("PATH", "HOME", "LANG")}
    command = [sys.executable, str(ROOT / "manage.py"), *arguments]
    return subprocess.run(command, env={**clean, **environment}, capture_output=True, text=True, check=False, cwd=ROOT)


@pytest.mark.parametrize("missing", sorted(PRODUCTION))
def test_it_refuses_to_start_without(missing):
    result = manage("check", **{key: value for key, value in PRODUCTION.items() if key != missing})
    assert result.returncode == 1
    assert "Traceback" not in result.stderr
    assert len(result.stderr.strip().splitlines()) == 1
    assert missing in result.stderr


@pytest.mark.parametrize(("name", "value"), [("DEBUG", "perhaps"), ("IDLE_TIMEOUT_MINUTES", "an hour")])
def test_it_rejects_a_value_of_the_wrong_type(name, value):
    result = manage("check", **{**PRODUCTION, name: value})
    assert result.returncode == 1
    assert name in result.stderr
    assert "Traceback" not in result.stderr


def test_production_settings_are_clean():
    result = manage("check", "--deploy", "--fail-level", "WARNING", **PRODUCTION)
    assert result.returncode == 0, result.stderr


def test_the_demo_does_not_run_in_production(tmp_path):
    result = manage("demo", "--no-serve", BUREAU_DATA_DIR=str(tmp_path), **PRODUCTION)
    assert result.returncode == 1
    assert "DEBUG=1" in result.stderr


def test_sqlite_waits_for_its_turn(db):
    from django.db import connection

    if connection.vendor == "sqlite":
        assert connection.settings_dict["OPTIONS"]["transaction_mode"] == "IMMEDIATE"
        assert connection.settings_dict["OPTIONS"]["timeout"] == 20


def test_the_content_security_policy_is_no_looser_than_said(client, cast):
    client.force_login(cast.clerk_a)
    policy = client.get("/").headers["Content-Security-Policy"]
    directives = dict(part.strip().split(" ", 1) for part in policy.split(";"))
    assert directives["script-src"].split() == ["'self'", "'unsafe-eval'"]
    assert directives["style-src"].split() == ["'self'", "'unsafe-inline'"]
    assert directives["default-src"] == "'self'"


def test_static_files_can_be_collected_for_production(tmp_path):
    """Every file that a stylesheet names is there, under a name that may be cached for ever."""
    result = manage("collectstatic", "--noinput", "--verbosity", "0", STATIC_ROOT=str(tmp_path), **PRODUCTION)
    assert result.returncode == 0, result.stderr
    assert (tmp_path / "staticfiles.json").exists()
    assert list(tmp_path.glob("bureau/bureau.*.css"))
