"""Opaque text: markup of site generators, told apart from prose."""

import pytest

from postwright.domain.posting import Format, UnitKind
from postwright.reading.blocks.opaque import is_code, is_opaque
from postwright.reading.posting import read


@pytest.mark.parametrize(
    "line",
    [
        "{% include footer.html %}",
        "{%- if page.state -%} {{ page.title }}",
        "{% comment %}🔻{% endcomment %}",
        "{{< apply-button id=3 >}}",
        '[apply_button id="3"]',
        "import Benefits from './_benefits.mdx';",
        "import { A, B } from '../c'",
        "export const jobId = 'WH-31'",
        "{/* ask People */}",
        "<Benefits kind={1 + 1} />",
        "<Callout type='info'>Read this.</Callout>",
        "![logo](https://example.org/logo.svg)",
        "[![badge](a.svg)](b)",
        "<!-- note -->",
        ":::note",
        "{: .no_toc}",
        "[[_TOC_]]",
    ],
)
def test_markup_alone_on_a_line_is_opaque(line: str) -> None:
    assert is_opaque(line)


@pytest.mark.parametrize(
    "line",
    [
        "{{ company }} is hiring in {{ city }}",
        "Import experience from other ERPs",
        "Export documentation experience is a plus",
        "[Company name]",
        "See [our handbook](https://example.org).",
        "![icon](x.svg) Free lunch",
        "<b>Requirements</b>",
        "",
    ],
)
def test_prose_with_markup_in_it_is_not_opaque(line: str) -> None:
    assert not is_opaque(line)


def test_pasted_indented_prose_is_no_code() -> None:
    assert not is_code("You will work with nurses and doctors in the clinic.")
    assert is_code("npm install\ncurl -X POST https://example.org")


def opaque_and_other(text: str) -> tuple[list[str], list[str]]:
    units = read(text, "job.md", Format.MARKDOWN).units
    opaque = [unit.text for unit in units if unit.kind is UnitKind.OPAQUE]
    return opaque, [unit.text for unit in units if unit.kind is not UnitKind.OPAQUE]


def test_a_region_between_paired_raw_tags_is_one_opaque_unit() -> None:
    prose = "You will connect agencies to a shared sign-in service, and keep it running.\n\n" * 4
    opaque, other = opaque_and_other(
        f"# Engineer\n\n{prose}<details><summary>More</summary>\n\n- hidden\n\n</details>\n"
    )
    assert opaque == ["<details><summary>More</summary>\n\n- hidden\n\n</details>"]
    assert "hidden" not in other


def test_a_wrapper_around_the_document_leaves_its_tags_and_its_content_is_read() -> None:
    opaque, other = opaque_and_other('<div class="job">\n\n# Engineer\n\nYou will build interfaces.\n\n</div>\n')
    assert opaque == ['<div class="job">', "</div>"]
    assert other == ["Engineer", "You will build interfaces."]


def test_a_small_region_inside_a_wrapper_is_still_opaque() -> None:
    prose = "You will connect agencies to a shared sign-in service.\n\n" * 4
    opaque, _ = opaque_and_other(f"<main>\n\n{prose}<section>\n\nSmall\n\n</section>\n\n</main>\n")
    assert opaque == ["<main>", "<section>\n\nSmall\n\n</section>", "</main>"]


def test_a_liquid_comment_over_several_paragraphs_is_one_opaque_unit() -> None:
    prose = "You will connect agencies to a shared sign-in service.\n\n" * 4
    opaque, _ = opaque_and_other(f"{prose}{{% comment %}}\n\nA hint for editors.\n\n{{% endcomment %}}\n")
    assert opaque == ["{% comment %}\n\nA hint for editors.\n\n{% endcomment %}"]


@pytest.mark.parametrize(
    "markup",
    [
        "{/* A hint\n\nfor editors. */}",
        "export const meta = {\n  title: 'X',\n\n  team: { name: 'Y' },\n};",
    ],
)
def test_mdx_that_runs_on_over_blank_lines_is_one_opaque_unit(markup: str) -> None:
    posting = read(f"# Engineer\n\n{markup}\n\nYou will build.\n", "job.mdx")
    assert [(unit.kind, unit.text) for unit in posting.units[1:]] == [
        (UnitKind.OPAQUE, markup),
        (UnitKind.SENTENCE, "You will build."),
    ]


def test_an_mdx_comment_that_never_ends_hides_nothing() -> None:
    assert read("{/* oops\n\nYou will build.\n", "job.mdx").units[-1].text == "You will build."


def test_link_definitions_and_code_fences_are_opaque_and_lost_nowhere() -> None:
    opaque, other = opaque_and_other("See [handbook][h].\n\n[h]: https://example.org 'T'\n\n```py\nx = 1\n```\n")
    assert opaque == ["[h]: https://example.org 'T'", "```py\nx = 1\n```"]
    assert other == ["See [handbook][h]."]


def test_deeply_nested_wrappers_come_to_an_end() -> None:
    text = "<div>\n\n" * 300 + "Text.\n\n" + "</div>\n\n" * 300
    assert any(unit.text == "Text." or "Text." in unit.text for unit in read(text, "job.md").units)
