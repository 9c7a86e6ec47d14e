"""Cases: texts that a room reads together, card by card."""
