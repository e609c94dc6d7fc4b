"""The SQL of conversations, one noun a module. Each function works inside the transaction that store.py begins."""
