"""What the bot does between hearing and answering; the thinking is in knowledge/."""
