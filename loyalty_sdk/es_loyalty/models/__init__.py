"""What ES Loyalty answers with: a room for each kind of thing."""
