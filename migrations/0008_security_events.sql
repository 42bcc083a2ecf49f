-- What happened to each account's security. Rows are added and never changed; they go with the account.
CREATE TABLE security_events (
    id TEXT PRIMARY KEY NOT NULL,
    user_id TEXT NOT NULL REFERENCES accounts (id) ON DELETE CASCADE,
    kind TEXT NOT NULL,
    network TEXT NOT NULL,
    device TEXT NOT NULL,
    created_at_ms BIGINT NOT NULL
);

CREATE INDEX security_events_by_user ON security_events (user_id, id);
CREATE INDEX security_events_by_age ON security_events (created_at_ms);
