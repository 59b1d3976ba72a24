// One row for each node of the page, each with the total; one row without a node when the page is empty.
// A clause holds when one of its literals does; a value and a list of values are treated alike by `[] +`.
// The least value of a list ranks it.
MATCH (n:Record)
WHERE n.key STARTS WITH $prefix AND all(clause IN $clauses WHERE any(literal IN clause WHERE literal.negated <> coalesce(
  any(held IN [held IN [] + n[literal.field] | CASE held WHEN true THEN 1 WHEN false THEN 0 ELSE held END] WHERE
    CASE literal.op
      WHEN 'in' THEN held IN literal.values
      WHEN 'range' THEN (literal.low IS NULL OR held >= literal.low) AND (literal.high IS NULL OR held <= literal.high)
      ELSE true
    END), false)))
WITH n, reduce(least = null, held IN [] + n[$order] | CASE WHEN held >= least THEN least ELSE held END) AS rank
ORDER BY rank IS NULL, CASE WHEN NOT $falling THEN rank END, CASE WHEN $falling THEN rank END DESC, n.id
WITH collect(n) AS found
WITH size(found) AS total, found[$from..$to] AS page
UNWIND CASE page WHEN [] THEN [null] ELSE page END AS n
RETURN total, properties(n) AS node
