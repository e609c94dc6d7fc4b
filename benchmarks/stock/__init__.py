"""A bot of Rasa's stock parts, over our data: only for scripts/benchmark."""
