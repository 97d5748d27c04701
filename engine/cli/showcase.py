"""The demo data as the command line shows it: seeding, the API keys of this data folder, and who can log in."""

from pathlib import Path

from engine.embedded import secrets
from engine.store import gate
from engine.store.transaction import Transactions
from engine.usecases.seed_demo import seed_demo
from tenants.demo import load
from tenants.tenant import slug

KEYS = "demo-keys.json"


def seed(transactions: Transactions, data_dir: Path) -> bool:
    """Seed; whether API keys were made just now, for they are shown once."""
    fresh = not (data_dir / KEYS).exists()
    seed_demo(transactions, keys(data_dir))
    return fresh


def keys(data_dir: Path) -> dict[str, str]:
    """The API key of each demo tenant's client: random per data folder, in a file for the owner only."""
    slugs = [slug(each.tenant.name) for each in load.tenants()]
    data_dir.mkdir(mode=0o711, parents=True, exist_ok=True)
    return secrets.keep(data_dir / KEYS, slugs)


def accounts(transactions: Transactions, data_dir: Path, with_keys: bool) -> list[str]:
    """Who can log in, with their municipalities and groups; and the API keys, or where they are."""
    with transactions.at_gate() as transaction:
        persons = gate.demo_persons(transaction)
    lines = ["People of the demonstration (log in without a password):"]
    for person in persons:
        places = "; ".join(f"{name}: {', '.join(groups)}" for name, groups in person.places)
        lines.append(f"  {person.name:24} {places}")
    if not with_keys:
        return [*lines, f"API keys: {data_dir / KEYS}"]
    return [*lines, "API keys (header X-Api-Key):", *(f"  {slug:24} {key}" for slug, key in keys(data_dir).items())]
