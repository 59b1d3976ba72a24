UNWIND $rows AS row
CREATE (e:OutboxEntry)
SET e = row
