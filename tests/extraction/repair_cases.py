"""Cases of text repair: what is mended and what has to stay, each with what the row guards."""

from __future__ import annotations

NAMES = frozenset(
    {
        "Vladimir Putin", "Joe Biden", "Emmanuel Macron", "Angela Merkel", "William Ruto", "Robert Habeck",
        "Peter Szijjarto", "NATO", "Nato", "UN", "ODIHR", "North Korea", "Saudi Arabia", "Hezbollah", "African Union",
        "Exxon Mobil", "Al Frank", "DataHaven",
    }
)  # fmt: skip

MENDED = (
    # an acronym glued to a function word
    ("The UShas repeatedly warned Moscow.", "The US has repeatedly warned Moscow."),
    ("talks with the USin Geneva", "talks with the US in Geneva"),
    ("The EUis ready to act", "The EU is ready to act"),
    ("The UNwas told in May", "The UN was told in May"),
    ("The UKand France agreed", "The UK and France agreed"),
    ("it left the EUto save money", "it left the EU to save money"),
    ("NATOwill answer", "NATO will answer"),
    # a form of address glued to a name that no list holds
    ("MrOkafor said so", "Mr Okafor said so"),
    ("a letter to MrsTamm and DrOkoye", "a letter to Mrs Tamm and Dr Okoye"),
    # an acronym glued to a content word
    ("his UScounterpart Joe Biden", "his US counterpart Joe Biden"),
    ("a USmilitary base", "a US military base"),
    ("the EUsummit opened", "the EU summit opened"),
    ("an IAEAinspector left", "an IAEA inspector left"),
    # a function word after an acronym that no list holds
    ("the QRSFhas denied it", "the QRSF has denied it"),
    ("the QRSFwould agree", "the QRSF would agree"),
    # an acronym given by the caller
    ("the ODIHRmission arrived", "the ODIHR mission arrived"),
    # an acronym glued to a word with a capital
    ("USSecretary of State Antony Blinken", "US Secretary of State Antony Blinken"),
    ("UNSecretary General Antonio Guterres", "UN Secretary General Antonio Guterres"),
    ("the EUCommission said", "the EU Commission said"),
    ("the USAmbassador left", "the US Ambassador left"),
    ("the UKPrime Minister resigned", "the UK Prime Minister resigned"),
    ("a USForces base", "a US Forces base"),
    # two states: a dash before a word for what is between them, otherwise a space
    ("sanctions could rupture USRussia ties", "sanctions could rupture US-Russia ties"),
    ("the USChina trade war", "the US-China trade war"),
    ("RussiaUkraine border", "Russia-Ukraine border"),
    ("IndiaPakistan talks", "India-Pakistan talks"),
    ("in the USRussia is feared", "in the US Russia is feared"),
    # capitals of a dateline
    ("WILMINGTON, DELAWAREMOSCOW REUTERS", "WILMINGTON, DELAWARE MOSCOW REUTERS"),
    ("LONDONPARIS - Ministers met", "LONDON PARIS - Ministers met"),
    ("WASHINGTONBEIJING AFP", "WASHINGTON BEIJING AFP"),
    ("DELAWAREMoscow REUTERS", "DELAWARE Moscow REUTERS"),
    # the dash after a dateline
    ("MOSCOW REUTERS -Russian President", "MOSCOW REUTERS - Russian President"),
    ("BRUSSELS, Jan 4 -Ministers met", "BRUSSELS, Jan 4 - Ministers met"),
    # a name glued to a word
    ("from the Natomilitary alliance", "from the Nato military alliance"),
    ("the Kremlinspokesman said", "the Kremlin spokesman said"),
    ("the Vaticanhas called for calm", "the Vatican has called for calm"),
    ("In Moscowand Kyiv it", "In Moscow and Kyiv it"),
    ("Russiahas denied it", "Russia has denied it"),
    ("Putinhas denied it", "Putin has denied it"),
    ("Ukrainewill answer", "Ukraine will answer"),
    ("in Germanywhich opposed it", "in Germany which opposed it"),
    # a month or weekday glued to a word
    ("on 21 Juneprovides evidence", "on 21 June provides evidence"),
    ("on Thursdaythat it would", "on Thursday that it would"),
    ("on Mondayafter talks", "on Monday after talks"),
    ("in Septembersaid that", "in September said that"),
    # two words with capitals
    ("KremlinRussia watchers", "Kremlin Russia watchers"),
    ("PresidentPutin said", "President Putin said"),
    ("the SecretaryGeneral said", "the Secretary General said"),
    ("on ThursdayPutin left", "on Thursday Putin left"),
    # a small word before a capital
    ("he saidMoscow would answer", "he said Moscow would answer"),
    ("against theUkraine plan", "against the Ukraine plan"),
    ("the talks withPresident Macron", "the talks with President Macron"),
    # dates and numbers
    ("in Geneva on Jan10, with", "in Geneva on Jan 10, with"),
    ("as of July20.", "as of July 20."),
    ("in March2021 it", "in March 2021 it"),
    ("since Sept11 it", "since Sept 11 it"),
    ("on Thursday, 30Dec, it", "on Thursday, 30 Dec, it"),
    ("in2014 it annexed", "in 2014 it annexed"),
    ("more than300 people", "more than 300 people"),
    ("on Dec 30warned his", "on Dec 30 warned his"),
    ("in 2014and backed", "in 2014 and backed"),
    ("some 30million people", "some 30 million people"),
    ("about 12percent of", "about 12 percent of"),
    ("on Jan.10 it", "on Jan. 10 it"),
    # the possessive of a place or institution
    ("Russia annexed Ukraines Crimea in 2014", "Russia annexed Ukraine's Crimea in 2014"),
    ("the Wests re-arming of Ukraine", "the West's re-arming of Ukraine"),
    ("in Chinas Xinjiang region", "in China's Xinjiang region"),
    ("Japans Foreign Ministry", "Japan's Foreign Ministry"),
    ("the Kremlins reply", "the Kremlin's reply"),
    ("Russias invasion of Ukraine", "Russia's invasion of Ukraine"),
    ("would be Tokyos 10th", "would be Tokyo's 10th"),
    ("the USs allies in Asia", "the US's allies in Asia"),
    ("the UNs nuclear watchdog", "the UN's nuclear watchdog"),
    ("Natos eastern flank", "Nato's eastern flank"),
    ("North Koreas nuclear programme", "North Korea's nuclear programme"),
    # the possessive of a person, a day, a month
    ("Putins decision was made", "Putin's decision was made"),
    ("Macrons government fell", "Macron's government fell"),
    ("said Thursdays phone call had", "said Thursday's phone call had"),
    ("after Mondays debate", "after Monday's debate"),
    ("in Septembers election", "in September's election"),
    # the possessive of other words whose form in s is no word
    ("the countrys opposition", "the country's opposition"),
    ("the ministrys letter", "the ministry's letter"),
    ("to violate anyones rights", "to violate anyone's rights"),
    ("a womens group", "a women's group"),
    # contractions
    ("You dont put it out", "You don't put it out"),
    ("it didnt happen", "it didn't happen"),
    ("Thats what he said", "That's what he said"),
    ("We cant do that", "We can't do that"),
    ("it wont happen", "it won't happen"),
    # sentences and clauses run together
    ("on its own soil.Moscow denies it", "on its own soil. Moscow denies it"),
    ("it said.The talks", "it said. The talks"),
    ("in Geneva,said the minister", "in Geneva, said the minister"),
    # spacing
    ("the  talks", "the talks"),
    ("Jan\u00a010", "Jan 10"),
    ("nego\u00adtiations", "negotiations"),
    # one mend lays open the next
    ("in its USin.Russiahas agreed", "in its US in. Russia has agreed"),
)

UNCHANGED_WORDS = (
    # capitals inside a name
    "McDonald", "MacArthur", "DeSantis", "LeBron", "DiCaprio", "McKinsey", "FitzGerald", "O'Brien", "LaGuardia",
    "DeGeneres",
    # stylised names
    "iPhone", "iPad", "eBay", "YouTube", "WhatsApp", "BioNTech", "AstraZeneca", "easyJet", "WikiLeaks",
    "LinkedIn", "TikTok", "JPMorgan", "BlackRock", "FedEx", "PayPal", "OpenAI", "PolitiFact", "SoftBank",
    "SpaceX", "WeChat", "GitHub", "airBaltic",
    # acronyms that begin with a known one
    "USAID", "USAid", "UNESCO", "UNICEF", "UNHCR", "USADA", "USMCA", "USDA", "UNRWA", "UNIFIL", "UKIP", "EUFOR",
    "USGS",
    # plural acronyms and titles
    "MPs", "NGOs", "PhDs", "MEPs", "CEOs", "PMs", "SMEs", "UAVs", "TVs", "URLs", "DVDs", "NFTs",
    # letters with numbers
    "COVID19", "G20", "F16", "MH17", "B2B", "Su30", "9am", "10th", "1980s", "A320", "P5", "3D", "4x4", "MI5",
    "B52", "30km", "5G", "mp3", "T72", "S400", "U2", "2nd", "21st", "50bn", "10pm", "737s", "No10", "Covid19",
    # words that begin with a month, a place or a name
    "Mayflower", "Mayweather", "Mayhem", "Marching", "Marchetti", "Augustine", "Decorum", "Decker", "Juneau",
    "Octopus", "Chinatown", "Georgetown", "Romanian", "Iranian", "Israelis", "Iraqis", "Omanis", "Pakistani",
    "Cubans", "Malians", "Putinism", "Trumpism", "Kremlinology", "Kremlinologist", "Moscovite", "Chadian",
    "Togolese", "Parisian", "Londoners", "Turkmenistan", "Indianapolis", "Jordanian", "Germanic", "Natoism",
    # lower case only
    "usin", "usage", "usher", "until", "unto", "european", "nato", "islands", "today", "within", "into",
    "someone",
    # capitals only
    "EUROPE", "INDIANA", "MOSCOW", "WASHINGTON", "PENNSYLVANIA", "UKRAINE", "CORRECTION", "EXCLUSIVE", "ROMANIA",
    # one word to those who bear it
    "ExxonMobil", "Frankin", "DataHaven",
    # an s that belongs to the word
    "sanctions", "states", "Brothers", "Emirates", "Philippines", "Netherlands", "Paris", "Texas", "James",
    "Achilles", "Athens", "Brussels", "Wales", "Honduras", "Naples", "Maldives", "Bahamas", "Kansas", "Roberts",
    "Williams", "Peters", "Laos", "Lagos", "Cyprus", "Massachusetts", "Adams", "Jones", "Rogers", "Abbas",
    "Hamas", "Reuters", "Swiss", "Congress", "boys", "always",
)  # fmt: skip

UNCHANGED_SENTENCES = (
    # clean possessives, straight and curly
    "Russia's invasion of Ukraine’s east worried the West’s leaders.",
    # plural names
    "The two Koreas agreed to talk.",
    "Both Chinas claim the islands.",
    "The Bidens visited Delaware.",
    # a habit, no possessive
    "On Mondays students march through the capital.",
    "Most Fridays worshippers gather there.",
    # an s with no word after it
    "Its army was larger than Ukraines.",
    "Such are the UKs, the EUs and the Junes of this world.",
    # plural nouns before a noun or verb
    "The sanctions regime and the arms deal hurt the states parties.",
    "The ministers office hours and sports clubs are listed.",
    "NGOs say MPs want more; CEOs fear delays.",
    # surnames in s before a noun
    "William Roberts resigned, Peters office said, and Williams lawyers agreed.",
    "James Mattis and Chris Adams met Abbas aides in Texas towns.",
    # words that are contractions only without their apostrophe
    "It was, as is his wont, a speech full of cant, and he shot well.",
    "Jonathan Ive left and Im Jong-seok stayed; its ill effects let us down.",
    # abbreviations and initials
    "The U.S. Army and the U.K. met at 9 a.m. on Jan. 10 in St. Petersburg.",
    "J.K. Rowling, Ph.D. students and Dr. No. 10 e.g. met vs. the rest.",
    # dashes and hyphens
    "The US-led talks - held in Geneva - on US-Russia ties were long-awaited.",
    "Short- and long-term plans — pro-Russian and anti-American — differ.",
    "The 2014-15 budget fell by -3 points to -1.5.",
    # numbers
    "It paid 1,000,000 dollars, 3.5 per cent, on 10/12/2021 at 10:30.",
    "In 2014 and 2015, 30 million people and 12 percent of voters agreed.",
    # addresses and handles
    "See www.example.com, https://example.org/USRussia,news or mail info@UShas.example.",
    "Amazon.com, Booking.com and ASP.NET, said @USinGeneva and #USRussia.",
    "https://www.straitstimes.com/world/UShas-saidMoscow,soil.Moscow",
    # quotation marks, accents and other scripts
    "“We won’t talk,” she said: ‘never’. Élysée, Erdoğan, São Paulo and Kyïv noted it.",
    "Президент сказал: США и ЕС. 中国外交部。",
    # title case and capitals in headlines
    "WHO Says COVID-19 Cases Rise In US And EU, But UK Numbers Fall",
    "BREAKING NEWS: PRESIDENT VISITS INDIANA AND NEW YORK",
    # lines stay lines
    "Title\n20211230\nhttps://example.com/a\nFirst line.\nSecond line.\n\nThird.\n",
    # a date line and a bare number
    "20211230",
    # nothing at all
    "",
    " ",
    "\n",
)
