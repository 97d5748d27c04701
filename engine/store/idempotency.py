"""Answers to requests that may be repeated, kept in the same transaction as their effect."""

from engine.domain.errors import KeyReused
from engine.store.statement import asking
from engine.store.transaction import Transaction

FIND = asking(
    "select body_hash, answer from idempotency where tenant_id = :tenant and client = :client and key = :key",
    "body_hash answer",
)
KEEP = asking(
    "insert into idempotency (tenant_id, client, key, body_hash, answer, created_at) "
    "values (:tenant, :client, :key, :hash, :answer, :at) on conflict do nothing returning key",
    "key",
)


def find(transaction: Transaction, client: str, key: str, body_hash: str) -> str | None:
    """The answer given before, None for a new key. Raises KeyReused when the key stood for another request."""
    row = transaction.run(FIND, {"tenant": transaction.tenant, "client": client, "key": key}).first()
    if row is None:
        return None
    if row.body_hash != body_hash:
        raise KeyReused(
            "Deze Idempotency-Key hoort bij een ander verzoek. Gebruik een nieuwe sleutel.",
            "This Idempotency-Key belongs to another request. Use a new key.",
        )
    return str(row.answer)


def keep(transaction: Transaction, client: str, key: str, body_hash: str, answer: str) -> bool:
    """Remember an answer; False when the same request won a race, so that this one must be undone and replayed."""
    values = {"tenant": transaction.tenant, "client": client, "key": key, "hash": body_hash, "answer": answer}
    return transaction.run(KEEP, {**values, "at": transaction.at}).first() is not None
