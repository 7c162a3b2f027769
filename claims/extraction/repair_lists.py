"""Closed lists that text repair needs beside the word list: names, spellings and endings that rules name one by one."""

from __future__ import annotations


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


MONTHS = _words(
    "January February March April May June July August September October November December Jan Feb Mar Apr Jun Jul "
    "Aug Sep Sept Oct Nov Dec"
)
MONTH_ABBREVIATIONS = _words("Jan Feb Mar Apr Aug Sept Oct Nov Dec")
WEEKDAYS = _words("Monday Tuesday Wednesday Thursday Friday Saturday Sunday")

# Written in capitals and so often met in news that a word glued to them needs no further sign.
ACRONYMS = _words(
    "US USA UK EU UN UAE USSR UNSC NATO OSCE OPEC ASEAN IAEA WHO WTO IMF ICC ICJ NGO FBI CIA NSA FDA EPA CDC WHO "
    "BBC CNN AFP PM MP MEP GDP ANC BJP PKK PLO IDF IRGC ECOWAS AU DPRK PRC ROC DRC UNHCR UNICEF UNESCO IDB ECB IOC "
    "FIFA UEFA MI5 MI6 LGBT AIDS HIV COVID NHS DUP SNP CDU SPD AfD TV CEO"
)
# Those among them that many may be: an s after them makes a plural.
PLURALISED_ACRONYMS = _words("PM MP MEP CEO NGO TV AI")
# States and unions among them: a country's name stands beside them as an equal ("US-Russia ties").
STATE_ACRONYMS = _words("US USA UK EU UN UAE USSR NATO DPRK PRC ROC DRC AU ASEAN")

# Places that the word list lacks, and institutions and blocs printed as one capitalised word.
INSTITUTIONS = _words(
    "Africa Europe Asia Korea Arabia Zealand Kong Lanka Leone Taiwan Palestine Crimea Donbas Tibet Xinjiang "
    "Catalonia Scotland England Britain Burma Kashmir Macedonia Czechia Kiev West Kremlin Pentagon Vatican Taliban "
    "Nato Opec Unesco Unicef Asean Hezbollah Hamas Knesset Bundestag Kuomintang Commonwealth Interpol Europol "
    "Frontex Ecowas Mercosur Holyrood Whitehall Westminster Elysee Duma Rada Fatah"
)
TAKES_ARTICLE = _words("West Kremlin Pentagon Vatican Taliban Knesset Bundestag Kuomintang Commonwealth Duma Rada")

# First words of sentences and titles of office: what a capital inside a glued word may begin.
OPENERS = _words(
    "The This That These Those There They Then He She It We You In On At As And But If For From With While When "
    "Where What Who However Meanwhile According Earlier Later Last Also After Before Both Such Its His Her Their "
    "Our My No Not"
)
OFFICES = _words(
    "President Prime Minister Ministry Foreign Secretary Senator Senators Ambassador Chancellor General Government "
    "Parliament Congress Senate House Security Council Department State Defence Defense Treasury Justice Supreme "
    "Court Army Navy Embassy Envoy Mission Chamber Chief Commission Commissioner Assembly Federal National Vice "
    "Deputy Trade Special Central Intelligence Nations Sanctions Officials Mr Mrs Ms Dr"
)

# Tails of one word of two names, where the scraped text lost the dash between them.
RELATIONS = _words(
    "ties relations relationship border talks trade war conflict summit deal dispute tensions dialogue cooperation "
    "agreement treaty alliance axis rivalry peace pact accord negotiations partnership standoff crisis ceasefire"
)

# Endings that inflect or derive: after an acronym they are no lost word of their own.
INFLECTIONS = _words("s es ed er ers ing ings ish ism isms ist ists ite ites ian ians ese ies ized ised th st nd rd")

# Endings that form names and derived words: after a name they are no lost word of their own.
NAME_ENDINGS = _words(
    "a i is an as er ers ed es s ing ish ism ist ists ite ites ian ians ese land lands man men woman women town ton "
    "ville ford field fields gate wood woods stein stone son sen berg burg burgh bury borough port mouth bridge "
    "house worth well wells wick ham dale hill hills side shire way ways weather flower bank banks pool care world "
    "fest phile phobe phobia wide ward wards wise like less ness hood ship dom ally ad ada ana ina ine ette eta "
    "ella elle ester able ally oil bell line lines air net tech com gas coin core day days time times fish bird "
    "horse craft works ware mark room sea lake river mount wall street park bay beach brook head heads back shot "
    "cat dog fly bug tree leaf rose"
)

# Spellings with capitals inside that are one word, lower-cased. The word list has most others.
STYLED = _words(
    "usaid usaids usair usairways unaids unicef unesco unhcr usmca usada usda phds youtube whatsapp easyjet "
    "easygroup scotusblog fifagate euobserver iphone ipad ipod imac imessage icloud ebay paypal linkedin facebook "
    "tiktok wechat wikileaks biontech astrazeneca desantis lebron macarthur mcdonald mccain mcconnell mccarthy "
    "javascript github gitlab postgresql mysql airbaltic airasia westjet euronews turkstream buzzfeed politifact "
    "factcheck huffpost openai deepmind deepseek spacex blackrock chinadaily russiagate francafrique turkmenistan "
    "eastenders indiamart unprofor unifil unmiss unrwa unamid unctad undp usgs usps usta usfk ukip euribor "
    "eurovision eusebio usher using unto untold until unison uncle united"
)

# Words of two or three letters that are told from the end of a name.
SHORT_FUNCTION_WORDS = _words("in is to of on at by and has was had for are who may can nor but the not its his her")

# Left of a number a space was lost after these.
BEFORE_NUMBERS = _words(
    "in on of to by from at the and for with about between than until since under around nearly almost some least "
    "over during after before against aged was were are has have that"
)
COUNTED = _words("million billion trillion percent people")

CONTRACTIONS: dict[str, str] = {
    "dont": "don't", "didnt": "didn't", "doesnt": "doesn't", "isnt": "isn't", "arent": "aren't", "wasnt": "wasn't",
    "werent": "weren't", "hasnt": "hasn't", "havent": "haven't", "hadnt": "hadn't", "couldnt": "couldn't",
    "wouldnt": "wouldn't", "shouldnt": "shouldn't", "mustnt": "mustn't", "theyre": "they're", "theyve": "they've",
    "theyll": "they'll", "youre": "you're", "youve": "you've", "youll": "you'll", "weve": "we've", "thats": "that's",
    "theres": "there's", "whats": "what's", "whos": "who's", "hes": "he's", "shes": "she's", "im": "i'm", "ive": "i've",
    "wont": "won't", "cant": "can't",
}  # fmt: skip
# Words of their own without the apostrophe: mended only where the next word shows the contraction.
AMBIGUOUS_CONTRACTIONS = _words("im ive wont cant hes shes whos")

AFTER_AUXILIARIES = _words(
    "be have do go get see say know make take let come give find think tell help stop work keep feel allow accept "
    "happen happen even just simply ever always really afford believe wait"
)
AFTER_HAVE = _words("been had got seen done made never always just already ever heard said told known come")
AFTER_BE = _words("not a an the sure so very just in here also now still been got already no never always")

# Nouns and pronouns whose form in s is no other word than the possessive.
POSSESSIVES = _words(
    "todays yesterdays tomorrows tonights womens childrens anyones someones everyones nobodys somebodys everybodys "
    "anybodys"
)

# Months whose plain s makes no other word or surname.
POSSESSIVE_MONTHS = _words("January February April June July August September October November December")

# Before these a weekday in s is a habit: "on Mondays".
BEFORE_WEEKDAYS = _words("on and or of between until")

# Before these a name in s is a plural: "the two Koreas".
PLURAL_LICENSERS = _words(
    "the two three four five six both these those many several few all some more other most every on various different"
)

# A full stop before one of these ends no sentence: it stands inside an address or a file name.
ADDRESS_ENDINGS = _words("com net org gov edu info biz tv co io js py ai uk eu us html htm pdf php asp aspx")
