"""How a terminal sets words apart. The caller decides whether it is a terminal at all."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Style:
    """What is written before a piece of text of each role; `end` closes any of them. All empty: plain text."""

    label: str = ""
    strong: str = ""
    good: str = ""
    bad: str = ""
    end: str = ""

    def set(self, code: str, text: str) -> str:
        return f"{code}{text}{self.end}" if code and text else text


PLAIN = Style()
ANSI = Style(label="\x1b[2m", strong="\x1b[1m", good="\x1b[32m", bad="\x1b[31m", end="\x1b[0m")
