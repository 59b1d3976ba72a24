UNWIND $keys AS key
MATCH (n:Record {key: key})
RETURN properties(n) AS node
