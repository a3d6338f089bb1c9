"""The pages: events and their evidence, read only, over `latest/`."""
