"""Headlines and news sentences that the shipped pipeline must read rightly.

Each is a text, the word that must be its root, and arcs as "dependent label head"; several labels with "/" are all
right. The verbs of headlines look like nouns, which is what the first rows guard.
"""

from __future__ import annotations

ParseCase = tuple[str, str, list[str]]

PARSES: list[ParseCase] = [
    # Headlines: present tense, no articles, names as subjects and objects.
    (
        "Beijing denies preparing to blockade Taiwan",
        "denies",
        ["Beijing nsubj denies", "preparing xcomp/ccomp denies", "blockade xcomp preparing", "Taiwan obj blockade"],
    ),
    (
        "Erdogan tells Rutte membership talks could stall",
        "tells",
        ["Erdogan nsubj tells", "stall ccomp tells", "talks nsubj stall"],
    ),
    ("Iran rejects US offer of direct talks", "rejects", ["Iran nsubj rejects", "offer obj rejects"]),
    (
        "India urges Pakistan to release fishermen",
        "urges",
        ["India nsubj urges", "Pakistan iobj/obj urges", "release xcomp urges", "fishermen obj release"],
    ),
    (
        "Merkel says Greece must keep its promises",
        "says",
        ["Merkel nsubj says", "keep ccomp says", "Greece nsubj keep"],
    ),
    ("Serbia, Kosovo agree to reopen border crossings", "agree", ["Serbia nsubj agree", "reopen xcomp agree"]),
    (
        "Poland accuses Belarus of pushing migrants over border",
        "accuses",
        ["Poland nsubj accuses", "Belarus obj accuses"],
    ),
    ("UN chief warns of famine in Somalia", "warns", ["chief nsubj warns", "famine obl warns"]),
    (
        "Hungary vows to block new EU sanctions",
        "vows",
        ["Hungary nsubj vows", "block xcomp vows", "sanctions obj block"],
    ),
    ("Kim orders army to prepare for war", "orders", ["Kim nsubj orders", "army obj orders", "prepare xcomp orders"]),
    ("Sudan army denies shelling hospital", "denies", ["army nsubj denies", "shelling xcomp/ccomp denies"]),
    ("Cyprus presses Turkey on missing persons", "presses", ["Cyprus nsubj presses", "Turkey obj presses"]),
    ("Lavrov slams new missile plans", "slams", ["Lavrov nsubj slams", "plans obj slams"]),
    ("Zelensky thanks Canada for air defences", "thanks", ["Zelensky nsubj thanks", "Canada obj thanks"]),
    ("Belgrade backs Athens in gas dispute", "backs", ["Belgrade nsubj backs", "Athens obj backs"]),
    # Every word with a capital, as many outlets print titles.
    (
        "Armenia Demands Apology From Azerbaijan",
        "Demands",
        ["Armenia nsubj Demands", "Apology obj Demands"],
    ),
    # Sentences of the body.
    (
        "The foreign minister of Qatar said on Monday that his country would not close its embassy in Baghdad.",
        "said",
        ["minister nsubj said", "close ccomp said", "country nsubj close", "embassy obj close", "Qatar nmod minister"],
    ),
    (
        "According to the palace, both leaders agreed to meet again in March.",
        "agreed",
        ["leaders nsubj agreed", "meet xcomp agreed", "palace obl agreed"],
    ),
    (
        '"We will never accept these terms," Petrov told reporters in Sofia.',
        "told",
        ["Petrov nsubj told", "We nsubj accept", "terms obj accept", "accept ccomp told"],
    ),
    (
        "The treaty was rejected by the Senate, and its opponents welcomed the vote.",
        "rejected",
        ["treaty nsubj:pass rejected", "Senate obl:agent rejected", "welcomed conj rejected", "vote obj welcomed"],
    ),
    (
        "A spokesman for the rebels, who hold the port, dismissed the report as false.",
        "dismissed",
        ["spokesman nsubj dismissed", "report obj dismissed", "hold acl:relcl rebels", "port obj hold"],
    ),
    (
        "The European Commission has called on member states to share the burden.",
        "called",
        ["Commission nsubj called", "states obl called", "share xcomp/advcl called", "burden obj share"],
    ),
    (
        "Asked about the raid, the general declined to comment.",
        "declined",
        ["general nsubj declined", "comment xcomp declined", "Asked advcl declined"],
    ),
    (
        "Manila's accusation that Chinese ships had rammed its boats was false, the embassy insisted.",
        "insisted",
        [
            "false ccomp insisted",
            "accusation nsubj false",
            "rammed acl accusation",
            "boats obj rammed",
            "embassy nsubj insisted",
        ],
    ),
    # Scraped text: marks and apostrophes are lost.
    (
        "Russias ambassador to Poland said Warsaws claims were absurd",
        "said",
        ["ambassador nsubj said", "Russias nmod:poss ambassador", "absurd ccomp said", "claims nsubj absurd"],
    ),
    (
        "We are ready for talks but not for threats, Lee said after the meeting in Seoul",
        "said",
        ["Lee nsubj said", "ready ccomp said", "We nsubj ready"],
    ),
]
