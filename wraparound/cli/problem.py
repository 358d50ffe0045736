"""What a person must put right, as the one sentence they see."""

import errno


class Problem(Exception):
    """Stops a command with a sentence and no traceback."""


def sentence_for(error: OSError) -> str | None:
    """A sentence for what the machine refused, or None where only a traceback would tell."""
    place = error.filename or "This folder"
    if error.errno in (errno.ENOSPC, errno.EDQUOT, errno.EFBIG):
        return "The disk is full: make room and run it again."
    if error.errno in (errno.EACCES, errno.EPERM, errno.EROFS):
        return f"{place} cannot be written to by this user: change its owner, or use a checkout of your own."
    return None
