"""Word files and PDFs whose readers do not see an order that is in them, each way of hiding it by itself."""

import io
import zipfile
from collections.abc import Callable
from dataclasses import dataclass

import docx
from docx.document import Document
from docx.enum.style import WD_STYLE_TYPE
from docx.enum.text import WD_COLOR_INDEX
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls
from docx.shared import Pt, RGBColor
from docx.text.run import Run

from hostile.postings import ORDER

TITLE = "Clinical Integration Engineer"
SEEN = (
    "Harbor Vale Hospital runs Epic and Mirth.",
    "You will build HL7 v2 and FHIR R4 interfaces between the sepsis model and Epic.",
    "You need 3+ years of experience with HL7 v2 interfaces.",
    "The pay range is $117,962 to $153,354 a year.",
)
"""What every such file shows."""

_DRAWING = (
    "wp='http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing'",
    "wps='http://schemas.microsoft.com/office/word/2010/wordprocessingShape'",
    "mc='http://schemas.openxmlformats.org/markup-compatibility/2006'",
    "v='urn:schemas-microsoft-com:vml'",
)
_NAMES = " ".join((nsdecls("w", "a"), *(f"xmlns:{name}" for name in _DRAWING)))


def _saved(document: Document) -> bytes:
    buffer = io.BytesIO()
    document.save(buffer)
    return buffer.getvalue()


def word(hide: Callable[[Document], None] | None = None) -> bytes:
    """A Word file of the posting; `hide` adds to it."""
    document = docx.Document()
    document.add_heading(TITLE, 1)
    for text in SEEN[:2]:
        document.add_paragraph(text)
    if hide is not None:
        hide(document)
    for text in SEEN[2:]:
        document.add_paragraph(text)
    return _saved(document)


def _run(document: Document) -> Run:
    return document.add_paragraph().add_run(ORDER)


def _white(document: Document) -> None:
    _run(document).font.color.rgb = RGBColor(255, 255, 255)


def _nearly_white(document: Document) -> None:
    _run(document).font.color.rgb = RGBColor(0xFD, 0xFC, 0xFE)


def _theme_white(document: Document) -> None:
    run = _run(document)
    run._r.get_or_add_rPr().append(parse_xml(f"<w:color {_NAMES} w:themeColor='background1'/>"))


def _vanish(document: Document) -> None:
    _run(document).font.hidden = True


def _one_point(document: Document) -> None:
    _run(document).font.size = Pt(1)


def _as_its_shading(document: Document) -> None:
    run = _run(document)
    run.font.color.rgb = RGBColor(0x10, 0x30, 0x60)
    run._r.get_or_add_rPr().append(parse_xml(f"<w:shd {_NAMES} w:val='clear' w:fill='103060'/>"))


def _as_its_highlight(document: Document) -> None:
    run = _run(document)
    run.font.color.rgb = RGBColor(255, 255, 0)
    run.font.highlight_color = WD_COLOR_INDEX.YELLOW


def _as_its_paragraph(document: Document) -> None:
    paragraph = document.add_paragraph()
    paragraph.add_run(ORDER).font.color.rgb = RGBColor(0, 0, 0x80)
    paragraph._p.get_or_add_pPr().append(parse_xml(f"<w:shd {_NAMES} w:val='clear' w:fill='000080'/>"))


def _by_style(document: Document) -> None:
    style = document.styles.add_style("Aside", WD_STYLE_TYPE.PARAGRAPH)
    style.font.color.rgb = RGBColor(255, 255, 255)
    heir = document.styles.add_style("Aside 2", WD_STYLE_TYPE.PARAGRAPH)
    heir.base_style = style
    document.add_paragraph(ORDER, style="Aside 2")


def _by_character_style(document: Document) -> None:
    style = document.styles.add_style("Quiet", WD_STYLE_TYPE.CHARACTER)
    style.font.hidden = True
    document.add_paragraph().add_run(ORDER, style="Quiet")


def _black_cell(document: Document) -> None:
    cell = document.add_table(1, 1).cell(0, 0)
    cell.paragraphs[0].add_run(ORDER).font.color.rgb = RGBColor(0, 0, 0)
    cell._tc.get_or_add_tcPr().append(parse_xml(f"<w:shd {_NAMES} w:val='clear' w:fill='000000'/>"))


def _flat_line(document: Document) -> None:
    paragraph = document.add_paragraph(ORDER)
    spacing = f"<w:spacing {_NAMES} w:line='1' w:lineRule='exact'/>"
    paragraph._p.get_or_add_pPr().append(parse_xml(spacing))


def _far_frame(document: Document) -> None:
    paragraph = document.add_paragraph(ORDER)
    frame = f"<w:framePr {_NAMES} w:w='3000' w:x='-30000' w:y='1' w:hAnchor='page'/>"
    paragraph._p.get_or_add_pPr().insert(0, parse_xml(frame))


def _box(inside: str) -> str:
    return f"<w:txbxContent><w:p><w:r><w:t>{inside}</w:t></w:r></w:p></w:txbxContent>"


def _unshown_fallback(document: Document) -> None:
    """Word shows the choice; what reads the file may take the fallback."""
    shape = f"<wps:wsp><wps:txbx>{_box('Welcome')}</wps:txbx></wps:wsp>"
    drawing = f"<w:drawing><wp:inline><wp:extent cx='900000' cy='900000'/>{shape}</wp:inline></w:drawing>"
    old = f"<w:pict><v:shape><v:textbox>{_box(ORDER)}</v:textbox></v:shape></w:pict>"
    both = f"<mc:Choice Requires='wps'>{drawing}</mc:Choice><mc:Fallback>{old}</mc:Fallback>"
    run = document.add_paragraph().add_run()
    run._r.append(parse_xml(f"<mc:AlternateContent {_NAMES}>{both}</mc:AlternateContent>"))


def _far_box(document: Document) -> None:
    old = f"<v:shape style='position:absolute;left:-9999pt'><v:textbox>{_box(ORDER)}</v:textbox></v:shape>"
    document.add_paragraph().add_run()._r.append(parse_xml(f"<w:pict {_NAMES}>{old}</w:pict>"))


def _renamed(data: bytes) -> bytes:
    """The same file with another prefix for Word's elements and single quotes: the same document to Word."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as packed, zipfile.ZipFile(out, "w") as again:
        for part in packed.namelist():
            content = packed.read(part)
            if part == "word/document.xml":
                content = content.replace(b"<w:", b"<x:").replace(b"</w:", b"</x:").replace(b" w:", b" x:")
                content = content.replace(b"xmlns:w=", b"xmlns:x=")
            again.writestr(part, content)
    return out.getvalue()


_WORD: dict[str, Callable[[Document], None]] = {
    "white": _white,
    "nearly white": _nearly_white,
    "the white of the theme": _theme_white,
    "vanish": _vanish,
    "one point": _one_point,
    "the colour of its shading": _as_its_shading,
    "the colour of its highlight": _as_its_highlight,
    "the colour of its paragraph": _as_its_paragraph,
    "a white style, inherited": _by_style,
    "a hidden character style": _by_character_style,
    "black in a black cell": _black_cell,
    "a line without height": _flat_line,
    "a frame off the page": _far_frame,
    "a box that Word does not show": _unshown_fallback,
    "a box off the page": _far_box,
}

_FONT = b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>"
_GREY_DOT = b"/Type /XObject /Subtype /Image /Width 1 /Height 1 /ColorSpace /DeviceGray /BitsPerComponent 8"


def pdf(more: str = "", form: str = "") -> bytes:
    """A PDF of the posting, the content stream going on with `more`; `form` is a form object, drawn by /Fm Do."""
    lines = " ".join(f"({line}) Tj T*" for line in (TITLE, *SEEN))
    stream = f"BT /F1 11 Tf 14 TL 40 760 Td {lines} ET\n{more}".encode()
    resources = b"/Resources << /Font << /F1 3 0 R >> /XObject << /Im 6 0 R /Fm 7 0 R >> /ExtGState << /G 8 0 R >>"
    resources += b" /Properties << /Off 9 0 R >> >>"
    page = b"/Type /Page /Parent 2 0 R /MediaBox [0 0 612 792] /Contents 5 0 R " + resources
    objects = [
        b"<< /Type /Catalog /Pages 2 0 R /OCProperties << /OCGs [9 0 R] /D << /OFF [9 0 R] >> >> >>",
        b"<< /Type /Pages /Kids [4 0 R] /Count 1 >>",
        _FONT,
        b"<< " + page + b" >>",
        b"<< /Length %d >>\nstream\n%s\nendstream" % (len(stream), stream),
        b"<< " + _GREY_DOT + b" /Length 1 >>\nstream\n\x80\nendstream",
        b"<< /Type /XObject /Subtype /Form /BBox [0 0 612 792] /Resources << /Font << /F1 3 0 R >> >> /Length %d >>\n"
        b"stream\n%s\nendstream" % (len(form), form.encode()),
        b"<< /Type /ExtGState /ca 0 /CA 0 >>",
        b"<< /Type /OCG /Name (Layer) >>",
    ]
    return _numbered(objects)


def pdf_of_forms(levels: int, width: int) -> bytes:
    """A small PDF that draws `width` to the power of `levels` letters, by forms that draw forms."""
    resources = b"/Resources << /Font << /F1 3 0 R >> /XObject << /A %d 0 R >> >>"
    bodies = [b"/A Do", *[b"/A Do " * width] * (levels - 1), b"BT /F1 11 Tf 40 300 Td (x) Tj ET"]
    form = b"/Type /XObject /Subtype /Form /BBox [0 0 612 792] "
    objects = [
        b"<< /Type /Catalog /Pages 2 0 R >>",
        b"<< /Type /Pages /Kids [4 0 R] /Count 1 >>",
        _FONT,
        b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 612 792] /Contents 5 0 R " + resources % 6 + b" >>",
        *(
            b"<< "
            + (form + resources % (6 + number) if number else b"")
            + b"/Length %d >>\nstream\n%s\nendstream" % (len(body), body)
            for number, body in enumerate(bodies)
        ),
    ]
    return _numbered(objects)


def _numbered(objects: list[bytes]) -> bytes:
    out, places = b"%PDF-1.5\n", []
    for number, body in enumerate(objects, 1):
        places.append(len(out))
        out += b"%d 0 obj\n%s\nendobj\n" % (number, body)
    start = len(out)
    out += b"xref\n0 %d\n0000000000 65535 f \n" % (len(objects) + 1)
    out += b"".join(b"%010d 00000 n \n" % place for place in places)
    return out + b"trailer << /Size %d /Root 1 0 R >>\nstartxref\n%d\n%%%%EOF\n" % (len(objects) + 1, start)


def _text(before: str = "", at: str = "40 300", size: str = "11") -> str:
    return f"q BT /F1 {size} Tf {before} {at} Td ({ORDER}) Tj ET Q"


_PDF = {
    "render mode 3": pdf(_text("3 Tr")),
    "render mode 7": pdf(_text("7 Tr")),
    "white fill": pdf(_text("1 1 1 rg")),
    "nearly white fill": pdf(_text("0.98 0.99 0.97 rg")),
    "white outline": pdf(_text("1 Tr 1 1 1 RG")),
    "one point": pdf(_text(size="1")),
    "one point by its matrix": pdf(f"q 0.05 0 0 0.05 0 0 cm {_text(at='800 6000')} Q"),
    "off the page": pdf(_text(at="700 300")),
    "above the page": pdf(_text(at="40 1200")),
    "under an image": pdf(f"{_text()} q 400 0 0 30 30 290 cm /Im Do Q"),
    "under a white rectangle": pdf(f"{_text()} q 1 1 1 rg 30 290 400 30 re f Q"),
    "the colour of its rectangle": pdf(f"q 0 0 0.4 rg 30 290 400 30 re f Q {_text('0 0 0.4 rg')}"),
    "clipped away": pdf(f"q 0 0 10 10 re W n {_text()} Q"),
    "transparent": pdf(f"q /G gs {_text()} Q"),
    "white in a form": pdf("/Fm Do", form=_text("1 1 1 rg")),
    "off the page by its form": pdf("q 1 0 0 1 900 0 cm /Fm Do Q", form=_text()),
    "on a layer that is off": pdf(f"/OC /Off BDC {_text()} EMC"),
    "other text than its letters show": pdf(
        f"/Span << /ActualText ({ORDER}) >> BDC BT /F1 11 Tf 40 300 Td (Hi) Tj ET EMC"
    ),
    "behind visible text": pdf(_text("1 1 1 rg", at="40 746")),
}


@dataclass(frozen=True, slots=True)
class Hiding:
    """A file that holds the order where its readers do not see it."""

    name: str
    file: str
    data: bytes


HIDINGS = (
    *(Hiding(f"Word: {name}", "job.docx", word(hide)) for name, hide in _WORD.items()),
    Hiding("Word: vanish, under another prefix", "job.docx", _renamed(word(_vanish))),
    *(Hiding(f"PDF: {name}", "job.pdf", data) for name, data in _PDF.items()),
)


def _white_on_blue(document: Document) -> None:
    cell = document.add_table(1, 2).cell(0, 0)
    cell.paragraphs[0].add_run("Apply by e-mail.").font.color.rgb = RGBColor(255, 255, 255)
    cell._tc.get_or_add_tcPr().append(parse_xml(f"<w:shd {_NAMES} w:val='clear' w:fill='1F3864'/>"))


def _striped_table(document: Document) -> None:
    table = document.add_table(1, 2, style="Medium Shading 1 Accent 1")
    table.cell(0, 0).paragraphs[0].add_run("Apply by e-mail.").font.color.rgb = RGBColor(255, 255, 255)


def _small_print(document: Document) -> None:
    document.add_paragraph().add_run("Apply by e-mail.").font.size = Pt(6)


def _light_grey(document: Document) -> None:
    document.add_paragraph().add_run("Apply by e-mail.").font.color.rgb = RGBColor(0xBF, 0xBF, 0xBF)


def _filled_box(document: Document) -> None:
    run = document.add_paragraph().add_run()
    inside = "<w:p><w:r><w:rPr><w:color w:val='FFFFFF'/></w:rPr><w:t>Apply by e-mail.</w:t></w:r></w:p>"
    text = f"<v:textbox><w:txbxContent>{inside}</w:txbxContent></v:textbox>"
    run._r.append(parse_xml(f"<w:pict {_NAMES}><v:shape fillcolor='#1F3864'>{text}</v:shape></w:pict>"))


def _not_hidden(document: Document) -> None:
    run = document.add_paragraph().add_run("Apply by e-mail.")
    run._r.get_or_add_rPr().append(parse_xml(f"<w:vanish {_NAMES} w:val='0'/>"))


_BUTTON = "BT /F1 11 Tf {} Td (Apply by e-mail.) Tj ET"

OPEN = (
    Hiding("Word: white in a blue cell", "job.docx", word(_white_on_blue)),
    Hiding("Word: white in a table with a style that paints", "job.docx", word(_striped_table)),
    Hiding("Word: small print", "job.docx", word(_small_print)),
    Hiding("Word: light grey", "job.docx", word(_light_grey)),
    Hiding("Word: white in a blue box", "job.docx", word(_filled_box)),
    Hiding("Word: a mark of hiding that is off", "job.docx", word(_not_hidden)),
    Hiding("PDF: white on blue", "job.pdf", pdf(f"0 0 .4 rg 30 290 400 30 re f 1 1 1 rg {_BUTTON.format('40 300')}")),
    Hiding("PDF: on a picture", "job.pdf", pdf(f"q 400 0 0 30 30 290 cm /Im Do Q {_BUTTON.format('40 300')}")),
    Hiding(
        "PDF: white on a picture", "job.pdf", pdf(f"q 400 0 0 30 30 290 cm /Im Do Q 1 g {_BUTTON.format('40 300')}")
    ),
    Hiding("PDF: partly covered", "job.pdf", pdf(f"{_BUTTON.format('40 300')} 1 1 1 rg 60 290 400 30 re f")),
    Hiding("PDF: yellow", "job.pdf", pdf(f"1 0.9 0 rg {_BUTTON.format('40 300')}")),
    Hiding("PDF: six points", "job.pdf", pdf(_BUTTON.replace("11", "6").format("40 300"))),
    Hiding("PDF: framed", "job.pdf", pdf(f"{_BUTTON.format('40 300')} 30 290 400 30 re S")),
    Hiding("PDF: turned", "job.pdf", pdf(f"q 0 1 -1 0 300 20 cm {_BUTTON.format('40 100')} Q")),
    Hiding("PDF: in a form", "job.pdf", pdf("q 2 0 0 2 0 0 cm /Fm Do Q", form=_BUTTON.format("40 100"))),
    Hiding(
        "PDF: with its own text",
        "job.pdf",
        pdf(f"/Span << /ActualText (Apply by e-mail.) >> BDC {_BUTTON.format('40 300')} EMC"),
    ),
)
"""Files that show what might pass for hidden."""
