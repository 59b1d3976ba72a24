// Make writers queue: removing a property takes the node's write lock and, where there is none, changes nothing.
// It is set once because Neo4j passes over a name that it has never seen.
MERGE (m:Meta {name: $name})
  ON CREATE SET m.version = 0, m.revisions = 0, m.entries = 0, m.lock = true
REMOVE m.lock
WITH m
RETURN m.version AS version, m.revisions AS revisions, m.entries AS entries
