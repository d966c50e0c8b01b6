"""What the readers of a Word file do not see: hidden, unprinted, clipped and tiny text, and ink like its ground.

The properties are those of WordprocessingML (ECMA-376 part 1, 17.3 and 17.7): of the run, of its styles, and of what
lies behind it. Elements are known by their local names, whatever prefix a file gives them.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from xml.etree import ElementTree as ET  # declarations are refused before anything is parsed

from postwright.formats.ink import WHITE, Colour, alike, colour_of

_SMALLEST = 8
"""Half points: what is under 4 points is not read on paper."""
_LOWEST = 60
"""Twentieths of a point: the height of a line or row that shows nothing."""
_NARROWEST = 10
"""Percent of a letter's own width."""
_FARTHEST_TWIPS, _FARTHEST_EMU = 20_000, 12_000_000
"""Some 33 cm: no page is that far."""
_DEEPEST_STYLE = 20
_OFF = frozenset({"0", "false", "off"})
_HIGHLIGHTS = {
    "black": "000000", "blue": "0000FF", "cyan": "00FFFF", "darkBlue": "000080", "darkCyan": "008080",
    "darkGray": "808080", "darkGreen": "008000", "darkMagenta": "800080", "darkRed": "800000", "darkYellow": "808000",
    "green": "00FF00", "lightGray": "C0C0C0", "magenta": "FF00FF", "red": "FF0000", "white": "FFFFFF",
    "yellow": "FFFF00",
}  # fmt: skip
_KEPT_IN_HIDDEN_RUNS = frozenset({"rPr", "fldChar", "instrText"})  # else a field would lose its end
_VML_AWAY = re.compile(
    r"display\s*:\s*none|visibility\s*:\s*hidden|(?:margin-)?(?:left|top)\s*:\s*-?\d{4,}|(?:width|height)\s*:\s*[01](?![\d.])"
)


@dataclass(frozen=True, slots=True)
class _Look:
    """How text is shown; None where nothing is said and what is above it decides."""

    unseen: bool | None = None  # hidden by its own mark
    ink: Colour | None = None
    ground: Colour | None = None
    size: int | None = None  # half points
    width: int | None = None  # percent

    def over(self, other: "_Look") -> "_Look":
        return _Look(
            other.unseen if self.unseen is None else self.unseen,
            self.ink or other.ink,
            self.ground or other.ground,
            other.size if self.size is None else self.size,
            other.width if self.width is None else self.width,
        )

    def is_seen(self, ground: Colour | None) -> bool:
        """`ground` is what lies behind; None is not known, and hides nothing."""
        behind = self.ground or ground
        if self.unseen or (self.size or 99) < _SMALLEST or (self.width or 100) < _NARROWEST:
            return False
        return self.ink is None or behind is None or not alike(self.ink, behind)


@dataclass(frozen=True, slots=True)
class Styles:
    """The styles of a file: how their text looks, which is each kind's default, and which paint their tables."""

    looks: dict[str, _Look]
    base: _Look
    usual: str
    painting: frozenset[str]

    def of(self, style: str) -> _Look:
        return self.looks.get(style, _Look())


def styles_in(root: ET.Element | None) -> Styles:
    """The styles of a file, with what each one inherits."""
    if root is None:
        return Styles({}, _Look(), "", frozenset())
    own: dict[str, tuple[_Look, str]] = {}
    usual, painting = "", set()
    for style in _named(root, "style"):
        name = _value(style, "styleId")
        ground = _ground_of(_child(style, "pPr"))
        look = _look_of(_child(style, "rPr"))
        own[name] = replace(look, ground=look.ground or ground), _value(_child(style, "basedOn"), "val")
        if _value(style, "type") == "paragraph" and _value(style, "default") not in {"", *_OFF}:
            usual = name
        if _value(style, "type") == "table" and any(_paints(shade) for shade in style.iter() if _name(shade) == "shd"):
            painting.add(name)
    defaults = _child(_child(_child(root, "docDefaults"), "rPrDefault"), "rPr")
    return Styles({name: _inherited(name, own) for name in own}, _look_of(defaults), usual, frozenset(painting))


def _inherited(name: str, own: dict[str, tuple[_Look, str]]) -> _Look:
    look = _Look()
    for _ in range(_DEEPEST_STYLE):
        if name not in own:
            break
        mine, name = own[name]
        look = look.over(mine)
    return look


def page_ground(body: ET.Element, settings: ET.Element | None) -> Colour:
    """The colour of the page: white, unless the file sets another one and shows it."""
    background = _child(body, "background")
    shown = settings is not None and _child(settings, "displayBackgroundShape") is not None
    return (colour_of(_value(background, "color")) if shown else None) or WHITE


def without_unseen(root: ET.Element, styles: Styles, page: Colour) -> int:
    """Take out of the tree what its readers do not see, and return how many words that were."""
    pruner = _Pruner(styles)
    pruner.prune(root, page, _Look())
    return pruner.words


class _Pruner:
    def __init__(self, styles: Styles) -> None:
        self._styles = styles
        self.words = 0

    def prune(self, node: ET.Element, ground: Colour | None, look: _Look) -> None:
        for child in list(node):
            name = _name(child)
            if name == "r":
                self._run(child, ground, look)
            elif name == "AlternateContent":
                self._alternate(child, ground, look)
            elif self._is_away(name, child):
                self._take(node, child)
            elif name == "p":
                self.prune(child, *self._paragraph(child, ground))
            elif name == "tbl":
                painted = _value(_child(_child(child, "tblPr"), "tblStyle"), "val") in self._styles.painting
                self.prune(child, None if painted else ground, look)
            elif name == "tc":
                self.prune(child, _ground_of(_child(child, "tcPr")) or ground, look)
            elif len(child):
                self.prune(child, _painted(name, child, ground), look)

    def _paragraph(self, node: ET.Element, ground: Colour | None) -> tuple[Colour | None, _Look]:
        properties = _child(node, "pPr")
        style = self._styles.of(_value(_child(properties, "pStyle"), "val") or self._styles.usual)
        look = replace(style, ground=None).over(self._styles.base)
        if _exact(_child(properties, "spacing"), "line", "lineRule") < _LOWEST:
            look = replace(look, size=0)
        return _ground_of(properties) or style.ground or ground, look

    def _run(self, node: ET.Element, ground: Colour | None, look: _Look) -> None:
        properties = _child(node, "rPr")
        style = self._styles.of(_value(_child(properties, "rStyle"), "val"))
        own = _look_of(properties).over(style).over(look)
        if look.size == 0 or not own.is_seen(ground):
            for child in list(node):
                if _name(child) not in _KEPT_IN_HIDDEN_RUNS:
                    self._take(node, child)
            return
        self.prune(node, ground, look)

    def _alternate(self, choices: ET.Element, ground: Colour | None, look: _Look) -> None:
        """Word shows the choice, converters read the fallback: it stays when both say the same."""
        choice, fallback = _child(choices, "Choice"), _child(choices, "Fallback")
        if choice is not None:
            self.prune(choice, ground, look)
        if fallback is None:
            return
        words = self.words
        self.prune(fallback, None, look)
        self.words = words if choice is not None else self.words
        if choice is not None and _text(choice) != _text(fallback):
            self._take(choices, fallback)

    def _is_away(self, name: str, node: ET.Element) -> bool:
        if name == "p":
            frame = _child(_child(node, "pPr"), "framePr")
            return any(abs(_number(frame, side, 0)) > _FARTHEST_TWIPS for side in ("x", "y"))
        if name == "tr":
            height = _child(_child(node, "trPr"), "trHeight")
            return _exact(height, "val", "hRule") < _LOWEST
        if name in {"anchor", "inline"}:
            return _is_away_drawing(node)
        return name in {"shape", "rect", "textbox"} and _VML_AWAY.search(_value(node, "style")) is not None

    def _take(self, parent: ET.Element, child: ET.Element) -> None:
        self.words += len(_text(child).split())
        parent.remove(child)


def _painted(name: str, node: ET.Element, ground: Colour | None) -> Colour | None:
    """The ground within a shape: its fill where that is told, what lies behind it where it has none."""
    if name == "wsp":
        properties = _child(node, "spPr")
        if _child(properties, "noFill") is not None:
            return ground
        return colour_of(_value(_child(_child(properties, "solidFill"), "srgbClr"), "val"))
    if name in {"shape", "rect", "roundrect", "oval"}:
        return ground if _value(node, "filled") in {"f", "false"} else colour_of(_value(node, "fillcolor"))
    return ground


def _is_away_drawing(node: ET.Element) -> bool:
    hidden = any(_value(child, "hidden") not in {"", *_OFF} for child in _named(node, "docPr"))
    extent = _child(node, "extent")
    flat = min(_number(extent, "cx", 99_999), _number(extent, "cy", 99_999)) < 38_100  # three points
    offsets = (child.text or "" for child in node.iter() if _name(child) == "posOffset")
    return hidden or flat or any(abs(_whole(offset) or 0) > _FARTHEST_EMU for offset in offsets)


def _look_of(properties: ET.Element | None) -> _Look:
    if properties is None:
        return _Look()
    marks = [_child(properties, name) for name in ("vanish", "specVanish", "webHidden")]
    told = [_value(mark, "val") not in _OFF for mark in marks if mark is not None]
    colour = _child(properties, "color")
    ink = colour_of(_value(colour, "val"))
    if ink is None and _value(colour, "themeColor") in {"background1", "light1"}:
        ink = WHITE
    highlight = colour_of(_HIGHLIGHTS.get(_value(_child(properties, "highlight"), "val"), ""))
    return _Look(
        unseen=any(told) if told else None,
        ink=ink,
        ground=highlight or _ground_of(properties),
        size=_whole(_value(_child(properties, "sz"), "val")),
        width=_whole(_value(_child(properties, "w"), "val")),
    )


def _ground_of(properties: ET.Element | None) -> Colour | None:
    shade = _child(properties, "shd")
    return colour_of(_value(shade, "color" if _value(shade, "val") == "solid" else "fill"))


def _paints(shade: ET.Element) -> bool:
    return (ground := colour_of(_value(shade, "fill"))) is not None and not alike(ground, WHITE)


def _exact(node: ET.Element | None, value: str, rule: str) -> int:
    """A height that text cannot stretch, else one that hides nothing."""
    return _number(node, value, _LOWEST) if _value(node, rule) == "exact" else _LOWEST


def _name(node: ET.Element) -> str:
    return node.tag.rpartition("}")[2]


def _named(node: ET.Element, name: str) -> Iterator[ET.Element]:
    return (child for child in node if _name(child) == name)


def _child(node: ET.Element | None, name: str) -> ET.Element | None:
    return next(_named(node, name), None) if node is not None else None


def _value(node: ET.Element | None, name: str) -> str:
    if node is None:
        return ""
    return next((value for key, value in node.attrib.items() if key.rpartition("}")[2] == name), "")


def _number(node: ET.Element | None, name: str, otherwise: int) -> int:
    number = _whole(_value(node, name))
    return otherwise if number is None else number


def _whole(text: str) -> int | None:
    found = re.match(r"\s*(-?\d{1,12})(?!\d)", text)
    return int(found.group(1)) if found else None


def _text(node: ET.Element) -> str:
    return " ".join(child.text or "" for child in node.iter() if _name(child) == "t")
