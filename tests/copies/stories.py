# ruff: noqa: E501 - a sentence stands in a line, as in a file of an article
"""Stories for tests of copies: a wire story, what outlets make of it, and others on the same event."""

from __future__ import annotations

WIRE = """The foreign ministers of Norland and Suthland met in Geneva on Tuesday to discuss the closure of the strait.
Norland's minister, Ida Holm, said after the meeting that ships of all flags would be let through by the end of the month.
"We have agreed on inspections, and we have agreed that nobody will be stopped for more than six hours," she told reporters.
Her counterpart Jonas Berg was more careful, and spoke of a first step that had to be followed by others.
Suthland closed the strait in March after two of its patrol boats were rammed by a Norland trawler.
About a tenth of the region's grain passes through it, and prices have risen by a quarter since the closure.
The European Union, which had offered to send observers, welcomed the agreement and called for its swift implementation.
Diplomats said that the question of fishing rights, over which the dispute had begun, was left for a later round.
"There is no deal on cod, and there will be none this year," one of them said on condition of anonymity.
Norland's parliament is to vote on the agreement next week, where the opposition has announced that it will reject it.
In Suthland no vote is needed, but the fishermen's union has called for protests in all ports on Saturday.
The two countries share a maritime border of some 300 kilometres, whose course has been disputed since 1921."""

SAME_EVENT = """Shipping companies reacted with relief on Tuesday to news that the strait between Norland and Suthland may reopen.
The carrier Baltline, which had sent its vessels on a detour of four days, said it would return to the old route in June.
"We have agreed on inspections, and we have agreed that nobody will be stopped for more than six hours," minister Holm had said.
Analysts at Kerner Bank expect freight rates to fall by some 15 per cent if the inspections work as promised.
Insurers are less sure: premiums for the passage will stay where they are until the first convoys are through.
Wheat futures in Chicago lost three per cent within an hour of the announcement, the sharpest drop since January.
Bakers' associations in four countries had warned of higher bread prices in the summer.
Baltline's chief executive Mara Lind praised the European Union, whose mediator had spoken to both sides for weeks.
Not everybody is content: the port of Ostby had profited from the detour and now fears for 200 jobs.
Its mayor wants talks with the government about help, and points at warehouses that were built only this spring."""

OTHER = """The central bank of Vestmark left its key rate at four per cent on Thursday and signalled no cut before the autumn.
Governor Pia Stern said that inflation in services had proved stubborn, while wages rose faster than expected.
Markets had priced in a first step in June, and the crown gained against the euro after the decision.
The finance ministry declined to comment, but its minister had asked for lower rates in an interview last week.
Trade unions called the decision a blow to builders, of whom one in ten has lost work since last summer.
Economists of three banks moved their forecasts for the first cut to October, and one of them to next year.
The bank also lowered its forecast of growth for this year to half a per cent, from nine tenths in February."""


def article(body: str, *, headline: str = "Ministers meet", date: str = "20220301", address: str = "a") -> str:
    """An article in the seed format with ``body`` for its text."""
    return f"{headline}\n{date}\nhttps://{address}.example.org/story\n{body}\n"


def body_lines(number: int) -> str:
    """The first ``number`` lines of the wire story."""
    return "\n".join(WIRE.split("\n")[:number])
