MATCH (e:OutboxEntry)
RETURN count(e) AS entries
