-- What a mail's link or a half-finished sign-in proves, once. A row without a user is the decoy of an unknown address:
-- it makes both cases the same work.
CREATE TABLE one_time_links (
    hash TEXT PRIMARY KEY NOT NULL,
    user_id TEXT REFERENCES accounts (id) ON DELETE CASCADE,
    purpose TEXT NOT NULL,
    -- The new address, where the purpose is to change it.
    email TEXT,
    wrong_codes BIGINT NOT NULL,
    expires_at_ms BIGINT NOT NULL
);

CREATE INDEX one_time_links_by_user ON one_time_links (user_id);
CREATE INDEX one_time_links_by_expiry ON one_time_links (expires_at_ms);
