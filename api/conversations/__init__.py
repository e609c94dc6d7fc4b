"""Conversations: what visitors wrote, what was answered, and who may speak."""
