// A node that waits already, and that nobody is working on, need not wait twice.
UNWIND $rows AS row
OPTIONAL MATCH (waiting:OutboxEntry {record: row.record})
USING INDEX SEEK waiting:OutboxEntry(record)
WHERE waiting.leased_until IS NULL
WITH row, count(waiting) AS others
WHERE others = 0
CREATE (e:OutboxEntry)
SET e = row
