"""Reads what a service sent, field by field, into the types of the models."""

from __future__ import annotations

import datetime
import uuid
from typing import Any


class BadField(ValueError):
    """The service sent something else than its API promises."""


class Fields:
    """The members of a JSON object. Others than those asked for do no harm."""

    def __init__(self, value: object, where: str = "") -> None:
        if not isinstance(value, dict):
            raise BadField(f"{where or 'the answer'} is no object")
        self._members: dict[str, Any] = value
        self._where = where

    def text(self, name: str) -> str:
        value = self._members.get(name)
        if not isinstance(value, str):
            raise BadField(f"{self._path(name)} is no text")
        return value

    def text_or_none(self, name: str) -> str | None:
        return None if self._members.get(name) is None else self.text(name)

    def uuid(self, name: str) -> uuid.UUID:
        try:
            return uuid.UUID(self.text(name))
        except ValueError as error:
            raise BadField(f"{self._path(name)} is no UUID") from error

    def moment(self, name: str) -> datetime.datetime:
        """A point in time (RFC 3339). It must say its zone."""
        try:
            moment = datetime.datetime.fromisoformat(self.text(name))
        except ValueError as error:
            raise BadField(f"{self._path(name)} is no date and time") from error
        if moment.tzinfo is None:
            raise BadField(f"{self._path(name)} does not say its time zone")
        return moment

    def objects(self, name: str) -> list[Fields]:
        value = self._members.get(name)
        if not isinstance(value, list):
            raise BadField(f"{self._path(name)} is no list")
        return [Fields(one, f"{self._path(name)}/{index}") for index, one in enumerate(value)]

    def _path(self, name: str) -> str:
        return f"{self._where}/{name}"
