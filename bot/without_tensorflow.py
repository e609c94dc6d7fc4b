"""Let Rasa be imported where TensorFlow is not installed.

Rasa imports TensorFlow on its way to any pipeline, for classes that ours never
uses (DIET, TED, response selection): five seconds of every start and a third
of a gigabyte. Here those names are found, but empty; whoever really needs one
gets an error that says so. See docs/decisions/0011.
"""

import sys
from collections.abc import Iterator, Sequence
from importlib.abc import Loader, MetaPathFinder
from importlib.machinery import ModuleSpec, PathFinder
from types import ModuleType
from typing import Any

ROOTS = frozenset({"tensorflow", "keras", "h5py"})


class _EmptyType(type):
    """Any attribute is found and any decoration passes, so that a class or function can be *defined*."""

    def __getattr__(cls, name: str) -> Any:
        if name.startswith("__"):
            raise AttributeError(name)
        return Empty

    def __call__(cls, *values: Any, **options: Any) -> Any:
        if cls is not Empty:
            raise RuntimeError(f"{cls.__name__} needs TensorFlow, which is not installed")
        is_decoration = len(values) == 1 and not options and callable(values[0])
        return values[0] if is_decoration else Empty

    def __getitem__(cls, key: object) -> Any:
        return Empty

    def __iter__(cls) -> Iterator[Any]:
        return iter(())

    def __len__(cls) -> int:
        return 0


class Empty(metaclass=_EmptyType):
    """Stands for every class, function and constant of the absent packages."""


class _EmptyModule(ModuleType):
    def __getattr__(self, name: str) -> Any:
        if name.startswith("__"):
            raise AttributeError(name)
        return Empty


class _Finder(MetaPathFinder, Loader):
    """Finds the absent packages and all that would be in them."""

    def find_spec(
        self, name: str, path: Sequence[str] | None, target: ModuleType | None = None
    ) -> ModuleSpec | None:
        return ModuleSpec(name, self, is_package=True) if name.split(".")[0] in ROOTS else None

    def create_module(self, spec: ModuleSpec) -> ModuleType:
        return _EmptyModule(spec.name)

    def exec_module(self, module: ModuleType) -> None:
        """Nothing stands in it."""


def allow() -> None:
    """From now on ``import tensorflow`` finds the real one, or else nothing that could be used."""
    if PathFinder.find_spec("tensorflow") is None and not any(isinstance(f, _Finder) for f in sys.meta_path):
        sys.meta_path.append(_Finder())
