"""What Rasa loads: tokenizer, extractors, classifier and the one channel."""
