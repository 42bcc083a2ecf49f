-- The Ed25519 keys of access tokens, their private halves sealed with the instance's secret.
CREATE TABLE signing_keys (
    kid TEXT PRIMARY KEY NOT NULL,
    public_key TEXT NOT NULL,
    sealed_seed BYTEA NOT NULL,
    signs_until_ms BIGINT NOT NULL,
    verifies_until_ms BIGINT NOT NULL
);
