"""Links and contacts. They are read first: what stands inside an address is nothing else."""

import re

from postwright.domain.posting import FactKind
from postwright.reading.facts.page import Norm, Page, pattern
from postwright.reading.searching.lazy import lazy_pattern

_TOPS = frozenset(
    {
        "com",
        "org",
        "net",
        "edu",
        "gov",
        "mil",
        "int",
        "io",
        "ai",
        "co",
        "uk",
        "eu",
        "de",
        "fr",
        "nl",
        "ie",
        "es",
        "pt",
        "ch",
    }
    | {
        "se",
        "dk",
        "fi",
        "pl",
        "cz",
        "br",
        "mx",
        "ca",
        "au",
        "nz",
        "jp",
        "sg",
        "za",
        "health",
        "clinic",
        "hospital",
        "jobs",
    }
    | {
        "careers",
        "tech",
        "dev",
        "app",
        "cloud",
        "bio",
        "info",
        "biz",
        "tv",
        "gl",
        "ly",
        "gg",
        "xyz",
        "example",
        "test",
        "ngo",
    }
    | {"invalid"}
)
_WORDY_TOPS = frozenset(
    {
        "in",
        "it",
        "at",
        "be",
        "no",
        "so",
        "me",
        "us",
        "care",
        "page",
        "link",
        "site",
        "online",
        "work",
        "works",
        "team",
        "tools",
    }
    | {"network", "systems", "foundation"}
)
"""Top-level domains that are words too: "team.in" is a full stop without its blank, so these need more of a name."""
_NO_HOSTS = frozenset({"asp.net", "ml.net", "ado.net", "vb.net", "socket.io"})

# A name before "@" has at most 64 characters (RFC 5321); the look-behind keeps the search linear.
_MAIL = pattern(
    r"""(?:\bmailto:)?(?<![\w.+%-])(?P<name>[\w.+%'-]{1,64})@(?P<host>[\w-]{1,63}(?:\.[\w-]{1,63}){1,6})
    (?P<rest>\?[^\s)>\]"'\x00]{1,200})?""",
    any_case=True,
)
_SPELLED_MAIL = pattern(
    r"""(?<![\w.+-])(?P<name>[\w.+-]{1,64})\s?[\[({]\s?at\s?[\])}]\s?
    (?P<host>[\w-]{1,63}(?:\s?(?:\.|[\[({]\s?dot\s?[\])}])\s?[\w-]{1,63}){1,4})(?P<rest>)""",
    any_case=True,
)
_DOT = lazy_pattern(r"\s?[\[({]\s?dot\s?[\])}]\s?")
_HANDLE = pattern(r"(?<![\w@./])@(?P<handle>[A-Za-z](?:\w|\.(?=\w)){1,38})(?![\w.]*@)")
_URL = pattern(
    r"""\b(?:(?:https?|s?ftp|ssh|file|slack|whatsapp|tg):(?://|&[#]x2F;&[#]x2F;|/\x1e+/\x1e*)|javascript:|vbscript:|data:[a-z]+/|www\.)
    (?:[^\s<>"\x00()\[\]|\x1e]|\([^\s<>()]{0,200}\)|\x1e(?=[^\s\x1e)\].,])|(?<=/)\x1e+)+""",
    any_case=True,
)
_DOMAIN = pattern(
    r"""(?<![\w@./-])(?P<host>(?:[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?\.){1,5}(?P<top>[a-z]{2,10}))(?![\w-])(?!\.\w)
    (?P<rest>(?::\d{2,5})?(?:/[^\s<>"\x00()\[\]|\x1e]*)?)""",
    any_case=True,
)
_TARGET = pattern(r"\]\(\s{0,4}(?P<target>[^)\s\x00]{1,2000})")
_TRAILING = ".,;:!?'\"-*`\\"

_EXTENSION = r"(?:[\s,]{0,2}(?:x|ext\.?|extension)\s?(?P<ext>\d{1,6}))?"
_TEL_URI = pattern(r"\btel:(?P<number>[\d+().;=ext\ -]{3,40})", any_case=True)
_NANP = pattern(
    rf"""(?<![\w.+-])(?P<number>(?:\+?1[\s.-]{{0,2}})?(?:\([2-9]\d\d\)\s{{0,2}}|[2-9]\d\d[\s.-])[2-9]\d\d[\s.-]\d{{4}})
    {_EXTENSION}(?!\w|-\d)""",
    any_case=True,
)
_ABROAD = pattern(rf"(?<!\w)(?P<number>\+\d{{1,3}}(?:[\s.-]?\(?\d{{1,5}}\)?){{2,7}}){_EXTENSION}(?!\w)", any_case=True)
_CUED = pattern(
    rf"""\b(?:tel|telephone|phone|call|text|dial|mobile|cell|fax|whatsapp|ring|sms|ph)\b[^\d\x00\n]{{0,25}}?
    (?!(?:19|20)\d\d-(?:19|20)\d\d)(?P<number>\(?\d{{3,5}}\)?(?:[\s.-]?\d{{3,4}}){{1,3}}){_EXTENSION}(?![\w-])""",
    any_case=True,
)
_VANITY = pattern(r"(?<![\w-])(?P<number>1?[\s.-]?8(?:00|33|44|55|66|77|88)[\s.-][A-Z]{3,}(?:-?[A-Z0-9]+){0,3})\b")
_CUES = frozenset(
    {"tel", "telephone", "phone", "call", "text", "dial", "mobile", "cell", "fax", "whatsapp", "ring", "sms", "ph"}
)


def read_links(page: Page) -> None:
    text = page.text
    if ":" in text or "www." in text.lower():
        page.take(_TEL_URI, _telephone)
        page.take(_URL, lambda m: _url(m, page.raw))
    if "@" in text:
        page.take(_MAIL, _mail)
        page.take(_HANDLE, lambda m: Norm(FactKind.CONTACT, f"@{m['handle'].lower()}"))
    if "at" in page.low_words and any(map(text.__contains__, "([{")):
        page.take(_SPELLED_MAIL, _mail)
    if "." in text:
        page.take(_DOMAIN, _domain)
    if "](" in text:
        page.take(_TARGET, lambda m: Norm(FactKind.LINK, m["target"], m.start("target"), m.end("target")))


def read_telephones(page: Page) -> None:
    """Call it only for a text with figures."""
    page.take(_NANP, _telephone)
    if "+" in page.text:
        page.take(_ABROAD, _telephone)
    if page.says_one_of(_CUES):
        page.take(_CUED, _telephone)
    if "8" in page.text:
        page.take(_VANITY, lambda m: Norm(FactKind.CONTACT, _vanity(m["number"])))


def _mail(found: re.Match[str]) -> Norm | None:
    host = _DOT.sub(".", found["host"].lower()).replace(" ", "")
    if "." not in host:
        return None
    address = f"{found['name'].lower().strip(_TRAILING + '_')}@{host.strip('.-_')}{found['rest'] or ''}"
    return Norm(FactKind.CONTACT, address)


def _url(found: re.Match[str], raw: str) -> Norm:
    written = raw[found.start() : found.end()].rstrip(_TRAILING)
    return Norm(FactKind.LINK, link_norm(written), found.start(), found.start() + len(written))


def _domain(found: re.Match[str]) -> Norm | None:
    host, top = found["host"], found["top"]
    low = top.lower()
    if low not in _TOPS and low not in _WORDY_TOPS:
        return None
    if not found["rest"]:
        short = low in _WORDY_TOPS and host.count(".") < 2
        if short or host.lower() in _NO_HOSTS or not (top.islower() or host.isupper()):
            return None  # "care.Our" is a full stop without its blank
    written = found.group().rstrip(_TRAILING)
    return Norm(FactKind.LINK, link_norm(written), found.start(), found.start() + len(written))


def link_norm(written: str) -> str:
    """Host in lower case without "www.", path as it is, no trailing slash; web schemes are left out, others stay."""
    text = written.replace("&#x2F;", "/").replace("&amp;", "&")
    scheme, sep, rest = text.partition(":")
    if sep and scheme.lower() in {"http", "https"}:
        text = rest.lstrip("/")
    elif sep and "/" not in scheme and "." not in scheme:
        return f"{scheme.lower()}:{rest}"
    host, slash, path = text.partition("/")
    host = host.lower().removeprefix("www.")
    return f"{host}{slash}{path}".rstrip("/")


def _telephone(found: re.Match[str]) -> Norm | None:
    written = found["number"].replace("(0)", "")
    figures = "".join(filter(str.isdigit, written))
    abroad = written.lstrip().startswith("+")
    if len(figures) == 11 and figures.startswith("1"):
        figures, abroad = figures[1:], False
    if not 6 < len(figures) < 16 or (abroad and len(figures) < 9):
        return None
    extension = found.groupdict().get("ext")
    norm = f"{'+' if abroad else ''}{figures}{f'x{extension}' if extension else ''}"
    return Norm(FactKind.CONTACT, norm, found.start("number"), found.end("ext") if extension else found.end("number"))


def _vanity(written: str) -> str:
    return "".join(filter(str.isalnum, written.lower())).removeprefix("1")
