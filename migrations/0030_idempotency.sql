-- Requests that must have their effect once, however often they are sent: who sent which, and how it was answered.
CREATE TABLE idempotency_keys (
    account_id TEXT NOT NULL,
    -- Method and path.
    route TEXT NOT NULL,
    -- As the client chose it.
    idempotency_key TEXT NOT NULL,
    -- SHA-256 of the body: the same key with another body is another request.
    request_hash BYTEA NOT NULL,
    -- Names the one attempt that may write the answer.
    claim TEXT NOT NULL,
    started_at_ms BIGINT NOT NULL,
    -- The answer, sealed: it may hold what is shown only once. None while the request is at work.
    answer BYTEA,
    expires_at_ms BIGINT NOT NULL,
    PRIMARY KEY (account_id, route, idempotency_key)
);

CREATE INDEX idempotency_keys_by_expiry ON idempotency_keys (expires_at_ms);
