"""What is counted in: tables and columns laid out once, kept, and brought to a new version."""
