"""Plain text out: headings on lines of their own, items with a dash, cells apart, links with their addresses."""

from typing import TYPE_CHECKING

from postwright.formats.tokens import body_of, tokens_of, words_of

if TYPE_CHECKING:
    from markdown_it.token import Token


def plain_text(text: str, path: str) -> str:
    """The words of the settled text, for a field that takes no markup."""
    posting, body = body_of(text, path)
    out = _Lines()
    if posting.title and not posting.title_unit:
        out.block(posting.title)
    for token in tokens_of(body):
        out.take(token)
    return out.text()


class _Lines:
    def __init__(self) -> None:
        self._parts: list[str] = []
        self._lists: list[int] = []  # the next number of each open list, 0 for bullets
        self._marker = ""
        self._row: list[str] | None = None
        self._tight = False

    def take(self, token: "Token") -> None:
        kind = token.type
        if kind in {"bullet_list_open", "ordered_list_open"}:
            self._lists.append(int(token.attrGet("start") or 1) if kind.startswith("ordered") else 0)
        elif kind in {"bullet_list_close", "ordered_list_close"}:
            self._lists.pop()
            self._tight = bool(self._lists)
        elif kind == "list_item_open":
            self._open_item()
        elif kind == "tr_open":
            self._row = []
        elif kind == "tr_close":
            self.block(" | ".join(self._row or []), tight=self._tight)
            self._row, self._tight = None, True
        elif kind == "table_close":
            self._tight = False
        elif kind in {"fence", "code_block"}:
            self.block(token.content.rstrip("\n"))
        elif kind == "inline":
            self._words(token)

    def _open_item(self) -> None:
        number = self._lists[-1]
        self._marker = f"{number}. " if number else "- "
        if number:
            self._lists[-1] += 1

    def _words(self, token: "Token") -> None:
        words = _with_links(token.children or [])
        if self._row is not None:
            self._row.append(words)
            return
        pad = "  " * (len(self._lists) - 1) if self._lists else ""
        lead = self._marker or (" " * 2 if self._lists else "")
        self.block(f"{pad}{lead}{words}", tight=bool(self._marker) and self._tight)
        self._tight = bool(self._lists)
        self._marker = ""

    def block(self, words: str, *, tight: bool = False) -> None:
        if self._parts:
            self._parts.append("\n" if tight else "\n\n")
        self._parts.append(words)

    def text(self) -> str:
        return "".join(self._parts) + "\n"


def _with_links(children: "list[Token]") -> str:
    """The words, and after the words of a link its address, unless the words are the address."""
    out = ""
    start = 0
    address = ""
    for token in children:
        if token.type == "link_open":
            start, address = len(out), str(token.attrGet("href") or "")
        elif token.type == "link_close":
            said = out[start:]
            bare = address.removeprefix("mailto:").removeprefix("tel:")
            out += f" ({bare})" if bare and bare != said else ""
        else:
            out += words_of([token])
    return out
