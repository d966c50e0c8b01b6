"""Which facts a text holds, in which norm and where. One sentence a row, written for these tests."""

import pytest

from postwright.domain.posting import FactKind
from postwright.reading.facts import facts_in

ROWS: list[tuple[str, list[tuple[str, str, str]]]] = [
    ("Pay is $120-150K.", [("money", "$ 120000-150000", "$120-150K")]),
    ("We raised $300 million.", [("money", "$ 300000000", "$300 million")]),
    ("GS-14 Step 1 $116,393", [("number", "gs14", "GS-14"), ("number", "1", "1"), ("money", "$ 116393", "$116,393")]),
    ("A bonus of $5,000 and $10,000", [("money", "$ 5000", "$5,000"), ("money", "$ 10000", "$10,000")]),
    ("five or more years", [("years", "5", "five")]),
    ("Twelve (12) weeks", [("number", "12 week", "Twelve (12) weeks")]),
    ("**5+** years", [("years", "5", "5+** years")]),
    ("at 30 and 90 days", [("number", "30 day", "30"), ("number", "90 day", "90 days")]),
    ("one of the teams, no one, third-party", []),
    ("from zero to one, with zero trust", [("number", "0", "zero")]),
    ("about 20%, two to three a year", [("percent", "20", "20%"), ("number", "2-3 /year", "two to three a year")]),
    ("SOC 2 Type II", [("standard", "soc 2", "SOC 2"), ("standard", "soc 2 type 2", "Type II")]),
    ("FHIR R4 and R5", [("standard", "fhir", "FHIR"), ("standard", "fhir r4", "R4"), ("standard", "fhir r5", "R5")]),
    ("21 CFR Part 11", [("standard", "21 cfr 11", "21 CFR Part 11")]),
    ("IEC 62304", [("standard", "iec 62304", "IEC 62304")]),
    ("2,000 beds since 2017", [("number", "2000", "2,000"), ("date", "2017", "2017")]),
    ("2000 employees", [("number", "2000", "2000")]),
    ("by 12/31", [("date", "????-12-31", "12/31")]),
    ("11-12 o'clock, not 31/31", [("number", "11-12", "11-12"), ("number", "31/31", "31/31")]),
    ("9am-5pm ET", [("hours", "09:00-17:00", "9am-5pm"), ("time-zone", "eastern", "ET")]),
    ("PT and CT scans", []),
    ("Eastern Europe", [("location", "europe", "Europe")]),
    ("Tel 309-555-0142 ext. 7", [("contact", "3095550142x7", "309-555-0142 ext. 7")]),
    ("see x.example/a.", [("link", "x.example/a", "x.example/a")]),
    (
        "mailto:a@b.example?subject=Job%2012",
        [("contact", "a@b.example?subject=Job%2012", "mailto:a@b.example?subject=Job%2012")],
    ),
    (
        "They care.Our team uses Node.js and ASP.NET",
        [("product", "node.js", "Node.js"), ("product", "asp.net", "ASP.NET")],
    ),
    ("Our Peoria, IL campus", [("location", "peoria", "Peoria"), ("location", "us-il", "IL")]),
    (
        "Illinois, Indiana and Ohio",
        [("location", f"us-{code}", name) for code, name in (("il", "Illinois"), ("in", "Indiana"), ("oh", "Ohio"))],
    ),
    (
        "Jane, MD or DO required",
        [("degree", "md", "MD"), ("licence", "md", "MD"), ("degree", "do", "DO"), ("licence", "do", "DO")],
    ),
    ("Boston, MA", [("location", "boston", "Boston"), ("location", "us-ma", "MA")]),
    ("MS Office and a scrum master", []),
    ("BA/BS", [("degree", "ba", "BA"), ("degree", "bachelor", "BS")]),
    ("a high degree of autonomy, 360-degree feedback", [("number", "360", "360")]),
    ("A degree is not required", [("degree", "degree", "degree")]),
    ("Epic certification", [("product", "epic", "Epic"), ("certification", "epic certification", "certification")]),
    ("BLS certification", [("certification", "bls", "BLS")]),
    ("unencumbered RN license", [("licence", "unencumbered", "unencumbered"), ("licence", "rn", "RN license")]),
    ("Bridges the gap", []),
    (
        "Bridges certification",
        [("product", "bridges", "Bridges"), ("certification", "bridges certification", "certification")],
    ),
    ("react quickly to change", []),
    ("Python, R and SQL", [("product", "python", "Python"), ("product", "r", "R"), ("product", "sql", "SQL")]),
    ("C++, C# and .NET", [("product", "c++", "C++"), ("product", "c#", "C#"), ("product", ".net", ".NET")]),
    ("Oracle Health (Cerner)", [("product", "oracle health", "Oracle Health"), ("product", "cerner", "Cerner")]),
    ("join Acme Health today", [("organisation", "acme health", "Acme Health")]),
    ("the DataRobotX platform", [("product", "datarobotx", "DataRobotX")]),
    ("Machine Learning Engineer, Director of Engineering", []),
    ("WHAT YOU WILL DO", []),
    ("Chair clinical decision support (CDS) and the IRB; write SOPs for PHI", []),
    ("University of Bellwether", [("organisation", "university of bellwether", "University of Bellwether")]),
    ("remote patient monitoring and hybrid cloud", []),
    (
        "Remote in the US except Hawaii",
        [("remote", "remote", "Remote"), ("location", "us", "US"), ("location", "us-hi", "Hawaii")],
    ),
    ("help us", []),
    ("Full time, no full-time equivalent", [("hours", "full time", "Full time")]),
    ("health information exchange and HIE", []),
    ("General Data Protection Regulation (GDPR)", [("standard", "gdpr", "General Data Protection Regulation (GDPR")]),
    ("", []),
    ("\x00\x1f\ud800", []),
]


@pytest.mark.parametrize(("text", "facts"), ROWS)
def test_a_text_holds_just_these_facts(text: str, facts: list[tuple[str, str, str]]) -> None:
    found = [(fact.kind, fact.norm, fact.span.of(text)) for fact in facts_in(text)]
    assert sorted(found) == sorted((FactKind(kind), norm, quote) for kind, norm, quote in facts)


def test_hard_facts_are_pay_dates_years_contacts_links_places_hours_and_licences() -> None:
    text = "$65 per hour, 5 years, 9am, Dec 31, a@b.example, x.example, Ohio, RN; but Epic, a PhD, HIPAA and 4%"
    hard = {fact.kind for fact in facts_in(text) if fact.hard}
    soft = {fact.kind for fact in facts_in(text) if not fact.hard}
    assert hard == {
        FactKind.MONEY,
        FactKind.YEARS,
        FactKind.HOURS,
        FactKind.DATE,
        FactKind.CONTACT,
        FactKind.LINK,
        FactKind.LOCATION,
        FactKind.LICENCE,
    }
    assert soft == {FactKind.PRODUCT, FactKind.DEGREE, FactKind.STANDARD, FactKind.PERCENT}
