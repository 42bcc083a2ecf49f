-- Results that the server keeps for a while, for browsers without JavaScript. The pictures lie beside the database.
CREATE TABLE results (
    id TEXT PRIMARY KEY NOT NULL,
    faces BIGINT NOT NULL,
    width BIGINT NOT NULL,
    height BIGINT NOT NULL,
    created_at_ms BIGINT NOT NULL,
    expires_at_ms BIGINT NOT NULL
);

CREATE INDEX results_by_expiry ON results (expires_at_ms);
