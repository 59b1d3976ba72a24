// Create or replace whole: properties and labels that are no longer given go away.
UNWIND $rows AS row
MERGE (n:Record {key: row.key})
SET n = row.properties
WITH n, row, [label IN labels(n) WHERE NOT label IN row.labels] AS stale
REMOVE n:$(stale)
SET n:$(row.labels)
