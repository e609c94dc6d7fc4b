"""What happened in Slack, read from the events that it sends."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import UTC, datetime

from pydantic import BaseModel

from api.channels.slack_sender import NAME, Sender
from api.channels.slack_text import read
from api.conversations.channel import Inbound, Notice
from api.conversations.text import LONGEST, tidy
from api.phrases import FILE, SLACK_REST

SPOKEN = (None, "file_share", "thread_broadcast")  # subtypes of messages that a person wrote just now


class Authorization(BaseModel):
    user_id: str | None = None


class File(BaseModel):
    id: str | None = None


class Changed(BaseModel):
    """A message as it is after a change. Of one that was deleted, and had answers, Slack leaves a tombstone."""

    ts: str | None = None
    subtype: str | None = None


class Event(BaseModel):
    """What we read of an event. There is much more in it."""

    type: str
    subtype: str | None = None
    user: str | None = None
    bot_id: str | None = None
    channel: str | None = None
    channel_type: str | None = None
    text: str | None = None
    ts: str | None = None
    thread_ts: str | None = None
    deleted_ts: str | None = None
    message: Changed | None = None
    files: list[File] = []
    tab: str | None = None


class Envelope(BaseModel):
    """What is posted to us: an event, or the question whether this address is ours."""

    type: str
    challenge: str | None = None
    team_id: str = ""
    event_id: str = ""
    event: Event | None = None
    authorizations: list[Authorization] = []

    @property
    def us(self) -> str | None:
        """The bot's own user id."""
        return next((each.user_id for each in self.authorizations), None)


@dataclass(frozen=True)
class Said:
    """A message to us."""

    inbound: Inbound


@dataclass(frozen=True)
class Unread:
    """What came with a message, or instead of one, and cannot be read: files, or the rest of a very long one."""

    inbound: Inbound


@dataclass(frozen=True)
class Called:
    """Somebody addressed us and said nothing else."""

    notice: Notice


@dataclass(frozen=True)
class Withdrawn:
    """A message was taken back."""

    reference: str


@dataclass(frozen=True)
class Left:
    """A workspace took us out."""

    notice: Notice


@dataclass(frozen=True)
class HomeOpened:
    """Somebody looks at our home tab."""

    user: str


Happening = Said | Unread | Called | Withdrawn | Left | HomeOpened


def happenings(envelope: Envelope) -> Iterable[Happening]:
    """What it means for us; often nothing. Without an id it could not be kept only once. Raises BrokenCharacter."""
    event = envelope.event
    if event is None or event.type not in KINDS or not envelope.event_id:
        return ()
    return KINDS[event.type](envelope, event)


def _message(envelope: Envelope, event: Event) -> Iterable[Happening]:
    """What is said in direct messages. In channels we hear our name only, and that is another event."""
    if deleted := _deleted(event):
        return (Withdrawn(_reference(event, deleted)),)
    if event.channel_type != "im":
        return ()
    return _spoken(envelope, event, thread=event.thread_ts)


def _deleted(event: Event) -> str | None:
    """The time of the message that was taken back, which is its name."""
    if event.subtype == "message_deleted":
        return event.deleted_ts
    is_tombstone = event.message is not None and event.message.subtype == "tombstone"
    return event.message.ts if event.message and is_tombstone else None


def _mention(envelope: Envelope, event: Event) -> Iterable[Happening]:
    return _spoken(envelope, event, thread=event.thread_ts or event.ts)


def _spoken(envelope: Envelope, event: Event, *, thread: str | None) -> Iterable[Happening]:
    """Not what a bot says, we ourselves among them, nor what was changed afterwards."""
    is_person = event.user != envelope.us and not event.bot_id
    if not (is_person and event.user and event.channel and event.ts and event.subtype in SPOKEN):
        return ()
    sender = Sender(envelope.team_id, event.user, event.channel, thread)
    text = tidy(read(event.text or "", us=envelope.us))
    if not text and not event.files:
        return (Called(Notice(NAME, sender.id, envelope.event_id, address=sender.address)),)
    return _parts(
        Inbound(
            NAME,
            sender.id,
            envelope.event_id,
            text,
            reference=_reference(event, event.ts),
            address=sender.address,
            sent_at=_moment(event.ts),
        ),
        has_files=bool(event.files),
    )


def _parts(inbound: Inbound, *, has_files: bool) -> Iterator[Happening]:
    """What we can keep of a message, and what we cannot: each with an event of its own.

    Only the first has the message's name: that is what is forgotten when it is taken back.
    """
    text = inbound.text
    if text:
        yield Said(replace(inbound, text=text[:LONGEST].rstrip()))
        inbound = replace(inbound, reference=None)
    if len(text) > LONGEST:
        yield Unread(replace(inbound, event=f"{inbound.event}:rest", text=SLACK_REST))
    if has_files:
        yield Unread(replace(inbound, event=f"{inbound.event}:files", text=FILE))


def _home(_: Envelope, event: Event) -> Iterable[Happening]:
    return (HomeOpened(event.user),) if event.user and event.tab == "home" else ()


def _left(envelope: Envelope, _: Event) -> Iterable[Happening]:
    return (Left(Notice(NAME, envelope.team_id, envelope.event_id)),)


def _reference(event: Event, ts: str) -> str:
    return f"{event.channel}:{ts}"


def _moment(ts: str) -> datetime | None:
    try:
        return datetime.fromtimestamp(float(ts), UTC)
    except (ValueError, OverflowError, OSError):
        return None


KINDS: dict[str, Callable[[Envelope, Event], Iterable[Happening]]] = {
    "message": _message,
    "app_mention": _mention,
    "app_home_opened": _home,
    "app_uninstalled": _left,
}
