"""Queries in, answers out: counts, searches, newest articles, one article whole."""
