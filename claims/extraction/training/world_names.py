"""Names of the world's politics, to stand in for the treebank's own names while training.

The treebanks speak of reviews, e-mails and American towns; with these names in their places the parser also sees
"Moscow", "Nato" and "Erdogan" as subjects and objects.
"""

COUNTRIES = tuple(
    """Russia Ukraine China Iran Israel Turkey Syria Iraq Germany France Britain Poland India Pakistan Japan Taiwan
    Afghanistan Egypt Libya Sudan Ethiopia Kenya Nigeria Mali Niger Ghana Senegal Algeria Morocco Tunisia Yemen Qatar
    Kuwait Jordan Lebanon Armenia Azerbaijan Georgia Belarus Moldova Romania Hungary Serbia Kosovo Croatia Greece
    Cyprus Italy Spain Portugal Ireland Norway Sweden Finland Denmark Estonia Latvia Lithuania Kazakhstan Uzbekistan
    Mongolia Myanmar Thailand Vietnam Cambodia Malaysia Singapore Indonesia Philippines Australia Canada Mexico Cuba
    Venezuela Colombia Brazil Argentina Chile Peru Bolivia Ecuador Haiti Somalia Rwanda Uganda Zimbabwe Angola
    Switzerland Austria Belgium Netherlands Bulgaria Slovakia Slovenia Czechia Nepal Bangladesh""".split()
)
CAPITALS = tuple(
    """Moscow Kyiv Kiev Beijing Tehran Washington London Paris Berlin Ankara Jerusalem Damascus Baghdad Warsaw Delhi
    Islamabad Tokyo Taipei Kabul Cairo Tripoli Khartoum Brussels Geneva Minsk Budapest Belgrade Pristina Athens Rome
    Madrid Riyadh Doha Sanaa Beirut Amman Seoul Pyongyang Hanoi Canberra Ottawa Caracas Havana Vienna Helsinki Oslo
    Stockholm Vilnius Tbilisi Baku Yerevan""".split()
)
ADJECTIVES = tuple(
    """Russian Ukrainian Chinese Iranian Israeli Turkish Syrian Iraqi German French British Polish Indian Pakistani
    Japanese Taiwanese Afghan Egyptian Libyan Sudanese Ethiopian Nigerian Algerian Saudi Yemeni Qatari Lebanese
    Armenian Azerbaijani Georgian Belarusian Romanian Hungarian Serbian Greek Cypriot Italian Spanish Irish Norwegian
    Swedish Finnish Danish Estonian Latvian Lithuanian Kazakh Korean Vietnamese Australian Canadian Mexican Cuban
    Venezuelan Colombian Brazilian Argentine American European Western Palestinian""".split()
)
SURNAMES = tuple(
    """Putin Biden Trump Obama Xi Zelenskiy Zelensky Macron Merkel Scholz Johnson Sunak Starmer Erdogan Netanyahu
    Khamenei Rouhani Raisi Assad Lavrov Blinken Pompeo Stoltenberg Rutte Guterres Borrell Orban Duda Tusk Lukashenko
    Modi Abe Kishida Kim Moon Yoon Duterte Marcos Maduro Lula Bolsonaro Castro Trudeau Peskov Ushakov Medvedev Shoigu
    Zarif Araghchi Kuleba Baerbock Pistorius Austin Sullivan Kerry Clinton Tillerson Rubio Vance Kallas Meloni""".split()
)
BODIES = tuple("Nato NATO UN EU WHO OSCE IAEA Hamas Hezbollah Taliban Kremlin Pentagon Unicef Asean Opec".split())
