"""The review page: one file that a hiring manager opens, settles and sends back. No server, no network."""

from postwright.domain.review import Review


def page(review: Review) -> str:
    """The whole page as HTML text. Everything in it that a stranger may have written is escaped."""
    from postwright.reports.sheet import sheet  # noqa: PLC0415 - Jinja2 loads when a page is made

    return sheet(review)
