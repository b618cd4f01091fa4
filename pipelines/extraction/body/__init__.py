"""Find the body of a page: which of its blocks are the article's; trees weigh them."""
