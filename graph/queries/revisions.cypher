MATCH (v:Revision {record: $record})
USING INDEX SEEK v:Revision(record)
RETURN properties(v) AS revision
ORDER BY v.number DESC
LIMIT $limit
