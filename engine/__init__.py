"""Runs cases and remembers them: runtime, use cases, store, worker."""
