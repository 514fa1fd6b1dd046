"""`pytest --nbval` compares texts only; with this it compares pictures too, where a cell's output is not ignored."""

from nbval.plugin import IPyNbCell

from tools.pictures import difference


def pytest_configure():
    compare_texts = IPyNbCell.compare_outputs

    def compare(cell, run, committed, skip_compare=None):
        if not compare_texts(cell, run, committed, skip_compare):
            return False
        if "LiveCurve(" in cell.cell.source:  # of a picture that is updated in place nbval keeps the first state
            return True
        cell.comparison_traceback += [fault] if (fault := difference(run, committed)) else []
        return not fault

    IPyNbCell.compare_outputs = compare
