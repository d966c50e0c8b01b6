"""Postwright critiques and rewrites healthcare-AI job postings with Claude, and proves what it did.

The Python API (docs/python-api.md) loads when a name of it is first used: `import postwright` itself stays light.
Type checkers read the names in `__init__.pyi`.
"""

from importlib import import_module

__version__ = "0.1.0"

__all__ = [
    "Answer",
    "AnswerStatus",
    "Critique",
    "Decision",
    "DecisionState",
    "Draft",
    "Editor",
    "Finding",
    "Given",
    "Options",
    "Posting",
    "PostwrightError",
    "ProfileFact",
    "Review",
    "Severity",
    "Source",
    "Unit",
    "Verdict",
    "claude",
    "critique",
    "export",
    "load_review",
    "read",
    "read_file",
    "review_to_json",
    "rewrite",
    "rewrite_async",
    "settle",
]

_VALUES = {
    "Answer": "domain.critique",
    "AnswerStatus": "domain.critique",
    "Critique": "domain.critique",
    "Decision": "domain.draft",
    "DecisionState": "domain.draft",
    "Draft": "domain.draft",
    "Editor": "workflows.rewriting",
    "Finding": "domain.finding",
    "Given": "formats.stated",
    "Options": "workflows.rewriting",
    "Posting": "domain.posting",
    "PostwrightError": "domain.errors",
    "ProfileFact": "domain.config",
    "Review": "domain.review",
    "Severity": "domain.finding",
    "Source": "formats.source",
    "Unit": "domain.posting",
    "Verdict": "domain.critique",
}
"""Where the values of the API are at home; the calls are in `api`."""


def __getattr__(name: str) -> object:
    if name not in __all__:
        msg = f"module {__name__!r} has no attribute {name!r}"
        raise AttributeError(msg)
    return getattr(import_module(f"{__name__}.{_VALUES.get(name, 'api')}"), name)


def __dir__() -> list[str]:
    return [*__all__, "__version__"]
