"""The gateway: the only process that meets the internet."""
