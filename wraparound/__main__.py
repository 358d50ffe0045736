"""`python -m wraparound`."""

from wraparound.cli.main import main

raise SystemExit(main())
