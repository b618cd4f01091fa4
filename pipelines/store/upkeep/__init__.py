"""Care of a store: join small files, remove old versions, check it whole, say what it holds."""
