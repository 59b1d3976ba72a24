// Empty the store a batch at a time; only tests do so.
MATCH (n:Record|Revision|OutboxEntry|Meta)
WITH n LIMIT $limit
DETACH DELETE n
RETURN count(*) AS removed
