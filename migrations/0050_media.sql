-- Pictures and documents that people keep here. What is in them lies in the store, under the id.
CREATE TABLE media (
    id TEXT PRIMARY KEY NOT NULL,
    owner TEXT NOT NULL,
    -- 'upload' or 'result'.
    kind TEXT NOT NULL,
    -- 'private' or 'public'.
    visibility TEXT NOT NULL,
    name TEXT NOT NULL,
    format TEXT NOT NULL,
    bytes BIGINT NOT NULL,
    -- Pixels and frames; 0 of each for a document.
    width BIGINT NOT NULL,
    height BIGINT NOT NULL,
    frames BIGINT NOT NULL,
    blur_hash TEXT NOT NULL,
    -- Of what was sent, so that the same file is kept once; and of what is stored, which is the entity tag.
    sent_sha256 TEXT NOT NULL,
    sha256 TEXT NOT NULL,
    created_at_ms BIGINT NOT NULL,
    -- None for what its owner wants to keep.
    expires_at_ms BIGINT,
    -- When its owner threw it away; it can be had back for a day.
    deleted_at_ms BIGINT,
    -- When a moderator took it down.
    hidden_at_ms BIGINT,
    UNIQUE (owner, kind, sent_sha256)
);

CREATE INDEX media_by_owner ON media (owner, id);
CREATE INDEX media_by_expiry ON media (expires_at_ms);
CREATE INDEX media_by_deletion ON media (deleted_at_ms);

-- One row for each person who ever kept something. Whoever changes what a person keeps holds its lock, so that the quota
-- and every other rule hold among requests at once.
CREATE TABLE media_owners (
    owner TEXT PRIMARY KEY NOT NULL
);

-- Names in the store that are to be removed: written before anything is stored, and taken away by the transaction that
-- adds the row. So nothing can lie in the store that no row knows of, whenever a server dies.
CREATE TABLE media_removals (
    id TEXT PRIMARY KEY NOT NULL,
    due_at_ms BIGINT NOT NULL
);

CREATE INDEX media_removals_by_due ON media_removals (due_at_ms);
