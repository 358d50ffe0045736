"""Photographs into pages: upright, no larger than paper needs, and with nothing in them of where and with what they
were taken. Only the process apart loads this."""

from io import BytesIO

from PIL import Image, ImageOps, UnidentifiedImageError

from wraparound.files.unreadable import Unreadable

# A4 at 200 dots an inch: small print is legible, and a page is a few hundred kB.
SHORT, LONG = 1654, 2339
QUALITY = 82
# A phone's largest today is 200 megapixels. Of a JPEG a part of them is decoded; of others all have to be.
MOST_PIXELS, MOST_DECODED_WHOLE = 250_000_000, 50_000_000
FORMATS = ("JPEG", "PNG", "WEBP")


def upright(data: bytes) -> Image.Image:
    """The picture as it should be seen, on white where it is transparent. Unreadable where it is none."""
    # The limits here are narrower than the library's, which only warns.
    Image.MAX_IMAGE_PIXELS = None
    try:
        with Image.open(BytesIO(data), formats=FORMATS) as found:
            return _on_white(_small_enough(found))
    except Unreadable:
        raise
    except (UnidentifiedImageError, OSError, ValueError, SyntaxError, ArithmeticError, IndexError) as fault:
        raise Unreadable("is damaged. Take it again.") from fault
    except MemoryError:
        raise Unreadable("is too large. Take it again with a smaller size.") from None


def _small_enough(found: Image.Image) -> Image.Image:
    pixels = found.width * found.height
    if pixels > MOST_PIXELS or (found.format != "JPEG" and pixels > MOST_DECODED_WHOLE):
        raise Unreadable("is too large. Take it again with a smaller size.")
    # A JPEG is decoded at a half, a quarter or an eighth where that is still enough.
    found.draft("RGB", (LONG, LONG))
    found.load()
    turned = ImageOps.exif_transpose(found)
    box = (LONG, SHORT) if turned.width > turned.height else (SHORT, LONG)
    turned.thumbnail(box, Image.Resampling.LANCZOS)
    return turned


def _on_white(found: Image.Image) -> Image.Image:
    """A new picture, so that nothing but the dots comes along."""
    clear = found.has_transparency_data
    dots = found.convert("RGBA" if clear else "RGB")
    plain = Image.new("RGB", dots.size, "white")
    plain.paste(dots, mask=dots if clear else None)
    return plain


def as_jpeg(picture: Image.Image, quality: int = QUALITY) -> bytes:
    kept = BytesIO()
    picture.save(kept, "JPEG", quality=quality, optimize=True)
    return kept.getvalue()


def smaller(picture: Image.Image, box: tuple[int, int]) -> Image.Image:
    made = picture.copy()
    made.thumbnail(box, Image.Resampling.LANCZOS)
    return made
