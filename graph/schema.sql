-- The embedded graph store. node_values repeats every property that can be filtered, counted or ordered by.
CREATE TABLE IF NOT EXISTS meta (name TEXT PRIMARY KEY, number INTEGER NOT NULL) WITHOUT ROWID;
INSERT OR IGNORE INTO meta VALUES ('version', 0);

CREATE TABLE IF NOT EXISTS nodes (
    label TEXT NOT NULL,
    id TEXT NOT NULL,
    kind TEXT NOT NULL,
    properties TEXT NOT NULL,
    PRIMARY KEY (label, id)
) WITHOUT ROWID;

CREATE TABLE IF NOT EXISTS node_values (
    label TEXT NOT NULL,
    field TEXT NOT NULL,
    value NOT NULL,
    id TEXT NOT NULL,
    PRIMARY KEY (label, field, value, id)
) WITHOUT ROWID;
CREATE INDEX IF NOT EXISTS node_values_by_node ON node_values (label, id, field, value);

CREATE TABLE IF NOT EXISTS links (
    id TEXT PRIMARY KEY,
    type TEXT NOT NULL,
    start_label TEXT NOT NULL,
    start_id TEXT NOT NULL,
    end_label TEXT NOT NULL,
    end_id TEXT NOT NULL,
    properties TEXT NOT NULL
) WITHOUT ROWID;
CREATE INDEX IF NOT EXISTS links_by_start ON links (start_label, start_id);
CREATE INDEX IF NOT EXISTS links_by_end ON links (end_label, end_id);

CREATE TABLE IF NOT EXISTS revisions (
    number INTEGER PRIMARY KEY AUTOINCREMENT,
    label TEXT NOT NULL,
    id TEXT NOT NULL,
    action TEXT NOT NULL,
    at TEXT NOT NULL,
    author TEXT NOT NULL,
    reason TEXT NOT NULL,
    diff TEXT NOT NULL
);
CREATE INDEX IF NOT EXISTS revisions_by_subject ON revisions (label, id, number);

CREATE TABLE IF NOT EXISTS outbox (
    number INTEGER PRIMARY KEY AUTOINCREMENT,
    label TEXT NOT NULL,
    id TEXT NOT NULL,
    leased_until REAL NOT NULL DEFAULT 0
);
CREATE INDEX IF NOT EXISTS outbox_by_key ON outbox (label, id);
