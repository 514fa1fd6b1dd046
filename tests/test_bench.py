"""The parts of the benchmark that measure nothing: writing the table."""

import json

import pytest

from tools import bench

RESULT = {
    "scale": {
        "machine": {"processor": "Made-up", "cores": 2, "memory_gib": 8},
        "rows": [
            {"name": "sliced", "framework": "pytorch", "samples_per_second": 2000, "seconds_to_start": 0.0},
            {"name": "sliced", "framework": "tensorflow", "samples_per_second": 1000, "seconds_to_start": 0.5},
        ],
    },
    "notebooks": {
        "rows": [
            {"notebook": "pytorch/01_made_up.ipynb", "kernel": 1.0, "imports": 2.0, "compute": 3.0, "megabytes": 450},
            {"notebook": "tensorflow/01_made_up.ipynb", "kernel": 2.0, "imports": 4.0, "compute": 6.0},  # not on Linux
        ],
        "suite": {"1": 180, "2": 100},
    },
    "checks": {"rows": [{"framework": "pytorch", "p95": 0.25}, {"framework": "tensorflow", "p95": 0.5}]},
}


def test_the_table_has_a_row_for_each_subject():
    table = bench.table(RESULT)
    assert "| training: sliced | 2,000 samples/s | 1,000 samples/s |" in table
    row = "| notebook 01: kernel + imports + compute, memory | 1.0 + 2.0 + 3.0 s, 450 MB | 2.0 + 4.0 + 6.0 s |"
    assert row in table
    assert "| `check` beside the answer itself, 95th percentile in the slowest lesson | 0.25 s | 0.50 s |" in table
    assert "All notebooks under nbval: 180 s with one worker, 100 s with two." in table
    assert "Made-up, 2 cores, 8 GiB" in table


def test_the_table_replaces_the_old_one_and_nothing_else(tmp_path, monkeypatch):
    page = tmp_path / "BENCHMARK.md"
    page.write_text(f"before\n{bench.BEGIN}old\n{bench.END}\nafter\n")
    monkeypatch.setattr(bench, "PAGE", page)
    bench.write_page(RESULT)
    bench.write_page(RESULT)
    text = page.read_text()
    assert text.startswith("before\n") and text.endswith("\nafter\n") and "old" not in text
    assert text.count("training: sliced") == 1


def test_a_page_without_the_markers_stays_as_it_is(tmp_path, monkeypatch):
    page = tmp_path / "BENCHMARK.md"
    page.write_text("mine\n")
    monkeypatch.setattr(bench, "PAGE", page)
    with pytest.raises(SystemExit, match="make bench"):
        bench.write_page(RESULT)
    assert page.read_text() == "mine\n"


def test_a_section_that_fails_keeps_its_last_result(tmp_path, monkeypatch):
    path = tmp_path / "benchmark.json"
    path.write_text(json.dumps(RESULT))
    sections = {"checks": lambda: {"rows": []}, "notebooks": lambda: bench.python("-c", "raise ValueError('no luck')")}
    monkeypatch.setattr(bench, "RESULT", path)
    monkeypatch.setattr(bench, "SECTIONS", sections)
    monkeypatch.setattr("sys.argv", ["bench.py"])
    with pytest.raises(SystemExit, match="ValueError: no luck"):
        bench.main()
    new = json.loads(path.read_text())
    assert new["notebooks"] == RESULT["notebooks"]
    assert new["checks"]["rows"] == []


def test_a_step_takes_as_long_as_the_median_epoch_says():
    result = {"samples": 6000, "samples_per_second": [100.0, 60000.0, 60000.0]}
    assert bench.milliseconds(result) == 10.0
