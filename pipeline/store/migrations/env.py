"""Alembic's entry: the connection is handed over by `pipeline.store.database`, which holds the lock."""

from alembic import context

from pipeline.store.schema import metadata

context.configure(connection=context.config.attributes["connection"], target_metadata=metadata)
context.run_migrations()
