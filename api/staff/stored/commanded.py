"""What the command line looks at, beside the changes."""

from api.staff.stored.audit import chain_at, verify
from api.staff.stored.people import everybody

__all__ = ["chain_at", "everybody", "verify"]
