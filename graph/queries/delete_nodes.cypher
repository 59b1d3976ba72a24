UNWIND $keys AS key
MATCH (n:Record {key: key})
DETACH DELETE n
