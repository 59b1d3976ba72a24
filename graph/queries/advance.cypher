// One more data version; the counters number revisions and outbox entries.
MATCH (m:Meta {name: 'graph'})
SET m.version = m.version + 1, m.revisions = m.revisions + $revisions, m.entries = m.entries + $entries
RETURN m.version AS version
