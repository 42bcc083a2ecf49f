-- Who stated what about a face that is used as a source, and which results were made on that statement.
CREATE TABLE attestations (
    id TEXT PRIMARY KEY NOT NULL,
    owner TEXT NOT NULL,
    -- The stored photo, and which of its faces, counted from 0.
    source TEXT NOT NULL,
    face BIGINT NOT NULL,
    -- 'self', 'permission' or 'synthetic'.
    claim TEXT NOT NULL,
    -- What the chain's commitment was made with: without it, the commitment says nothing about anybody.
    salt TEXT NOT NULL,
    sequence BIGINT NOT NULL,
    -- How many results were made on it.
    results BIGINT NOT NULL,
    created_at_ms BIGINT NOT NULL,
    revoked_at_ms BIGINT
);

CREATE INDEX attestations_by_owner ON attestations (owner, id);

CREATE TABLE attestation_results (
    attestation_id TEXT NOT NULL,
    media_id TEXT NOT NULL,
    PRIMARY KEY (attestation_id, media_id)
);

-- Every statement and every withdrawal, each bound to all before it. It names nobody.
CREATE TABLE consent_chain (
    sequence BIGINT PRIMARY KEY NOT NULL,
    commitment TEXT NOT NULL,
    hash TEXT NOT NULL
);

-- Its newest link: whoever adds one holds this row.
CREATE TABLE consent_head (
    id BIGINT PRIMARY KEY NOT NULL,
    sequence BIGINT NOT NULL,
    hash TEXT NOT NULL
);

INSERT INTO consent_head (id, sequence, hash) VALUES (1, 0, '');

-- Who said that they are of age.
CREATE TABLE ages (
    owner TEXT PRIMARY KEY NOT NULL,
    confirmed_at_ms BIGINT NOT NULL
);
