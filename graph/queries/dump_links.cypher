MATCH (a:Record)-[r]->(b:Record)
USING SCAN a:Record
RETURN {type: type(r), start: a.key, end: b.key, properties: properties(r)} AS link
