"""Marks laundered by a second run: a draft that still waits for a person is taken as a posting."""

import re
from collections.abc import Iterator

from forgery.cases import Case, empty_reply
from forgery.lies.lie import Lie, unmarked

CLAIM = "You agree with the clinic on what a correct answer looks like."


def lies(case: Case) -> Iterator[Lie]:
    """The pending line kept, said again, cited by all, or with its mark taken out of a posting that quotes it."""
    held = f"{case.source.rstrip()}\n\n- **[confirm c1]** {CLAIM}\n"
    ids = [f"u{number}" for number in range(1, 60)]
    plain = empty_reply() | {"sections": [{"kind": "duties", "heading": "", "lines": [{"keep": ids}]}]}
    said = empty_reply() | {
        "sections": [
            {
                "kind": "duties",
                "heading": "",
                "lines": [{"id": f"L{unit}", "text": CLAIM, "sources": [unit], "why": ""} for unit in ids],
            }
        ]
    }
    for says, source in (
        ("as written", held),
        ("with underscores", held.replace("**[confirm c1]**", "__[confirm c1]__")),
        ("without stars", held.replace("**[confirm c1]**", "[confirm c1]")),
        ("with escapes", held.replace("[confirm c1]", "\\[confirm c1\\]")),
        ("a blank", re.sub(r"\*\*\[confirm c1\]\*\* .*", "**[confirm c1: pay range]**", held)),
    ):
        for how, reply in (("kept", plain), ("said again", said)):
            proofs = (unmarked(CLAIM),)
            yield Lie(
                "marks laundered by a second run",
                f"{says}, {how}",
                case,
                reply,
                proofs,
                source=source,
                ruins=True,
                refusable=True,
            )
