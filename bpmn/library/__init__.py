"""Shared processes, as files."""
