MATCH (v:Revision {record: $record})
RETURN properties(v) AS revision
ORDER BY v.number DESC
LIMIT $limit
