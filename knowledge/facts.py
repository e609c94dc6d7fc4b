"""Read the fact tables (facts/*.csv) and say plainly what is wrong with a row."""

import csv
import io
from collections.abc import Collection, Iterator, Mapping
from pathlib import Path
from typing import TypeVar

T = TypeVar("T")

FOLDER = Path(__file__).parent / "facts"


class FactError(ValueError):
    """A row of a fact table that cannot be used, with file, row and what to do."""

    def __init__(self, file: str, line: int, fault: str, remedy: str) -> None:
        super().__init__(f"{file} {line}行目: {fault} → {remedy}")


class Row(Mapping[str, str]):
    """One line of a table; knows where it stands so that a fault can name it."""

    def __init__(self, file: str, line: int, values: Mapping[str, str]) -> None:
        self.file = file
        self.line = line
        self._values = values

    def __getitem__(self, column: str) -> str:
        return self._values[column]

    def __iter__(self) -> Iterator[str]:
        return iter(self._values)

    def __len__(self) -> int:
        return len(self._values)

    def fault(self, fault: str, remedy: str) -> FactError:
        return FactError(self.file, self.line, fault, remedy)

    def required(self, column: str) -> str:
        """The value of a column that may not be empty."""
        if not self[column]:
            raise self.fault(f"「{column}」が空です", f"「{column}」に値を入れてください")
        return self[column]

    def one_of(self, column: str, allowed: Collection[str]) -> str:
        """The value of a column that has a fixed set of values."""
        if self[column] not in allowed:
            choices = "、".join(value or "(空欄)" for value in allowed)
            raise self.fault(
                f"「{column}」の値「{self[column]}」は使えません", f"次から選んでください: {choices}"
            )
        return self[column]

    def several(self, column: str) -> tuple[str, ...]:
        """The values of a column that lists several, separated by ``|``."""
        return tuple(value.strip() for value in self[column].split("|") if value.strip())


def read(file: str, columns: Collection[str], *, folder: Path = FOLDER) -> list[Row]:
    """All rows of a table.

    Spreadsheets save a byte-order mark and stray blank lines; both are accepted.

    Raises:
        FactError: the file is missing or not UTF-8, a column is missing, doubled or unknown,
            or a row is longer or shorter than the header.
    """
    lines = list(csv.reader(io.StringIO(_text(file, folder), newline="")))
    if not lines:
        raise FactError(file, 1, "表が空です", "見出しの行を入れてください")
    header = [name.strip() for name in lines[0]]
    if sorted(header) != sorted(columns):
        expected = "、".join(columns)
        raise FactError(
            file, 1, f"見出しが違います({'、'.join(header)})", f"見出しを次のとおりにしてください: {expected}"
        )
    return [
        _row(file, number, header, values)
        for number, values in enumerate(lines[1:], start=2)
        if any(value.strip() for value in values)
    ]


def _text(file: str, folder: Path) -> str:
    try:
        content = (folder / file).read_bytes()
    except FileNotFoundError as error:
        raise FactError(file, 1, "ファイルがありません", f"{folder} に置いてください") from error
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = error.object.count(b"\n", 0, error.start) + 1
        remedy = "「CSV UTF-8」の形式で保存し直してください"
        raise FactError(file, line, "文字コードがUTF-8ではありません", remedy) from error


def _row(file: str, line: int, header: list[str], values: list[str]) -> Row:
    if len(values) != len(header):
        raise FactError(
            file,
            line,
            f"列が{len(values)}個あります(見出しは{len(header)}個)",
            'カンマを含む値は「"」で囲んでください',
        )
    return Row(file, line, {name: value.strip() for name, value in zip(header, values, strict=True)})


def unique(rows: list[tuple[Row, str, T]]) -> dict[str, T]:
    """Index rows by key; the same key twice is a fault of the second row."""
    index: dict[str, T] = {}
    for row, key, value in rows:
        if key in index:
            raise row.fault(f"「{key}」が二度出てきます", "どちらかの行を消すか、名前を変えてください")
        index[key] = value
    return index
