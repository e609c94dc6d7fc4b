"""Rasa is imported where TensorFlow is not, and says so when it is really needed."""

import importlib
import sys

import pytest

from bot import without_tensorflow


def test_it_is_not_installed_here() -> None:
    assert "site-packages/tensorflow" not in str(getattr(sys.modules.get("tensorflow"), "__file__", ""))


def test_classes_and_decorated_functions_of_rasa_can_be_defined() -> None:
    module = importlib.import_module("rasa.nlu.classifiers.diet_classifier")

    assert module.DIETClassifier.__name__ == "DIETClassifier"


def test_who_needs_it_is_told() -> None:
    layers = importlib.import_module("rasa.utils.tensorflow.layers")

    with pytest.raises(RuntimeError, match="needs TensorFlow"):
        layers.SparseDropout(rate=0.1)


def test_allowing_it_twice_changes_nothing() -> None:
    before = list(sys.meta_path)
    without_tensorflow.allow()

    assert sys.meta_path == before
