"""What a script says while it works."""

import pytest

from scripts.lib.steps import Trouble, step


def test_a_step_says_what_it_does_and_how_long_it_took(capsys: pytest.CaptureFixture[str]) -> None:
    with step("training the model", expected=60.0):
        print('{"id": 1}')

    told = capsys.readouterr()
    assert told.out == '{"id": 1}\n'  # stdout belongs to the script's own output
    began, ended = told.err.splitlines()
    assert began == "… training the model"
    assert ended.startswith("✓ training the model (0.") and ended.endswith(" s)")


def test_a_step_that_fails_is_not_ticked(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(ValueError, match="broken"), step("training the model"):
        raise ValueError("broken")

    assert capsys.readouterr().err == "… training the model\n"


def test_a_trouble_is_one_sentence_and_ends_the_script_with_one(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as ended:
        raise Trouble("Port 8000 is taken by another program.")

    told = capsys.readouterr()
    assert ended.value.code == 1
    assert (told.out, told.err) == ("", "✗ Port 8000 is taken by another program.\n")
