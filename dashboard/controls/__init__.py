"""What a reader sets or clicks: one file a kind of control."""
