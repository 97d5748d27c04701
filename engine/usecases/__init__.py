"""One verb per file: each takes a transaction, the caller and a frozen command, and fits on a screen."""
