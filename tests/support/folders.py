"""Folders of postings for a batch: variants of the fixtures, each a text of its own."""

from pathlib import Path

FIXTURES = Path(__file__).parents[2] / "fixtures" / "postings"
ASKED = (
    *("epic-analyst-hospital.md", "fhir-engineer-startup.md", "gold-b.md", "implementation-manager-travel.md"),
    *("nhs-band-7-analyst.md", "numbered-lists.txt", "nurse-informaticist.md", "privacy-architect.md"),
    *("regulatory-engineer-samd.md", "thin-ehr-developer.md"),
)
"""Fixtures that the rules send to the model."""
SMALL = ("thin-ehr-developer.md",)
FREE = ("good-integration-engineer.md", "retail-store-manager.md")
"""Fixtures that are ready or out of scope."""


def write_postings(folder: Path, number: int, kinds: tuple[str, ...] = ASKED, departments: int = 3) -> list[Path]:
    """`number` postings in a few departments; no two are alike. Returns their paths relative to the folder."""
    paths = []
    for index in range(number):
        fixture = FIXTURES / kinds[index % len(kinds)]
        path = Path(f"department-{index % departments}") / f"{index:05}{fixture.suffix}"
        (folder / path).parent.mkdir(parents=True, exist_ok=True)
        text = fixture.read_text("utf-8").rstrip()
        (folder / path).write_text(f"{text}\n\nRequisition JR-{20_000 + index}\n", "utf-8")
        paths.append(path)
    return paths
