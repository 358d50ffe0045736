"""Setting a short document while somebody waits, in a process of its own: the typesetter stays out of web workers."""

import json
import subprocess
import sys

from wraparound.documents.pdf import set_as_pdf

SECONDS = 30


def set_apart(template: str, message: dict[str, object]) -> bytes:
    """The same as `set_as_pdf`. CalledProcessError when it cannot be set, TimeoutExpired after half a minute."""
    # What it says goes in by the pipe: the machine shows the arguments of a process to whoever asks.
    command = [sys.executable, "-m", "wraparound.documents.apart", template]
    made = subprocess.run(
        command, input=json.dumps(message).encode(), stdout=subprocess.PIPE, timeout=SECONDS, check=True
    )
    return made.stdout


if __name__ == "__main__":
    sys.stdout.buffer.write(set_as_pdf(sys.argv[1], json.load(sys.stdin)))
