"""The staff console: pages for those who look after conversations."""
