"""What a reader sets or clicks: one file a kind of control, all of them in the link."""
