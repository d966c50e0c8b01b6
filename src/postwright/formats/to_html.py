"""HTML out: the body alone, as an ATS takes it, or a whole plain page."""

import html

from postwright.formats.tokens import body_of, rendered, without_title


def html_body(text: str, path: str) -> tuple[str, str]:
    """The title, and the body without it as HTML: elements of text only, no script, style or class."""
    title, body = without_title(text, path)
    return title, rendered(body)


def html_page(text: str, path: str) -> str:
    """A page of its own that needs nothing from the network."""
    posting, body = body_of(text, path, headings=True)
    content = rendered(body)
    if not posting.title_unit and posting.title:
        content = f"<h1>{html.escape(posting.title)}</h1>\n{content}"
    return (
        f'<!DOCTYPE html>\n<html lang="{html.escape(posting.language or "en")}">\n<head>\n<meta charset="utf-8">\n'
        f'<meta name="viewport" content="width=device-width">\n<title>{html.escape(posting.title)}</title>\n</head>\n'
        f"<body>\n<main>\n{content}</main>\n</body>\n</html>\n"
    )
