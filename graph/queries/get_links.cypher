// Every type is named because only a named type can be sought through its index on id.
UNWIND $ids AS id
MATCH (a)-[r:PART_OF|OPERATES|HOSTS|OWNS|FOUNDED|SPUN_OUT_OF|SUCCEEDS|MEMBER_OF|PARTICIPATES_IN|AGREEMENT_WITH
  |COLLABORATES_WITH|FUNDS|SUPPORTS|HAS_CAPABILITY|BROADER|SEEKS|PROVIDES|ABOUT|DESCRIBES {id: id}]->(b)
RETURN {type: type(r), start: a.key, end: b.key, properties: properties(r)} AS link
