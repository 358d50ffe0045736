"""What stands against keeping a file, in words for whoever chose it."""


class Unreadable(Exception):
    """The words end a sentence that begins with what it is: “The PDF”, or “Photograph 2”."""
