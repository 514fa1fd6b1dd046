"""utils/playground.py; what the page itself does is tested by `make test-browser`."""

import re

import IPython.display

from utils.playground import PLAYGROUND, TEXT, show_overfitting_playground


def test_one_output_with_a_constant_text(monkeypatch):
    shown = []
    monkeypatch.setattr(IPython.display, "display", lambda data, raw: shown.append(data))
    show_overfitting_playground()
    page = (PLAYGROUND / "overfitting.html").read_text(encoding="utf-8")
    assert shown == [{"text/html": page, "text/plain": TEXT}]


def test_without_script_one_sentence_is_left():
    page = (PLAYGROUND / "overfitting.html").read_text(encoding="utf-8")
    text = re.sub(r"<!--.*?-->|<script>.*</script>|<[^>]*>", "", page, flags=re.DOTALL).strip()
    assert text.startswith("Run this cell to start the playground")
    assert text.count(".") == 1
