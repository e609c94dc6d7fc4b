"""Staff: who they are, how they come in, what they may do, and what is noted of it."""
