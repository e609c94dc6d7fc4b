"""What is true about topics, desks and places. Standard library only; every process may import it."""
