"""Why a file did not become an article: one class a reason, each a sentence saying what, where and what to do."""

from __future__ import annotations


class ArticleError(Exception):
    """A file or a path that cannot be read as an article; ``str(error)`` is the sentence people see."""


class NoMatch(ArticleError):
    """A path that names nothing."""

    def __init__(self) -> None:
        super().__init__("no file or folder is found at this path; check its spelling and permissions")


class NotAFile(ArticleError):
    """A pipe, device, socket, broken link or loop where a file should be."""

    def __init__(self, what: str) -> None:
        super().__init__(f"{what}, not a file; give the article as a regular file")


class FolderLoop(ArticleError):
    """A link that leads back into a folder it lies in."""

    def __init__(self) -> None:
        super().__init__("this link leads back to a folder around it, so it is not followed; remove the link")


class Unreadable(ArticleError):
    """A file or folder that the system refuses to open or read."""

    def __init__(self, what: str, why: str) -> None:
        super().__init__(f"the {what} cannot be read ({why}); check its permissions and the disk")


class TooLarge(ArticleError):
    """A file above the size an article may have (in bytes)."""

    def __init__(self, limit: int) -> None:
        super().__init__(f"the file is larger than {limit:,} bytes; give one article a file")


class TooLong(ArticleError):
    """A text or title above the length that can be stored (in characters)."""

    def __init__(self, what: str, length: int, limit: int) -> None:
        super().__init__(f"{what} has {length:,} characters, {limit:,} at most are kept; give one article a file")


class Empty(ArticleError):
    """A file without any words."""

    def __init__(self) -> None:
        super().__init__("the file is empty; fetch the article again")


class NotText(ArticleError):
    """Bytes that are no text in any encoding: pictures, archives, PDF, programs. ``position`` counts from 0."""

    def __init__(self, position: int) -> None:
        super().__init__(f"the file is binary, not text (control byte at byte {position}); save it as plain text")


class WrongEncoding(ArticleError):
    """Text in another encoding than expected. ``position`` counts bytes from 0, ``line`` from 1."""

    def __init__(self, expected: str, position: int, line: int) -> None:
        super().__init__(
            f"line {line} is not {expected} text (byte {position}); save the file as UTF-8, or name its encoding"
        )


class MissingTitle(ArticleError):
    """Line 1 is blank."""

    def __init__(self) -> None:
        super().__init__("line 1 is blank; put the title there")


class MissingDate(ArticleError):
    """Line 2 is blank or is not there."""

    def __init__(self) -> None:
        super().__init__("line 2 has no date; put the day of publication there as YYYYMMDD")


class InvalidDate(ArticleError):
    """Line 2 holds something else than a day on which an article can have been published."""

    def __init__(self, printed: str, why: str) -> None:
        super().__init__(f"line 2 holds {shortened(printed)}, {why}; put the day of publication there as YYYYMMDD")


class MissingAddress(ArticleError):
    """Line 3 is blank or is not there."""

    def __init__(self) -> None:
        super().__init__("line 3 has no address; put the web address of the article there")


class InvalidAddress(ArticleError):
    """Line 3 holds something else than an http or https address."""

    def __init__(self, printed: str) -> None:
        super().__init__(f"line 3 holds {shortened(printed)}, not a web address; put one there (http:// or https://)")


class MissingBody(ArticleError):
    """Nothing is printed below line 3."""

    def __init__(self) -> None:
        super().__init__("there is no text below line 3; put the body there, one sentence or paragraph a line")


def shortened(printed: str, limit: int = 60) -> str:
    """The printed words quoted for a message: one line, no control characters, ``limit`` characters at most."""
    cut = printed if len(printed) <= limit else printed[:limit] + "..."
    return ascii(cut)


def reason(error: OSError) -> str:
    """The system's own words for ``error``, without its number and path."""
    return (error.strerror or "unknown reason").lower()
