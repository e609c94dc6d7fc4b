"""Our own form: what does not belong into a chat that another company carries."""
