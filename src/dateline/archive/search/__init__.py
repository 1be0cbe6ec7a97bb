"""Full-text search over published stories, changed in the same transaction as the story.

``index``, ``index_many`` and ``unindex`` keep the index; ``find``, ``stream`` and ``matches`` ask it. SQLite's FTS5 or
PostgreSQL's tsvector: both hold the same words and tokens, cut and folded by us, and find the same in the same order.
What a query may ask is in docs/reference/search-language.md, how it stays fast in docs/decisions/0017-search.md.
"""

from dateline.archive.search.finding import CANDIDATES, Facet, FacetValue, Found, Hit, find, matches, newest_of, stream
from dateline.archive.search.indexing import index, index_many, unindex
from dateline.archive.search.running import MANY, by_month, most_told

__all__ = [
    "CANDIDATES",
    "MANY",
    "Facet",
    "FacetValue",
    "Found",
    "Hit",
    "by_month",
    "find",
    "index",
    "index_many",
    "matches",
    "most_told",
    "newest_of",
    "stream",
    "unindex",
]
