"""What visitors see: our own page, and the element that other sites put on theirs."""
