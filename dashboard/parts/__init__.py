"""One file a part of a page: what is drawn there, and what a click in it does."""
