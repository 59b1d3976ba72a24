// The conditions are those of find.cypher.
MATCH (n:Record)
WHERE n.key STARTS WITH $prefix AND all(clause IN $clauses WHERE any(literal IN clause WHERE literal.negated <> coalesce(
  any(held IN [held IN [] + n[literal.field] | CASE held WHEN true THEN 1 WHEN false THEN 0 ELSE held END] WHERE
    CASE literal.op
      WHEN 'in' THEN held IN literal.values
      WHEN 'range' THEN (literal.low IS NULL OR held >= literal.low) AND (literal.high IS NULL OR held <= literal.high)
      ELSE true
    END), false)))
UNWIND $fields AS field
UNWIND [] + n[field] AS value
RETURN field, value, count(DISTINCT n) AS nodes
