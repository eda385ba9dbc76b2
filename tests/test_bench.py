"""The benchmark harness: ratios, goals, and a command that prints JSON alone."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from bureau import bench

ROOT = Path(__file__).resolve().parent.parent


def command(*arguments):
    """With an empty path no PostgreSQL cluster is made: the suite may stand in the only one that a machine allows."""
    known = {key: value for key, value in os.environ.items() if key in ("HOME", "LANG")}
    line = [sys.executable, str(ROOT / "manage.py"), "bench", *arguments]
    surroundings = {**known, "DEBUG": "1", "PATH": ""}
    return subprocess.run(line, env=surroundings, capture_output=True, text=True, check=False, cwd=ROOT)


def test_a_peer_that_takes_thrice_as_long():
    measure = bench.faster("import", 2.0, "peer", 6.0, goal=2.5, judged=True)
    assert (measure.ratio, measure.met) == (3.0, True)
    assert bench.faster("import", 2.0, "peer", 4.0, goal=2.5, judged=True).met is False


def test_below_the_size_of_the_goal_nothing_is_judged():
    assert bench.faster("import", 2.0, "peer", 1.0, goal=2.5, judged=False).met is None


def test_a_limit():
    measure = bench.at_most("list", 150, 300, unit="ms", judged=True)
    assert (measure.ratio, measure.met) == (2.0, True)
    assert bench.at_most("list", 301, 300, unit="ms", judged=True).met is False


def test_it_rejects_a_name_twice(monkeypatch):
    monkeypatch.setattr(bench, "benchmarks", {})
    register = bench.benchmark("twice", full_rows=2, quick_rows=1)
    register(lambda rows: iter(()))
    with pytest.raises(ValueError, match="twice"):
        register(lambda rows: iter(()))


def test_it_rejects_an_unknown_benchmark():
    result = command("nonsense")
    assert result.returncode == 1
    assert "exchange" in result.stderr and "Traceback" not in result.stderr


SMALL = {
    "summary": 30,
    "enterprise-page": 100,
    "ledger": 600,
    "ledger-lists": 600,
    "ledger-import": 100,
    "audit-form": 20,
}


@pytest.mark.once
@pytest.mark.parametrize(("name", "rows"), SMALL.items())
def test_only_json_on_standard_output(name, rows):
    result = command(name, "--rows", str(rows), "--format", "json")
    assert result.returncode == 0, result.stderr[-2000:]
    measures = json.loads(result.stdout)
    assert measures
    for measure in measures:
        assert set(measure) == {"name", "value", "unit", "peer", "peer_value", "ratio", "goal", "met"}
        assert measure["met"] is None
    assert "database: sqlite" in result.stderr
