"""Language: a vote of stop words."""

import pytest

from postwright.reading.language import language_of


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("You will work with the nurses and the doctors of our hospital in Leeds.", "en"),
        ("Wir suchen eine Pflegekraft für die Klinik und das Team mit Erfahrung in der Informatik.", "de"),
        ("Nous cherchons une personne pour notre équipe, avec le sens des responsabilités et la passion.", "fr"),
        ("Buscamos una persona para el equipo de la clínica, con experiencia en los sistemas de salud.", "es"),
        ("Procuramos uma pessoa para o nosso time, com experiência em sistemas de saúde e no hospital.", "pt"),
        ("Cerchiamo una persona per il nostro team, con esperienza nei sistemi della sanità e di laboratorio.", "it"),
        ("Wij zoeken een collega voor ons team in het ziekenhuis, met ervaring en met oog voor de zorg.", "nl"),
    ],
)
def test_the_language_with_most_stop_words_wins(text: str, language: str) -> None:
    assert language_of(text) == language


@pytest.mark.parametrize("text", ["", "FHIR HL7 Epic", "临床数据科学家"])
def test_english_stands_when_nothing_decides(text: str) -> None:
    assert language_of(text) == "en"
