-- The buckets of the rate limits, where several servers share them. A bucket that is full again is no row at all.
CREATE TABLE rate_limits (
    bucket TEXT PRIMARY KEY NOT NULL,
    full_at_ms BIGINT NOT NULL
);

CREATE INDEX rate_limits_by_full ON rate_limits (full_at_ms);
