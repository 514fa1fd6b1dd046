"""Lesson 08: its slow source, and that what its prose says of the benchmark is what data/benchmark.json holds."""

import json
import re
from pathlib import Path

import numpy as np
import pytest

from utils import data

COURSE = Path(__file__).resolve().parent.parent
BENCHMARK = json.loads((COURSE / "data" / "benchmark.json").read_text(encoding="utf-8"))["scale"]
PROSE = (COURSE / "lessons" / "08_scale.md").read_text(encoding="utf-8")
SPEEDS = {
    framework: {row["name"]: row["samples_per_second"] for row in BENCHMARK["rows"] if row["framework"] == framework}
    for framework in ("pytorch", "tensorflow")
}

each_framework = pytest.mark.parametrize("framework", SPEEDS)


@each_framework
def test_batches_are_many_times_faster_than_single_examples(framework):
    speeds = SPEEDS[framework]
    others = [speed for name, speed in speeds.items() if name != "single examples"]
    assert min(others) > 2 * speeds["single examples"]
    assert speeds["sliced"] > 8 * speeds["single examples"]


def test_in_tensorflow_a_graph_is_the_second_large_step():
    speeds = SPEEDS["tensorflow"]
    assert speeds["captured as a graph"] > 2 * speeds["sliced"]
    assert speeds["Keras fit, steps_per_execution=10"] > speeds["Keras fit"] > speeds["sliced"]


def test_in_pytorch_the_other_ways_differ_little():
    speeds = SPEEDS["pytorch"]
    near = [speeds[name] for name in ("standard loader", "sliced", "captured as a graph", "compiled")]
    assert max(near) < 2 * min(near)
    starts = {row["name"]: row["seconds_to_start"] for row in BENCHMARK["rows"] if row["framework"] == "pytorch"}
    assert starts["compiled"] > 3 * starts["sliced"]


def test_memory_is_what_the_lesson_says():
    used = {(row["framework"], row["name"]): row["bytes"] for row in BENCHMARK["memory"]}
    row = BENCHMARK["memory"][0]
    layer, segments = 4 * row["rows"] * row["width"], row["segments"]
    kept = {"plain": row["layers"], "accumulated": row["layers"] / segments}
    kept["checkpointed"] = segments + row["layers"] / segments
    for way, layers in kept.items():
        assert used["pytorch", way] == pytest.approx(layers * layer, rel=0.2)
        assert used["tensorflow", way] / used["tensorflow", "plain"] == pytest.approx(layers / row["layers"], rel=0.5)
    assert used["tensorflow", "plain"] == pytest.approx(2 * used["pytorch", "plain"], rel=0.2)


def test_two_unconnected_processes_were_measured():
    assert BENCHMARK["processes"]
    assert all(row["unconnected"] > 0 for row in BENCHMARK["processes"])


def test_an_all_reduce_over_an_ordinary_network_takes_longer_than_a_step():
    fastest = max(max(speeds.values()) for speeds in SPEEDS.values())
    assert 50 / fastest < 4 * 269_322 / 125e6


def test_scripts_that_the_lesson_names_are_there():
    named = set(re.findall(r"scale/\w+\.\w+", PROSE))
    assert named
    assert [name for name in named if not (COURSE / name).is_file()] == []


@pytest.fixture
def source():
    return data.SlowBatches(np.arange(10).reshape(5, 2), np.arange(5), batch_size=2, seconds=0)


def test_slow_batches_come_in_order_and_are_counted(source):
    batches = list(source)
    assert [len(labels) for _, labels in batches] == [2, 2, 1] and len(source) == 3
    np.testing.assert_array_equal(np.concatenate([features for features, _ in batches]), source.features)
    np.testing.assert_array_equal(np.concatenate([labels for _, labels in batches]), source.labels)
    assert source.fetched == 3


@pytest.mark.parametrize("number", [-1, 3])
def test_slow_batches_say_which_there_are(source, number):
    with pytest.raises(IndexError, match="there are 3 batches"):
        source[number]
    assert source.fetched == 0


@pytest.mark.parametrize(("rows", "size", "seconds"), [(5, 0, 0), (5, 2, -1), (4, 2, 0)])
def test_slow_batches_refuse_what_makes_no_sense(rows, size, seconds):
    with pytest.raises(ValueError, match=r"batch_size should be|one entry a sample"):
        data.SlowBatches(np.zeros((rows, 2)), np.zeros(5), batch_size=size, seconds=seconds)
