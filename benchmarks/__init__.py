"""What scripts/benchmark runs inside an environment, and the stock recipe it compares with."""
