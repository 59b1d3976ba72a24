UNWIND $rows AS row
CREATE (v:Revision)
SET v = row
