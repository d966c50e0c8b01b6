"""Patterns of keys, tokens and passwords, as their issuers document them (2026-11)."""

import re
from collections.abc import Iterator

from postwright.domain.posting import Span
from postwright.reading.screening.leak_shapes import Leak, shape
from postwright.reading.searching.lazy import lazy_pattern
from postwright.reading.searching.pattern import Pattern

_KEYS = (
    shape("an Anthropic key", "sk-ant-", r"\bsk-ant-[\w-]{16,}"),
    shape("an OpenAI key", "sk-", r"\bsk-(?!ant-)(?=[\w-]{0,99}\d)(?=[\w-]{0,99}[A-Z])(?=[\w-]{0,99}[a-z])[\w-]{20,}"),
    shape("an AWS key", "akia|asia|aroa|aida", r"\b(?:AKIA|ASIA|AROA|AIDA)(?![0-9A-Z]{9}EXAMPLE)[0-9A-Z]{16}\b"),
    shape("a GitHub token", "ghp_|gho_|ghu_|ghs_|ghr_", r"\bgh[pousr]_[A-Za-z0-9]{30,}"),
    shape("a GitHub token", "github_pat_", r"\bgithub_pat_\w{30,}"),
    shape("a GitLab token", "glpat-", r"\bglpat-[\w-]{18,}"),
    shape("a Slack token", "xox|xapp-", r"\bxox[abeoprs]-[\w-]{10,}|\bxapp-\d-[\w-]{20,}"),
    shape("a Slack webhook", "hooks.slack", r"\bhooks\.slack\.com/services/T\w{6,}/B\w{6,}/\w{16,}"),
    shape("a Discord webhook", "api/webhooks/", r"\bdiscord(?:app)?\.com/api/webhooks/\d{10,}/[\w-]{40,}"),
    shape("a Google key", "aiza|ya29.|gocspx-", r"\bAIza[\w-]{35}|\bya29\.[\w-]{30,}|\bGOCSPX-[\w-]{20,}"),
    shape("a Stripe key", "k_live_", r"\b[rs]k_live_[A-Za-z0-9]{16,}"),
    shape("a SendGrid key", "sg.", r"\bSG\.[\w-]{16,}\.[\w-]{16,}"),
    shape("a Hugging Face token", "hf_", r"\bhf_[A-Za-z]{30,}"),
    shape("an npm token", "npm_", r"\bnpm_[A-Za-z0-9]{30,}"),
    shape("a PyPI token", "pypi-", r"\bpypi-[\w-]{40,}"),
    shape("a private key", "age-secret-key-", r"\bAGE-SECRET-KEY-1[0-9A-Z]{30,}"),
    shape("a signed token", "eyj", r"\beyJ[\w-]{10,500}\.eyJ[\w-]{10,2000}\.[\w-]{10,}"),
    shape("a password in a link", "://", r"(?<=://)[^\s:/@<>{}$]{1,64}:(?P<value>[^\s:/@<>{}$*]{3,64})@[\w.-]+"),
    shape(
        "a token of a service",
        "dapi|shpat_|shpss_|shpca_|key-|dop_v1_|doo_v1_",
        r"\b(?:dapi|shp(?:at|ss|ca)_|key-|do[op]_v1_)[0-9a-f]{32,64}\b",
    ),
    shape(
        "a token of a service",
        "hvs.|lin_api_|secret_|ntn_|sntrys_|figd_|glsa_|gsk_|pplx-|xai-|pmak-|xkeysib-|sq0|sbp_|tskey-|nrak-|atatt3|dp.pt."
        "|pscale_|r8_",
        r"""\b(?:hvs\.|lin_api_|secret_|ntn_|sntrys_|figd_|glsa_|gsk_|pplx-|xai-|PMAK-|xkeysib-|sq0(?:atp|csp)-|sbp_
        |tskey-|NRAK-|ATATT3|dp\.pt\.|pscale_(?:tkn|pw)_|r8_)(?=[\w=-]{0,99}\d)(?=[\w=-]{0,99}[A-Za-z])[\w=-]{24,}""",
    ),
    shape("a token of a service", ":aa", r"\b\d{8,10}:AA[\w-]{33}\b"),
    shape(
        "a token in a link",
        "token=|key=|secret=|sig=|password=",
        r"""[?&](?:(?:access_|auth_|id_)?token|api_?key|client_secret|secret|sig|password)=
        (?=[\w.%~+/-]{0,99}\d)(?=[\w.%~+/-]{0,99}[A-Za-z])[\w.%~+/-]{20,}""",
        re.IGNORECASE,
    ),
)
_PASSWORD = shape(
    "a password or key",
    "password|passwd|passcode|passphrase|pwd|secret|api key|api_key|api-key|apikey|token|access key|access_key"
    "|accountkey",
    r"""(?<![A-Za-z0-9])(?:[A-Za-z0-9]{1,20}[_-]){0,4}
    (?:password|passwd|passcode|passphrase|pwd|secret|api[\ _-]?key|(?:auth|access)[\ _-]?token
        |(?:secret|account|shared)[\ _-]?(?:access[\ _-]?)?key|client[\ _-]?secret)
    \s{0,3}(?:[:=]|\bis\b)\s{0,3}["'`]?(?P<value>[^\s<>"'`,]{4,200})""",
    re.IGNORECASE,
)
_IN_WORDS = (
    shape("a private key", "private key", r"-----BEGIN\ [A-Z ]{0,30}PRIVATE\ KEY(?:\ BLOCK)?-----"),
    shape(
        "a bearer token",
        "bearer",
        r"\b[Bb]earer\s+(?=[\w.~+/-]{0,99}\d)(?=[\w.~+/-]{0,99}[A-Za-z])[\w.~+/-]{20,}=*",
    ),
    shape("a password", "authorization:", r"\bAuthorization:\s{0,3}Basic\s+[A-Za-z0-9+/]{12,}={0,2}", re.IGNORECASE),
    shape("a password or key", "auth token", r"\bauth\ token\s{0,2}[:=]?\s{0,2}[0-9a-f]{32}\b", re.IGNORECASE),
)
"""Those with a blank in them."""
_PLACEHOLDER = lazy_pattern(
    r"^[*x•._-]+$|^[\[({$%#]|your|example|placeholder|change.?me|redacted|required|insert|env\b|process\.|https?:|\.\.\.",
    re.IGNORECASE,
)
SECRET_SHAPES = (*_KEYS, *_IN_WORDS, _PASSWORD)
_TRIGGERS = frozenset(trigger for key in _KEYS for trigger in key.triggers)
_OF_LINKS = frozenset({"://"})
_MAY_HOLD_PASSWORD = Pattern(r"://[^\s/]+@")
_SHORTEST = 12
"""Characters of a key, or of a link with a password in it."""
_ANYBODYS = frozenset({"password", "passwd", "pass", "pwd", "secret", "changeme", "xxx", "example"})


def secrets(text: str, low: str, held: frozenset[str]) -> Iterator[Leak]:
    """Keys, tokens and passwords in a text; `low` is the text in lower case, `held` the triggers in it."""
    in_long = _TRIGGERS & held
    if in_long == _OF_LINKS and not _MAY_HOLD_PASSWORD.found(text):
        in_long = frozenset()  # most postings hold links, and hardly any link an "@"
    if in_long:  # a key is a long word, and so is what holds its trigger
        long = [word for word in low.split() if len(word) >= _SHORTEST]
        in_long = frozenset(trigger for trigger in in_long if any(trigger in word for word in long))
    for keys, triggers in ((_KEYS, in_long), (_IN_WORDS, held)):
        for key in keys:
            for found in key.found(text, triggers):
                if found.groupdict().get("value", "").lower() not in _ANYBODYS:
                    yield Leak("secret", key.what, Span(*found.span()))
    for found in _PASSWORD.found(text, held):
        if _is_password(found):
            yield Leak("secret", _PASSWORD.what, Span(*found.span()))


def _is_password(found: re.Match[str]) -> bool:
    """A value with figures or signs in it; a plain word after "password:" speaks of passwords only."""
    value = found["value"].rstrip(".;:)")
    if _PLACEHOLDER.search(value):
        return False
    figures, letters = any(map(str.isdigit, value)), any(map(str.isalpha, value))
    if value.isdigit():
        return "code" in found.group().lower()
    return figures and letters and (len(value) >= 8 or (len(value) >= 6 and value.isalnum()))
