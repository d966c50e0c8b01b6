"""Front matter: kept byte for byte, its values read as written (`NO` stays `NO`, `01234` stays `01234`)."""

from postwright.domain.posting import Span
from postwright.reading.blocks.block import NEWLINE
from postwright.reading.searching.lazy import lazy_pattern

PROBLEM = "!"
"""Key under which `front_values` says why front matter could not be read."""

MAX_DEPTH = 20
MAX_SIZE = 64 * 1024

_FENCES = {
    "---": lazy_pattern(r"(?:\r\n|\n|\r)(?:---|\.\.\.)[ \t]*(?:\r\n|\n|\r|\Z)"),
    "+++": lazy_pattern(r"(?:\r\n|\n|\r)\+\+\+[ \t]*(?:\r\n|\n|\r|\Z)"),
}
_OPEN = lazy_pattern(r"\ufeff?(---|\+\+\+)[ \t]*(?=\r\n|\n|\r)")
_KEY_LINE = lazy_pattern(r"(?:\A|[\r\n])[\w-]+[ \t]*[:=]")
_TOML_LINE = lazy_pattern(r"(?:\A|[\r\n])[ \t]*([\w-]+)[ \t]*=[ \t]*([^\r\n]*?)[ \t]*(?=[\r\n]|\Z)")


def front_matter(source: str) -> tuple[Span, dict[str, str]]:
    """Where the front matter stands (fences and the final line end included) and its scalar values by key.

    Only values on the top level are read. What cannot be read (aliases, depth over 20, over 64 KiB, broken
    syntax) leaves the bytes protected and one entry under `!` that says why. An opening fence without a
    closing one, or a fenced text that holds no keys, is no front matter.
    """
    opened = _OPEN.match(source)
    if not opened:
        return Span(0, 0), {}
    closed = _FENCES[opened.group(1)].search(source, opened.end())
    if not closed:
        return Span(0, 0), {}
    inside = source[opened.end() : closed.start()]
    if inside.strip() and not _KEY_LINE.search(inside.lstrip()):
        return Span(0, 0), {}
    span = Span(0, closed.end())
    if len(inside) > MAX_SIZE:
        return span, {PROBLEM: f"front matter is longer than {MAX_SIZE // 1024} KiB"}
    return span, _toml_values(inside) if opened.group(1) == "+++" else _yaml_values(inside)


def _yaml_values(inside: str) -> dict[str, str]:
    # Events, not objects: no value is resolved, no alias is followed, nothing can explode.
    import yaml  # noqa: PLC0415 - a posting without front matter does not pay 20 ms for it

    loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
    reader = _TopLevel()
    depth = 0
    try:
        for event in yaml.parse(inside, Loader=loader):
            if isinstance(event, yaml.AliasEvent):
                return {PROBLEM: "front matter uses an alias (*name)"}
            if isinstance(event, yaml.CollectionStartEvent):
                depth += 1
                if depth > MAX_DEPTH:
                    return {PROBLEM: f"front matter is nested deeper than {MAX_DEPTH}"}
                if depth == 2:
                    reader.node(None)
            elif isinstance(event, yaml.CollectionEndEvent):
                depth -= 1
            elif isinstance(event, yaml.ScalarEvent) and depth == 1:
                reader.node(event.value)
    except (yaml.YAMLError, ValueError, RecursionError) as error:
        return {PROBLEM: f"front matter is not YAML: {_plain(error)}"}
    return reader.values


class _TopLevel:
    """Pairs the nodes of the outermost mapping: key, value, key, value. A nested collection is a node without text."""

    def __init__(self) -> None:
        self.values: dict[str, str] = {}
        self._key: str | None = None
        self._at_value = False

    def node(self, text: str | None) -> None:
        if not self._at_value:
            self._key = text
        elif self._key is not None and text is not None:
            if self._key in self.values:
                self.values[PROBLEM] = f"the key {self._key!r} stands twice"
            self.values[self._key] = text
        self._at_value = not self._at_value


def _toml_values(inside: str) -> dict[str, str]:
    import tomllib  # noqa: PLC0415 - few postings have TOML front matter

    try:
        table = tomllib.loads(NEWLINE.sub("\n", inside))
    except (tomllib.TOMLDecodeError, ValueError, RecursionError) as error:
        return {PROBLEM: f"front matter is not TOML: {_plain(error)}"}
    written = dict(_TOML_LINE.findall(inside))
    scalars = {key: value for key, value in table.items() if not isinstance(value, dict | list)}
    return {key: value if isinstance(value, str) else written.get(key, str(value)) for key, value in scalars.items()}


def _plain(error: Exception) -> str:
    """The first line of an error's message that says what is wrong, and where."""
    said = getattr(error, "problem", None) or str(error)
    mark = getattr(error, "problem_mark", None)
    where = f" (line {mark.line + 1})" if mark is not None else ""
    return f"{said.splitlines()[0] if said else 'unreadable'}{where}"
