"""Every catalogued mistake belongs to one misconception."""

import pytest

from utils import misconceptions
from utils.catalogue import CatalogueError, tasks_of
from utils.course import course


def test_every_mistake_belongs_to_one_misconception():
    misconceptions.validate()


def test_a_task_is_named_once_in_the_course():
    names = [task.name for lesson in course() for task in tasks_of(lesson.subject)]
    assert len(names) == len(set(names))


SOFTMAX = '"tensors/softmax" = ["columns", '


@pytest.mark.parametrize(
    ("before", "after", "fault"),
    [
        (SOFTMAX, SOFTMAX.replace('"columns", ', ""), "softmax: columns belongs to no misconception"),
        (SOFTMAX, f'{SOFTMAX}"raws", ', "softmax: raws is no catalogued mistake"),
        (SOFTMAX, f'{SOFTMAX}"log", ', "softmax: log belongs to axis and logits"),
        ("lab/class_recalls", "lab/recalls", "recalls: columns is no catalogued mistake"),
        ("lab/class_recalls", "class_recalls", "cannot be read"),
        ("[axis]", "[axis", "cannot be read"),
        ('title = "The step"', "", "cannot be read"),
    ],
)
def test_a_fault_in_the_list_is_told(tmp_path, before, after, fault):
    text = misconceptions.FILE.read_text(encoding="utf-8")
    assert before in text
    file = tmp_path / "misconceptions.toml"
    file.write_text(text.replace(before, after, 1))
    with pytest.raises(CatalogueError, match=fault):
        misconceptions.validate(file)
