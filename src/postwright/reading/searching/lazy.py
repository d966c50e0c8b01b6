"""Patterns that are compiled when they are first used: a cold `check` would spend a tenth of its time on the others."""

import re
from typing import cast


class _Lazy:
    """Stands for a compiled pattern. After its first use, the pattern's own methods stand in it."""

    def __init__(self, text: str, flags: int) -> None:
        self._text = text
        self._flags = flags

    def __getattr__(self, name: str) -> object:
        """Asked for what is not here yet. `re` itself remembers what it compiled."""
        method: object = getattr(re.compile(self._text, self._flags), name)
        setattr(self, name, method)
        return method


def lazy_pattern(text: str, flags: int = 0) -> re.Pattern[str]:
    """`re.compile`, put off until the first search: a broken pattern shows only then."""
    return cast("re.Pattern[str]", _Lazy(text, flags))
