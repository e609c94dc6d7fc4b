"""What each role may do. One table; nobody asks for a role, only for an act."""

from collections.abc import Mapping
from enum import StrEnum
from types import MappingProxyType


class Role(StrEnum):
    viewer = "viewer"
    counsellor = "counsellor"
    lead = "lead"
    admin = "admin"


class Act(StrEnum):
    """Something that not everybody may do."""

    read = "read"
    take = "take"
    reply = "reply"
    note = "note"
    close = "close"
    details = "details"  # what a visitor entrusted to us apart from the chat
    assign = "assign"
    review = "review"
    export = "export"
    audit = "audit"
    retention = "retention"
    people = "people"


_VIEWER = frozenset({Act.read})
_COUNSELLOR = _VIEWER | {Act.take, Act.reply, Act.note, Act.close, Act.details}
_LEAD = _COUNSELLOR | {Act.assign, Act.review, Act.export, Act.audit}

MAY: Mapping[Role, frozenset[Act]] = MappingProxyType(
    {
        Role.viewer: _VIEWER,
        Role.counsellor: _COUNSELLOR,
        Role.lead: _LEAD,
        Role.admin: _LEAD | {Act.retention, Act.people},
    }
)

TITLES: Mapping[Role, str] = MappingProxyType(
    {
        Role.viewer: "閲覧者",
        Role.counsellor: "相談員",
        Role.lead: "責任者",
        Role.admin: "管理者",
    }
)


def may(role: Role, act: Act) -> bool:
    return act in MAY[role]


def who_may(act: Act) -> tuple[Role, ...]:
    """The roles that may do it, the one with the fewest other rights first."""
    return tuple(role for role in Role if may(role, act))
