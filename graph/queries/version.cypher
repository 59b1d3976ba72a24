// The data version; no row before the first write.
MATCH (m:Meta {name: 'graph'})
RETURN m.version AS version
