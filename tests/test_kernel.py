"""What learners do to a kernel: cells run in any order, run again, interrupted; names of Python's own overwritten.

After all of it Run All gives what is committed, and every check says of an answer what it says in a fresh kernel.
"""

import random
import threading

import nbformat
import pytest
from conftest import text_of
from jupyter_client.manager import start_new_kernel

ACTIONS = 30
INTERRUPTED = 0.4  # of the actions, after a random part of LONGEST seconds
LONGEST = 1.5
LAST = 600  # seconds for a cell, on any machine

# Every quick task of the lesson: its solution is right, and each mistake that is no other's gets its sentence.
VERDICTS = """
import contextlib, io
session, faults = check.__self__, []
session.solved = set(session.tasks)
for name, task in session.tasks.items():
    if not hasattr(task, "observe") or task.value or task.recorded or task.seconds > 15:
        continue
    if not session._judge.can_judge(task):
        continue
    entry = session.entry(task)
    if session.judge(name, entry.solution).status != "right":
        faults.append(name)
    for mistake in entry.mistakes():
        found = session.judge(name, entry.functions[entry.variants(mistake)[0]])
        if found.mistake != mistake:
            faults.append((name, mistake, found.text))
print(faults)
"""


class Kernel:
    """A kernel in which cells can be run and interrupted."""

    def __init__(self, folder):
        self.manager, self.client = start_new_kernel(cwd=str(folder))

    def run(self, source, interrupt_after=None):
        """The outputs of a cell."""
        outputs = []

        def keep(message):
            if message["msg_type"] in ("stream", "display_data", "execute_result", "error"):
                outputs.append(nbformat.v4.output_from_msg(message))

        timer = threading.Timer(interrupt_after or LAST, self.manager.interrupt_kernel)
        timer.start()
        self.client.execute_interactive(source, output_hook=keep, timeout=LAST, allow_stdin=False)
        timer.cancel()
        return outputs

    def close(self):
        self.client.stop_channels()
        self.manager.shutdown_kernel(now=True)


def printed(outputs):
    """The text of outputs, however the kernel has cut it into messages."""
    return "".join(map(text_of, outputs))


@pytest.mark.slow
def test_whatever_was_run_before_run_all_gives_what_is_committed(notebook):
    cells = [cell for cell in nbformat.read(notebook, as_version=4).cells if cell.cell_type == "code"]
    chance = random.Random(notebook.as_posix()[-40:])
    kernel = Kernel(notebook.parent)
    try:
        kernel.run(cells[0].source)
        kernel.run(cells[1].source)
        done = []
        for _ in range(ACTIONS):
            place = chance.randrange(len(cells))
            done.append((place, chance.uniform(0, LONGEST) if chance.random() < INTERRUPTED else None))
            kernel.run(cells[place].source, done[-1][1])
        kernel.run("sum = list = 3")
        kernel.run("del sum, list")
        for number, cell in enumerate(cells):
            outputs = kernel.run(cell.source)
            if "nbval-ignore-output" not in cell.metadata.get("tags", []):
                assert printed(outputs) == printed(cell.outputs), f"code cell {number} after {done}"
        assert printed(kernel.run(VERDICTS)).strip() == "[]", done
    finally:
        kernel.close()
