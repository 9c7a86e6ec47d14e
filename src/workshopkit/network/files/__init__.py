"""A map from files: the rows that people typed or exported, read as what both sides say."""
