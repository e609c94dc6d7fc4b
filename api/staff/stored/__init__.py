"""The SQL of staff, by noun."""
