"""The ways in. Each channel verifies, translates in, calls conversations, translates out."""
