-- Work that outlives the request that asked for it: a durable queue, and what happened to each job.
CREATE TABLE jobs (
    id TEXT PRIMARY KEY NOT NULL,
    owner_id TEXT NOT NULL,
    -- Which handler does it.
    kind TEXT NOT NULL,
    priority BIGINT NOT NULL,
    -- queued, running, succeeded, failed (not to be tried again), dead (tried often enough), cancelled
    state TEXT NOT NULL,
    -- What to do and what came of it, as JSON.
    input TEXT NOT NULL,
    output TEXT,
    -- A code of the contract's table; null if nothing went wrong in the last attempt.
    failure TEXT,
    -- Of an owner's jobs of a kind, one at a time is queued or running under a key.
    unique_key TEXT,
    -- How often its owner asked for it: a retry after its end is the next round, with tries and a price of its own.
    round BIGINT NOT NULL,
    attempts BIGINT NOT NULL,
    max_attempts BIGINT NOT NULL,
    -- Credits that are held for it.
    price BIGINT NOT NULL,
    -- Counts claims. Only the holder of the last one may write: a worker that stalled has an older number.
    fence BIGINT NOT NULL,
    worker TEXT,
    -- When the next worker may claim it: the end of a pause, or of the present worker's lease.
    due_at_ms BIGINT NOT NULL,
    cancel_asked_at_ms BIGINT,
    -- The number of its last event.
    last_seq BIGINT NOT NULL,
    percent BIGINT NOT NULL,
    created_at_ms BIGINT NOT NULL,
    started_at_ms BIGINT,
    finished_at_ms BIGINT
);

CREATE INDEX jobs_to_claim ON jobs (priority DESC, due_at_ms, id) WHERE state IN ('queued', 'running');
CREATE UNIQUE INDEX jobs_once ON jobs (owner_id, kind, unique_key) WHERE state IN ('queued', 'running');
CREATE INDEX jobs_by_owner ON jobs (owner_id, id);
CREATE INDEX jobs_by_finish ON jobs (finished_at_ms);

-- What a browser is told, in order and without a gap: numbered 1, 2, 3 ... for each job.
CREATE TABLE job_events (
    job_id TEXT NOT NULL,
    seq BIGINT NOT NULL,
    at_ms BIGINT NOT NULL,
    -- As JSON.
    body TEXT NOT NULL,
    PRIMARY KEY (job_id, seq)
);
