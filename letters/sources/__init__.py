"""Files → models: YAML and JSON read strictly, with every problem and its place."""

from letters.sources.document import Document
from letters.sources.reading import Reading, read, read_text, remembered

__all__ = ["Document", "Reading", "read", "read_text", "remembered"]
