"""What the service answers, with types. Members that are not read here are ignored."""

from __future__ import annotations

import datetime
import uuid
from dataclasses import dataclass

from .client_kit.fields import Fields


@dataclass(frozen=True, slots=True)
class Item:
    """A sample to start from: it is what a new Django service keeps."""

    id: uuid.UUID
    name: str
    note: str
    created_at: datetime.datetime
    updated_at: datetime.datetime

    @classmethod
    def read(cls, fields: Fields) -> Item:
        return cls(
            id=fields.uuid("id"),
            name=fields.text("name"),
            note=fields.text("note"),
            created_at=fields.moment("created_at"),
            updated_at=fields.moment("updated_at"),
        )
