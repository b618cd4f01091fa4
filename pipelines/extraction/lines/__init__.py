"""Tell the zones of scraped text by its lines: their shape, their words, their neighbours."""
