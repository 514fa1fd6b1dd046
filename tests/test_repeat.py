"""What tools/repeat.py takes for another output, and the orders in which it runs cells."""

import pytest
from conftest import COURSE
from nbformat.v4 import new_output

from tools import repeat

PRINTED = [new_output("stream", name="stdout", text="loss 0.5\naccuracy 0.9\n")]
OTHER = [new_output("stream", name="stdout", text="loss 0.4\naccuracy 0.9\n")]
LESS = [new_output("stream", name="stdout", text="loss 0.5\n")]
ERROR = [new_output("error", ename="NameError", evalue="name 'model' is not defined", traceback=[])]


@pytest.mark.parametrize(
    ("outputs", "is_other"), [(PRINTED, False), (OTHER, True), (LESS, False), (ERROR, False), ([], False)]
)
def test_another_number_is_found_and_an_error_or_less_text_is_none(outputs, is_other):
    assert repeat.is_other(outputs, PRINTED) == is_other


def test_a_text_where_none_was_saved_is_another():
    assert repeat.is_other(PRINTED, [])


def test_what_is_left_out_exists():
    assert repeat.LEFT_OUT.keys() <= repeat.PROCESSORS.keys()
    notebooks = {repeat.titled(path) for path in (COURSE / "notebooks").rglob("*.ipynb")}
    assert {title for titles in repeat.LEFT_OUT.values() for title in titles} <= notebooks


def test_the_orders_run_cells_twice_and_backwards_and_from_the_middle():
    assert repeat.each_twice([0, 1]) == [0, 0, 1, 1]
    assert repeat.all_twice([0, 1]) == [0, 1, 0, 1]
    assert repeat.all_then_backwards([0, 1]) == [0, 1, 1, 0]
    assert repeat.from_the_middle([0, 1, 2, 3]) == [0, 2, 3]
