"""Find the version of the tables that a person names: a folder, or a revision of git."""

import io
import subprocess
import tarfile
import tempfile
from pathlib import Path

from knowledge.facts import FactError
from scripts.lib.environments import ROOT
from scripts.lib.facts_tables import Table, read_all
from scripts.lib.steps import Trouble

PLACE = "knowledge/facts"


def read(name: str) -> dict[str, Table]:
    """The tables of a folder (or of the house in it), or of a revision.

    Raises:
        Trouble: there is neither, or its tables cannot be read.
    """
    for folder in (Path(name), Path(name) / PLACE):
        if any(folder.glob("*.csv")):
            return _read(folder, name)
    with tempfile.TemporaryDirectory(prefix="madoguchi-facts-") as unpacked:
        _unpack(name, Path(unpacked))
        return _read(Path(unpacked), name)


def _read(folder: Path, name: str) -> dict[str, Table]:
    try:
        return read_all(folder)
    except FactError as fault:
        raise Trouble(f"版「{name}」の表が読めません。{fault}") from fault


def _unpack(revision: str, folder: Path) -> None:
    """Put the revision's tables into the folder."""
    if _git("rev-parse", "--git-dir").returncode:
        raise Trouble(
            f"「{revision}」に CSV がなく、ここでは git の版も読めません。表のあるフォルダを書いてください。"
        )
    commit = _git("rev-parse", "--verify", "--quiet", "--end-of-options", f"{revision}^{{commit}}")
    if commit.returncode:
        raise Trouble(
            f"「{revision}」という git の版も、CSV のあるフォルダもありません。名前を確かめてください。"
        )
    archive = _git("archive", "--format=tar", f"{commit.stdout.decode().strip()}:./{PLACE}")
    if archive.returncode:
        raise Trouble(f"版「{revision}」には {PLACE} がありません。ほかの版を書いてください。")
    with tarfile.open(fileobj=io.BytesIO(archive.stdout)) as tables:
        for member in tables.getmembers():
            content = tables.extractfile(member)
            if content and member.name.endswith(".csv") and "/" not in member.name:
                (folder / member.name).write_bytes(content.read())


def _git(*arguments: str) -> subprocess.CompletedProcess[bytes]:
    try:
        return subprocess.run(["git", "-C", str(ROOT), *arguments], capture_output=True, check=False)
    except FileNotFoundError as error:
        raise Trouble("git が見つかりません。表のあるフォルダを書いてください。") from error
