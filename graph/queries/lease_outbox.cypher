// After lock: two workers never take the same entry. The clock is the server's, read once the lock is held.
WITH datetime.realtime().epochMillis AS now
MATCH (e:OutboxEntry)
USING INDEX SEEK e:OutboxEntry(number)
WHERE e.number >= 0 AND (e.leased_until IS NULL OR e.leased_until <= now)
WITH e, now
ORDER BY e.number
LIMIT $limit
SET e.leased_until = now + $milliseconds
RETURN e.number AS number, e.record AS record
ORDER BY number
