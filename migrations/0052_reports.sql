-- What people reported, and what was decided about it. Who reports need not have an account.
CREATE TABLE reports (
    id TEXT PRIMARY KEY NOT NULL,
    -- What was reported, as it was written, and the stored file that it names, if it names one.
    address TEXT NOT NULL,
    media_id TEXT,
    reason TEXT NOT NULL,
    details TEXT NOT NULL,
    -- Where to write to about it; may be empty. Forgotten once it is decided.
    contact TEXT NOT NULL,
    -- 'open', 'upheld' or 'dismissed'.
    state TEXT NOT NULL,
    created_at_ms BIGINT NOT NULL,
    decided_at_ms BIGINT,
    decided_by TEXT
);

CREATE INDEX reports_by_state ON reports (state, id);
