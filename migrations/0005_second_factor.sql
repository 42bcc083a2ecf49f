-- Authenticator apps and recovery codes.
CREATE TABLE totp (
    user_id TEXT PRIMARY KEY NOT NULL REFERENCES accounts (id) ON DELETE CASCADE,
    sealed_secret BYTEA NOT NULL,
    -- The last step whose code was taken: none is taken twice.
    last_step BIGINT NOT NULL,
    confirmed_at_ms BIGINT
);

CREATE TABLE recovery_codes (
    hash TEXT PRIMARY KEY NOT NULL,
    user_id TEXT NOT NULL REFERENCES accounts (id) ON DELETE CASCADE
);

CREATE INDEX recovery_codes_by_user ON recovery_codes (user_id);
