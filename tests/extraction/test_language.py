"""English lines are told from others, in whole articles and in articles of both."""

from __future__ import annotations

import pytest

from claims.extraction.language import english_lines

ENGLISH = "The minister said that the road to the port would be open again."
MORE_ENGLISH = (
    "Drivers had waited for hours on both sides of the bridge, where snow and fallen trees had blocked the way.\n"
    "Nobody was hurt, but some of the oldest houses of the village lost their roofs during the storm last night.\n"
    "Farmers asked for help with their flooded fields, since most of this year's harvest has not been brought in."
)
# One line each with words and names that English knows too.
OTHERS = [
    "Der Minister sagte am Montag in Berlin, dass die Sanktionen gegen Russland bis zum Ende des Jahres bleiben.",
    "Le ministre a déclaré lundi à Paris que les sanctions seraient maintenues jusqu'à la fin de l'année prochaine.",
    "El ministro propone un plan de paz y acusa al gobierno de Israel de violar el acuerdo de la semana pasada.",
    "Il ministro propone un piano di pace e accusa il governo di Israele di violare un accordo con la Russia.",
    "De minister zegt dat het plan goed is en dat de sancties tegen Rusland niet voor het einde van het jaar stoppen.",
    "Ministern sade att landet inte accepterar avtalet och att vägen till hamnen ska vara öppen igen på fredag.",
    "Президент заявил, что страна не планирует выходить из соглашения и готова к переговорам с соседями.",
    "قال الرئيس إن بلاده لا تخطط للخروج من الاتفاق وإنها مستعدة للحوار مع جميع الجيران في المنطقة",
]


@pytest.mark.parametrize("line", OTHERS, ids=lambda line: line[:12])
def test_other_languages_are_not_english(line: str) -> None:
    assert not english_lines(line)(line)


@pytest.mark.parametrize(
    "line",
    [
        ENGLISH,
        ENGLISH.upper(),
        "Norway denies it",  # too short to tell
        "UShas said on Monday that Russias plan wasnt what the US wanted, and that Kyivs answer didnt help.",
        "It rained. " * 20,  # one rare word, again and again
    ],
)
def test_english_is_english(line: str) -> None:
    assert english_lines(line)(line)


@pytest.mark.parametrize("line", OTHERS, ids=lambda line: line[:12])
def test_a_long_line_speaks_for_itself_and_a_short_one_goes_with_the_article(line: str) -> None:
    mostly_english = english_lines(f"{ENGLISH}\n{line}\n{MORE_ENGLISH}")
    assert mostly_english(ENGLISH)
    assert not mostly_english(line)
    assert mostly_english("Iran refuse accord")
    assert mostly_english("Present: Anna Berg, Carl Dahl, Eva Falk, Gustav Holm, Ida Jonsson, Karl Lind, Maria Nord.")
    mostly_other = english_lines(f"{line}\n{ENGLISH}")
    assert mostly_other(ENGLISH)
    assert not mostly_other(line)
    assert not mostly_other("Iran refuse accord")


@pytest.mark.parametrize("line", ["", "1,234.5", "- - -", "😀"])
def test_a_line_without_a_letter_is_none(line: str) -> None:
    assert not english_lines(ENGLISH)(line)
