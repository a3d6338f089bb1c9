"""Lets ``python -m conflict_events.cli`` do what ``conflict-events`` does."""

import sys

from conflict_events.cli.main import main

sys.exit(main())
