MATCH (n:Record)
RETURN properties(n) AS node
