// The length is tested after WITH: inside the search it would turn it into a walk over all paths.
MATCH (a:Record {key: $start})
MATCH (b:Record {key: $end})
WHERE a <> b
MATCH p = allShortestPaths((a)-[links:PART_OF|OPERATES|HOSTS|OWNS|FOUNDED|SPUN_OUT_OF|SUCCEEDS|MEMBER_OF|PARTICIPATES_IN
  |AGREEMENT_WITH|COLLABORATES_WITH|FUNDS|SUPPORTS|HAS_CAPABILITY|BROADER|SEEKS|PROVIDES|ABOUT|DESCRIBES*..6]-(b))
WHERE all(r IN links WHERE type(r) IN $types)
WITH nodes(p) AS nodes, links
WHERE size(links) <= $max_length
WITH nodes, links, reduce(sum = 0.0, r IN links | sum + CASE WHEN r.confidence > 0 THEN r.confidence ELSE 0.0 END) AS confidence
ORDER BY round(confidence, 9) DESC, [n IN nodes | n.key], [r IN links | r.id]
LIMIT $limit
RETURN [n IN nodes | properties(n)] AS nodes,
  [r IN links | {type: type(r), start: startNode(r).key, end: endNode(r).key, properties: properties(r)}] AS links
