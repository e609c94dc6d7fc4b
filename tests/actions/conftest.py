"""A visitor for each test."""

import pytest

from tests.actions.visitor import Visitor


@pytest.fixture
def visitor() -> Visitor:
    return Visitor()
