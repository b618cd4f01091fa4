"""Read what a page or a text says about itself: metadata, JSON-LD, dates."""
