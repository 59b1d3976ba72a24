UNWIND $numbers AS number
MATCH (e:OutboxEntry {number: number})
DELETE e
