"""Alembic's entry: one connection, handed in by `engine.store.migrate`, one transaction for all steps."""

from alembic import context

from engine.store.tables import Base

connection = context.config.attributes["connection"]
context.configure(connection=connection, target_metadata=Base.metadata, transactional_ddl=True)
with context.begin_transaction():
    context.run_migrations()
