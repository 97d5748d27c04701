"""Frozen values, ids, errors, events and effects: the words that the rest of the engine speaks."""
