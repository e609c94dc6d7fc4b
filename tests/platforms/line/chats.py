"""All chats of the account."""

from itertools import count

from tests.platforms.line.chat import Chat


class Chats:
    """Users, groups and rooms by their ids. Looking one up by `[]` makes it."""

    def __init__(self) -> None:
        self._all: dict[str, Chat] = {}
        self._numbers = count(500_000_000_000_000_001)
        self.names: dict[str, str] = {}

    def __getitem__(self, name: str) -> Chat:
        if len(name) != 33 or name[0] not in "UCR":
            raise AssertionError(f"{name} is no id of LINE: see user_id(), group_id(), room_id()")
        return self._all.setdefault(name, Chat(name))

    def find(self, name: str) -> Chat | None:
        """The chat if it ever was."""
        return self._all.get(name)

    def new_id(self) -> str:
        """An id for a message."""
        return str(next(self._numbers))

    def display_name(self, user: str) -> str:
        return self.names.get(user, f"利用者{user[1:5]}")
