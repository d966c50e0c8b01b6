"""Front matter made from what an ATS or a page states beside the text: facts to know, not text to rewrite."""

import json
from collections.abc import Mapping

LONGEST_VALUE = 300
"""Characters. What is longer is no field but text."""


def front_of(values: Mapping[str, str]) -> str:
    """YAML front matter of the values that are there, or nothing. A JSON string is a YAML string too."""
    lines = [
        f"{key}: {json.dumps(value, ensure_ascii=False)}"
        for key, value in values.items()
        if value and len(value) <= LONGEST_VALUE and value.isprintable()
    ]
    return "---\n" + "\n".join(lines) + "\n---\n\n" if lines else ""
