"""Runs jobs: claim, run outside the transaction, complete. The same code in a thread and in Celery."""
