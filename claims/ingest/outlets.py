"""Who publishes an article, by the host in its address."""

from __future__ import annotations

import re
from urllib.parse import urlsplit

from claims.models import Outlet, limits

_HOST = re.compile(r"[a-z0-9-]+(\.[a-z0-9-]+)+")
#: Hosts that only present the same outlet in another way.
_PRESENTATIONS = ("www.", "m.", "amp.", "mobile.")

#: Names of outlets much read on international affairs. Others are called by their domain until somebody names them.
NAMES = {
    "abc.net.au": "ABC News (Australia)",
    "africanews.com": "Africanews",
    "aljazeera.com": "Al Jazeera",
    "apnews.com": "Associated Press",
    "arabnews.com": "Arab News",
    "asahi.com": "The Asahi Shimbun",
    "axios.com": "Axios",
    "bangkokpost.com": "Bangkok Post",
    "bbc.co.uk": "BBC",
    "bbc.com": "BBC",
    "bloomberg.com": "Bloomberg",
    "cbc.ca": "CBC News",
    "chinadaily.com.cn": "China Daily",
    "cnbc.com": "CNBC",
    "cnn.com": "CNN",
    "dw.com": "Deutsche Welle",
    "economist.com": "The Economist",
    "euronews.com": "Euronews",
    "foreignpolicy.com": "Foreign Policy",
    "france24.com": "France 24",
    "ft.com": "Financial Times",
    "globaltimes.cn": "Global Times",
    "haaretz.com": "Haaretz",
    "hindustantimes.com": "Hindustan Times",
    "independent.co.uk": "The Independent",
    "indianexpress.com": "The Indian Express",
    "interfax.com": "Interfax",
    "irishtimes.com": "The Irish Times",
    "japantimes.co.jp": "The Japan Times",
    "jpost.com": "The Jerusalem Post",
    "koreaherald.com": "The Korea Herald",
    "kyivindependent.com": "The Kyiv Independent",
    "kyivpost.com": "Kyiv Post",
    "latimes.com": "Los Angeles Times",
    "lemonde.fr": "Le Monde",
    "meduza.io": "Meduza",
    "nbcnews.com": "NBC News",
    "npr.org": "NPR",
    "nytimes.com": "The New York Times",
    "politico.com": "Politico",
    "politico.eu": "Politico Europe",
    "reuters.com": "Reuters",
    "rferl.org": "Radio Free Europe/Radio Liberty",
    "rt.com": "RT",
    "scmp.com": "South China Morning Post",
    "sky.com": "Sky News",
    "smh.com.au": "The Sydney Morning Herald",
    "spiegel.de": "Der Spiegel",
    "straitstimes.com": "The Straits Times",
    "tass.com": "TASS",
    "tehrantimes.com": "Tehran Times",
    "telegraph.co.uk": "The Daily Telegraph",
    "theguardian.com": "The Guardian",
    "thehindu.com": "The Hindu",
    "themoscowtimes.com": "The Moscow Times",
    "thetimes.co.uk": "The Times",
    "timesofindia.indiatimes.com": "The Times of India",
    "usatoday.com": "USA Today",
    "voanews.com": "Voice of America",
    "washingtonpost.com": "The Washington Post",
    "wsj.com": "The Wall Street Journal",
    "xinhuanet.com": "Xinhua",
    "yna.co.kr": "Yonhap News Agency",
}


def domain_of(url: str) -> str:
    """The domain by which the outlet of the article at ``url`` is known; "" where the address has no usable one.

    Sections of a known outlet on hosts of their own (edition.cnn.com) count as that outlet.
    """
    host = (urlsplit(url).hostname or "").rstrip(".").lower()
    try:
        host = host.encode("idna").decode("ascii")
    except UnicodeError:
        return ""
    if len(host) > limits.DOMAIN or not _HOST.fullmatch(host) or host.replace(".", "").isdigit():
        return ""
    labels = host.split(".")
    wider = (".".join(labels[first:]) for first in range(len(labels) - 1))
    known = next((domain for domain in wider if domain in NAMES), None)
    return known or _plain(host)


def find_outlet(url: str) -> Outlet | None:
    """The outlet of the article at ``url``, created on first sight; None where the address does not tell."""
    domain = domain_of(url)
    if not domain:
        return None
    found = Outlet.objects.filter(domain=domain).first()
    if found is None:
        # Another import may create it at the same moment.
        new = Outlet(domain=domain, name=NAMES.get(domain, domain)[: limits.NAME])
        Outlet.objects.bulk_create([new], ignore_conflicts=True)
        found = Outlet.objects.get(domain=domain)
    return found


def _plain(host: str) -> str:
    for prefix in _PRESENTATIONS:
        rest = host.removeprefix(prefix)
        if rest != host and "." in rest:
            return rest
    return host
