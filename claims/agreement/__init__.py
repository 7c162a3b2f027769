"""How far several coders agree who judged the same units independently: pure arithmetic, without Django or database.

``nominal`` compares values of which two are the same or not (acts, sides, actors), ``spans`` stretches of text. Both
give figures with their counts and intervals; a unit that a coder has no value for counts for the others only.
"""

from claims.agreement.figures import FEW, Figure, Nominal, Spans
from claims.agreement.nominal import nominal
from claims.agreement.spans import spans

__all__ = ["FEW", "Figure", "Nominal", "Spans", "nominal", "spans"]
