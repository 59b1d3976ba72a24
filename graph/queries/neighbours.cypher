// Links join records only; a label on the other end lets some statistics lead to a scan of all records.
// An undirected step meets a link from a node to itself once; it counts as outgoing unless only incoming ones are asked for.
UNWIND $keys AS key
MATCH (n:Record {key: key})
USING INDEX SEEK n:Record(key)
MATCH (n)-[r]-(other)
WHERE ($types IS NULL OR type(r) IN $types)
WITH key, r, other, startNode(r).key AS start, endNode(r).key AS end
WHERE $direction = 'both' OR ($direction = 'out' AND start = key) OR ($direction = 'in' AND end = key)
RETURN key, start = key AND NOT ($direction = 'in' AND end = key) AS outgoing, properties(other) AS node,
  {type: type(r), start: start, end: end, properties: properties(r)} AS link
