"""The parts of the benchmark that measure nothing: comparing, reading the last result, writing the table."""

import json

import pytest

from tools import bench

MACHINE = {"processor": "Made-up", "cores": 2, "memory_gib": 8}
RESULT = {
    "scale": {
        "machine": MACHINE,
        "rows": [
            {"name": "sliced", "framework": "pytorch", "samples_per_second": 2000, "seconds_to_start": 0.0},
            {"name": "sliced", "framework": "tensorflow", "samples_per_second": 1000, "seconds_to_start": 0.5},
        ],
        "matmul_gflops": [
            {"framework": "pytorch", "size": 512, "gflops": 100.0},
            {"framework": "tensorflow", "size": 512, "gflops": 50.0},
        ],
    },
    "notebooks": {
        "rows": [{"notebook": "pytorch/01_made_up.ipynb", "kernel": 1.0, "imports": 2.0, "compute": 3.0}],
        "suite": {"1": 180, "2": 100},
    },
}


def changed(**speeds):
    """RESULT with other samples a second of a framework."""
    other = json.loads(json.dumps(RESULT))
    for row in other["scale"]["rows"]:
        row["samples_per_second"] = speeds.get(row["framework"], row["samples_per_second"])
    return other


def test_a_lower_speed_and_a_longer_time_are_both_slower():
    new = changed(pytorch=1000)
    new["notebooks"]["suite"]["2"] = 150
    lines = {line.split("x  ")[1]: line for line in bench.compare(bench.numbers(RESULT), bench.numbers(new))}
    assert lines["scale: sliced, PyTorch   <-- slower or larger"].strip().startswith("2.00x")
    assert lines["notebooks: all, 2 workers   <-- slower or larger"].strip().startswith("1.50x")
    assert lines["scale: sliced, TensorFlow"].strip().startswith("1.00x")


def test_what_became_faster_or_hardly_slower_is_not_flagged():
    lines = bench.compare(bench.numbers(RESULT), bench.numbers(changed(pytorch=8000, tensorflow=900)))
    assert not any("slower" in line for line in lines)
    assert any("0.25x" in line for line in lines)


def test_only_what_both_results_hold_is_compared():
    assert bench.compare({}, bench.numbers(RESULT)) == []
    assert bench.compare({"a": 1.0, "b": 1.0}, {"b": 1.0, "c": 1.0}) == [" 1.00x  b"]


@pytest.mark.parametrize(
    "broken", [{}, {"scale": None}, {"scale": {"rows": [{}]}}, {"notebooks": {"rows": [], "suite": {"2": "x"}}}]
)
def test_a_result_of_another_form_is_left_out(broken):
    assert bench.numbers(broken) == {}
    assert bench.table({} if "scale" in broken else broken).startswith("|  | PyTorch | TensorFlow |")


@pytest.mark.parametrize("text", ["", "{", "[1]", "\x00"])
def test_a_file_that_cannot_be_read_is_said_and_taken_for_none(text, tmp_path, capsys):
    path = tmp_path / "benchmark.json"
    path.write_text(text)
    assert bench.read(path) == {}
    assert "cannot be read" in capsys.readouterr().out


def test_no_file_is_no_fault(tmp_path, capsys):
    assert bench.read(tmp_path / "benchmark.json") == {}
    assert capsys.readouterr().out == ""


def test_the_table_has_a_row_for_each_subject():
    table = bench.table(RESULT)
    assert "| training: sliced | 2,000 samples/s | 1,000 samples/s |" in table
    assert "| notebook 01: kernel + imports + compute | 1.0 + 2.0 + 3.0 s |  |" in table
    assert "All notebooks under nbval: 180 s with one worker, 100 s with two." in table
    assert "Made-up, 2 cores, 8 GiB" in table


def test_the_limit_follows_from_the_fastest_product():
    limits = bench.limits(RESULT)
    flops = 6 * (784 * 256 + 256 * 256 + 256 * 10) - 2 * 784 * 256
    assert limits == pytest.approx({"pytorch": 100e9 / flops, "tensorflow": 50e9 / flops})


def test_the_table_replaces_the_old_one_and_nothing_else(tmp_path, monkeypatch):
    readme = tmp_path / "README.md"
    readme.write_text(f"before\n{bench.BEGIN}old\n{bench.END}\nafter\n")
    monkeypatch.setattr(bench, "README", readme)
    bench.write_readme(RESULT)
    bench.write_readme(RESULT)
    text = readme.read_text()
    assert text.startswith("before\n") and text.endswith("\nafter\n") and "old" not in text
    assert text.count("training: sliced") == 1


def test_a_readme_without_the_markers_stays_as_it_is(tmp_path, monkeypatch):
    readme = tmp_path / "README.md"
    readme.write_text("mine\n")
    monkeypatch.setattr(bench, "README", readme)
    with pytest.raises(SystemExit, match="make bench"):
        bench.write_readme(RESULT)
    assert readme.read_text() == "mine\n"


def test_the_spread_of_twenty_times():
    assert bench.spread([number / 10 for number in range(1, 21)]) == {"p95": 1.9, "slowest": 2.0}


def test_a_section_that_fails_keeps_its_last_result(tmp_path, monkeypatch):
    path = tmp_path / "benchmark.json"
    path.write_text(json.dumps(RESULT))

    def fail():
        raise bench.Failed("no luck.")

    monkeypatch.setattr(bench, "RESULT", path)
    monkeypatch.setattr(bench, "SECTIONS", {"notebooks": fail, "imports": lambda: {"seconds": {"utils.start": 0.2}}})
    monkeypatch.setattr(bench, "write_readme", lambda result: None)
    monkeypatch.setattr(bench, "plot", lambda result: None)
    monkeypatch.setattr("sys.argv", ["bench.py"])
    with pytest.raises(SystemExit, match=r"notebooks: no luck"):
        bench.main()
    new = json.loads(path.read_text())
    assert new["notebooks"] == RESULT["notebooks"]
    assert new["imports"]["seconds"] == {"utils.start": 0.2}
