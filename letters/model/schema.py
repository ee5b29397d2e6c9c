"""The JSON Schema of a model, for editors: what they accept is what the readers accept."""

from __future__ import annotations

from pydantic import BaseModel
from pydantic.json_schema import GenerateJsonSchema, JsonSchemaValue
from pydantic_core import core_schema

DIALECT = "https://json-schema.org/draft/2020-12/schema"


def json_schema(model: type[BaseModel]) -> dict[str, object]:
    """The schema of a file that holds one `model`, in draft 2020-12."""
    schema = model.model_json_schema(schema_generator=_EditorSchema)
    return {"$schema": DIALECT, **schema}


class _EditorSchema(GenerateJsonSchema):
    """Words a field is limited to may be ones YAML reads as something else, and null is absence."""

    def literal_schema(self, schema: core_schema.LiteralSchema) -> JsonSchemaValue:
        words = super().literal_schema(schema)
        if "const" in words:
            # Editors offer the words of an enum, not those of a const.
            words["enum"] = [words.pop("const")]
        return words

    def default_schema(self, schema: core_schema.WithDefaultSchema) -> JsonSchemaValue:
        """Fields with a default may be left empty, as in `addresses:` with nothing after it."""
        inner = super().default_schema(schema)
        if _allows_null(inner):
            return inner
        default = inner.pop("default", None)
        shown = {} if default in (None, [], {}) else {"default": default}
        return {"anyOf": [inner, {"type": "null"}], **shown}

    def dict_schema(self, schema: core_schema.DictSchema) -> JsonSchemaValue:
        """An entry of a mapping may be left empty too."""
        mapping = super().dict_schema(schema)
        if isinstance(inner := mapping.get("additionalProperties"), dict) and not _allows_null(inner):
            mapping["additionalProperties"] = {"anyOf": [inner, {"type": "null"}]}
        return mapping


def _allows_null(schema: JsonSchemaValue) -> bool:
    return {"type": "null"} in schema.get("anyOf", [])
