"""What kind a file is, told by how it begins and never by its name; and what to do with one that is not taken. Pure."""

from enum import StrEnum

LARGEST = 20 * 1024 * 1024
LARGEST_TOGETHER = 60 * 1024 * 1024
MOST_FILES = 30
# A PDF may have something before its first line, such as a scanner's own mark.
_PDF_BEGINS_WITHIN = 1024


class Kind(StrEnum):
    """What is taken."""

    PDF = "pdf"
    JPEG = "jpeg"
    PNG = "png"
    WEBP = "webp"

    @property
    def photograph(self) -> bool:
        return self is not Kind.PDF


_AS_PDF = "Open it, save it as a PDF, and add that."
# By where in the file which bytes stand, what it is called and what to do with it.
_NOT_TAKEN: tuple[tuple[int, bytes, str], ...] = (
    (4, b"ftypheic", "is a photograph of the kind HEIC. On the phone choose “Most compatible” in the camera’s "
                     "settings, or send the photograph to yourself as a JPEG."),
    (4, b"ftypheix", "is a photograph of the kind HEIC. Send it to yourself as a JPEG, and add that."),
    (4, b"ftypmif1", "is a photograph of the kind HEIF. Send it to yourself as a JPEG, and add that."),
    (4, b"ftypavif", "is a picture of the kind AVIF. Save it as a JPEG, and add that."),
    (4, b"ftyp", "is a video or a sound. Only photographs and PDFs can be kept."),
    (0, b"PK\x03\x04", f"is a Word or other office file, or a folder of files. {_AS_PDF}"),
    (0, b"\xd0\xcf\x11\xe0", f"is an older Word or office file, or an email. {_AS_PDF}"),
    (0, b"{\\rtf", f"is a text file. {_AS_PDF}"),
    (0, b"II*\x00", f"is a scan of the kind TIFF. {_AS_PDF}"),
    (0, b"MM\x00*", f"is a scan of the kind TIFF. {_AS_PDF}"),
    (0, b"GIF8", "is a picture of the kind GIF. Save it as a JPEG, and add that."),
)  # fmt: skip


class NotTaken(ValueError):
    """A file that is not taken. The words end a sentence that begins with its name."""


def kind_of(data: bytes) -> Kind:
    """The kind of a file by its own bytes. NotTaken with what to do instead."""
    if not data:
        raise NotTaken("is empty. Choose it again.")
    if len(data) > LARGEST:
        raise NotTaken(f"is larger than {LARGEST // 1024 // 1024} MB. Add its parts one by one, or photograph it.")
    if data.startswith(b"\xff\xd8\xff"):
        return Kind.JPEG
    if data.startswith(b"\x89PNG\r\n\x1a\n"):
        return Kind.PNG
    if data.startswith(b"RIFF") and data[8:12] == b"WEBP":
        return Kind.WEBP
    for at, begins, words in _NOT_TAKEN:
        if data.startswith(begins, at):
            raise NotTaken(words)
    if b"%PDF-" in data[:_PDF_BEGINS_WITHIN]:
        return Kind.PDF
    raise NotTaken("is neither a photograph nor a PDF. Save it as a PDF, or photograph it.")
