"""What a workshop leaves behind: two pages to read, and a bundle of files to calculate with or to go on from."""
