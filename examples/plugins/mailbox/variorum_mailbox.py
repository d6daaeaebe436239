"""A feed of Variorum: the messages of an mbox file as articles. `variorum run mailbox:reports.mbox`."""

from __future__ import annotations

import hashlib
import mailbox
from collections.abc import Iterator
from email import message_from_bytes, policy
from email.message import EmailMessage
from email.utils import parseaddr

from variorum.errors import UnreadableError
from variorum.model import Article, Problem, make_article


def read_mailbox(place: str, *, now: str) -> Iterator[Article | Problem]:
    """Yield the messages of an mbox file, in its order. Raises UnreadableError where there is none."""
    try:
        box = mailbox.mbox(place, create=False)
    except (mailbox.NoSuchMailboxError, OSError):
        raise UnreadableError(
            f"there is no mbox file {place}", "save the folder in your mail program as mbox"
        ) from None
    try:
        for number, key in enumerate(box.iterkeys(), start=1):
            yield _read_message(box.get_bytes(key), number, now)
    finally:
        box.close()


def _read_message(data: bytes, number: int, now: str) -> Article | Problem:
    message = message_from_bytes(data, policy=policy.default)
    assert isinstance(message, EmailMessage)  # the policy's kind
    body = message.get_body(preferencelist=("plain",))
    text = body.get_content().strip() if body is not None else ""
    where = f"message {number}"
    if not text:
        return Problem(where, "no-text", "the message holds no plain text", "save its page, and give that", now)
    title = " ".join(str(message["subject"] or "").split())
    name, address = parseaddr(str(message["from"] or ""))
    sent = message["date"].datetime if message["date"] is not None else None
    return make_article(
        url=_address(message, data),
        text=f"{title}\n\n{text}" if title else text,
        title=title,
        outlet=name or address.partition("@")[2],
        published=sent.isoformat() if sent is not None else None,
        published_basis="Date of the message" if sent is not None else "",
        sha256=hashlib.sha256(data).hexdigest(),
        fetched_at=now,
    )


def _address(message: EmailMessage, data: bytes) -> str:
    """Name where the message can be read again, or its own number; the same message has the same each time."""
    archived = str(message["archived-at"] or "").strip("<> ")
    own = str(message["message-id"] or "").strip("<> \n") or hashlib.sha256(data).hexdigest()
    return archived or f"mid:{own}"
