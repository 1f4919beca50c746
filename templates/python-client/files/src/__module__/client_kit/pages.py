"""Lists in pages: `{next, previous, results}`."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Generic, TypeVar
from urllib.parse import parse_qs, urlsplit

from .fields import BadField, Fields

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Page(Generic[T]):
    results: tuple[T, ...]
    next: str | None
    """The cursor of the next page; None on the last."""
    previous: str | None


def read_page(fields: Fields, read: Callable[[Fields], T], cursor: str | None) -> Page[T]:
    """The page at `cursor`. Raises BadField."""
    following = cursor_in(fields.text_or_none("next"))
    if following is not None and following == cursor:
        raise BadField("the next page is this page again")
    return Page(
        results=tuple(read(one) for one in fields.objects("results")),
        next=following,
        previous=cursor_in(fields.text_or_none("previous")),
    )


def cursor_in(link: str | None) -> str | None:
    """Of a link only the cursor is used: a token goes where it was told to and nowhere else."""
    if link is None:
        return None
    cursors = parse_qs(urlsplit(link).query).get("cursor", [])
    if len(cursors) != 1:
        raise BadField("a link to another page carries no cursor")
    return cursors[0]


def iterate(fetch: Callable[[str | None], Page[T]]) -> Iterator[T]:
    """Everything in a list; a page is fetched once it is needed."""
    page = fetch(None)
    yield from page.results
    while page.next is not None:
        page = fetch(page.next)
        yield from page.results
