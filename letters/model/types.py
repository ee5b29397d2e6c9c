"""The types of fields: each turns text into a value and knows its JSON Schema.

The schemas are for an editor, which reads `97201` as a number and `true` as a truth where this
program reads text, so they allow those wherever the text would be fine.
"""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal
from typing import Annotated

from pydantic import BeforeValidator, WithJsonSchema

from letters.model import reading

Text = Annotated[
    str,
    BeforeValidator(reading.read_text),
    WithJsonSchema({"type": ["string", "number"], "minLength": 1, "maxLength": reading.ONE_LINE}),
]
Prose = Annotated[
    str,
    BeforeValidator(reading.read_prose),
    WithJsonSchema({"type": ["string", "number"], "minLength": 1, "maxLength": reading.MANY_LINES}),
]
Identifier = Annotated[
    str,
    BeforeValidator(reading.read_identifier),
    WithJsonSchema({"type": ["string", "number"], "pattern": r"^[A-Za-z0-9][A-Za-z0-9_.\-]{0,63}$"}),
]
Reference = Annotated[
    str,
    BeforeValidator(reading.read_reference),
    WithJsonSchema({"type": ["string", "number"], "pattern": r"^[A-Za-z0-9][A-Za-z0-9_.\-]{0,63}$"}),
]
YesNo = Annotated[
    bool,
    BeforeValidator(reading.read_yes_no),
    WithJsonSchema({"enum": ["yes", "no", "true", "false", True, False, "Yes", "No", "YES", "NO"]}),
]
Date = Annotated[
    date,
    BeforeValidator(reading.read_date),
    WithJsonSchema({"type": "string", "format": "date"}),
]
Moment = Annotated[
    datetime,
    BeforeValidator(reading.read_moment),
    WithJsonSchema(
        {
            "type": "string",
            "pattern": r"^\d{4}-\d{2}-\d{2}[Tt ]\d{2}:\d{2}(:\d{2}(\.\d{1,6})?)?([Zz]|[+\-]\d{2}:\d{2})$",
        }
    ),
]
Amount = Annotated[
    Decimal,
    BeforeValidator(reading.read_amount),
    WithJsonSchema({"type": ["string", "number"], "pattern": r"^-?\d{1,12}(\.\d{1,2})?$"}),
]
Count = Annotated[
    int,
    BeforeValidator(reading.read_count),
    WithJsonSchema(
        {
            "type": ["string", "integer"],
            "pattern": r"^\d{1,6}$",
            "minimum": 1,
            "maximum": reading.LARGEST_COUNT,
        }
    ),
]
Email = Annotated[
    str,
    BeforeValidator(reading.read_email),
    # Not `format: email`: editors disagree about addresses in other scripts.
    WithJsonSchema({"type": "string", "pattern": r"^[^@\s]+@[^@\s]+\.[^@\s]+$", "maxLength": 254}),
]
Currency = Annotated[
    str,
    BeforeValidator(reading.read_currency),
    WithJsonSchema({"type": "string", "pattern": "^[A-Z]{3}$"}),
]
LanguageTag = Annotated[
    str,
    BeforeValidator(reading.read_language),
    WithJsonSchema({"type": "string", "pattern": r"^[a-z]{2,3}(-[A-Z][a-z]{3})?(-([A-Z]{2}|\d{3}))?$"}),
]
TimeZone = Annotated[
    str,
    BeforeValidator(reading.read_time_zone),
    WithJsonSchema({"type": "string", "pattern": r"^[A-Za-z][A-Za-z0-9_+\-]*(/[A-Za-z0-9_+\-]+)*$"}),
]
CountryCode = Annotated[
    str,
    BeforeValidator(reading.read_country),
    WithJsonSchema({"type": "string", "pattern": "^[A-Z]{2}$"}),
]
