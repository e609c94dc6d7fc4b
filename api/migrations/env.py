"""Runs the schema's versions on the connection that api.db gives."""

from alembic import context

from api.staff.tables import metadata

context.configure(
    connection=context.config.attributes["connection"],
    target_metadata=metadata,
    render_as_batch=True,
)

with context.begin_transaction():
    context.run_migrations()
