// Make writers queue. Removing a property that is not there takes the node's write lock and changes nothing.
MERGE (m:Meta {name: $name})
  ON CREATE SET m.version = 0, m.revisions = 0, m.entries = 0
REMOVE m.lock
WITH m
RETURN m.version AS version, m.revisions AS revisions, m.entries AS entries
