"""What lies on disk: tables and their columns, the commits that name them, texts, damage."""
