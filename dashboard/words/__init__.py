"""Queries, counts and texts go in; sentences and safe HTML that people read come out."""
