"""`make why`: the parts of a verdict on an answer in a file."""

import pytest

from tools.why import main


def test_the_parts_of_a_verdict_are_printed(tmp_path, capsys):
    path = tmp_path / "answer.py"
    path.write_text("import torch\n\n\ndef softmax(logits):\n    return torch.softmax(logits, dim=0)\n")
    main(["softmax", "pytorch", str(path)])
    printed = capsys.readouterr().out
    assert printed.startswith("✗ softmax: ")
    assert "\nmistake:\ncolumns\n" in printed
    assert "\nstatus:\nwrong\n" in printed and "\nright:\nSeen(" in printed


@pytest.mark.parametrize("arguments", [["softmax"], ["sofmax", "pytorch", "answer.py"]])
def test_bad_arguments_get_one_sentence(arguments):
    with pytest.raises(SystemExit, match=r"^(Say which task|There is no task sofmax in pytorch)"):
        main(arguments)
