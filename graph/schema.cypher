// Constraints and indexes; every statement is harmless when repeated. Neo4j >= 5.26, Community.

CREATE CONSTRAINT record_key IF NOT EXISTS FOR (n:Record) REQUIRE n.key IS UNIQUE;
CREATE CONSTRAINT meta_name IF NOT EXISTS FOR (m:Meta) REQUIRE m.name IS UNIQUE;
CREATE CONSTRAINT outbox_number IF NOT EXISTS FOR (e:OutboxEntry) REQUIRE e.number IS UNIQUE;
CREATE INDEX outbox_record IF NOT EXISTS FOR (e:OutboxEntry) ON (e.record);
CREATE INDEX revision_record IF NOT EXISTS FOR (v:Revision) ON (v.record);

// A link is found by its id alone, and an index covers one type: each type has its own.
CREATE INDEX part_of_id IF NOT EXISTS FOR ()-[r:PART_OF]-() ON (r.id);
CREATE INDEX operates_id IF NOT EXISTS FOR ()-[r:OPERATES]-() ON (r.id);
CREATE INDEX hosts_id IF NOT EXISTS FOR ()-[r:HOSTS]-() ON (r.id);
CREATE INDEX owns_id IF NOT EXISTS FOR ()-[r:OWNS]-() ON (r.id);
CREATE INDEX founded_id IF NOT EXISTS FOR ()-[r:FOUNDED]-() ON (r.id);
CREATE INDEX spun_out_of_id IF NOT EXISTS FOR ()-[r:SPUN_OUT_OF]-() ON (r.id);
CREATE INDEX succeeds_id IF NOT EXISTS FOR ()-[r:SUCCEEDS]-() ON (r.id);
CREATE INDEX member_of_id IF NOT EXISTS FOR ()-[r:MEMBER_OF]-() ON (r.id);
CREATE INDEX participates_in_id IF NOT EXISTS FOR ()-[r:PARTICIPATES_IN]-() ON (r.id);
CREATE INDEX agreement_with_id IF NOT EXISTS FOR ()-[r:AGREEMENT_WITH]-() ON (r.id);
CREATE INDEX collaborates_with_id IF NOT EXISTS FOR ()-[r:COLLABORATES_WITH]-() ON (r.id);
CREATE INDEX funds_id IF NOT EXISTS FOR ()-[r:FUNDS]-() ON (r.id);
CREATE INDEX supports_id IF NOT EXISTS FOR ()-[r:SUPPORTS]-() ON (r.id);
CREATE INDEX has_capability_id IF NOT EXISTS FOR ()-[r:HAS_CAPABILITY]-() ON (r.id);
CREATE INDEX broader_id IF NOT EXISTS FOR ()-[r:BROADER]-() ON (r.id);
CREATE INDEX seeks_id IF NOT EXISTS FOR ()-[r:SEEKS]-() ON (r.id);
CREATE INDEX provides_id IF NOT EXISTS FOR ()-[r:PROVIDES]-() ON (r.id);
CREATE INDEX about_id IF NOT EXISTS FOR ()-[r:ABOUT]-() ON (r.id);
CREATE INDEX describes_id IF NOT EXISTS FOR ()-[r:DESCRIBES]-() ON (r.id);
