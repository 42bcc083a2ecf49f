-- Who signs the manifests of pictures that leave: one key for the instance, made at its first start.
CREATE TABLE provenance_identities (
    -- There is one, and this is its name.
    id TEXT PRIMARY KEY CHECK (id = 'instance'),
    -- The private key, sealed with the instance's secret.
    sealed_seed BYTEA NOT NULL,
    -- Its certificate and that of the authority that signed it (X.509, DER).
    certificate BYTEA NOT NULL,
    root_certificate BYTEA NOT NULL,
    made_at_ms BIGINT NOT NULL
);
