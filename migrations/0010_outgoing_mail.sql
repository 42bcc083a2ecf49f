-- Mails that wait to be delivered, and the trace of those that were. What they say is sealed, and removed with the last
-- attempt.
CREATE TABLE outgoing_mails (
    id TEXT PRIMARY KEY NOT NULL,
    kind TEXT NOT NULL,
    -- The whole mail with its address, sealed; null once there is nothing more to do.
    sealed BYTEA,
    -- waiting, delivered, given_up
    state TEXT NOT NULL,
    -- Counts claims, and so tells a late worker that its claim is no longer the last.
    attempts BIGINT NOT NULL,
    -- When the next worker may claim it: the end of a pause, or of the present worker's lease.
    due_at_ms BIGINT NOT NULL,
    give_up_at_ms BIGINT NOT NULL,
    created_at_ms BIGINT NOT NULL,
    finished_at_ms BIGINT,
    -- Why the last attempt failed; empty if none did.
    failure TEXT NOT NULL
);

CREATE INDEX outgoing_mails_by_due ON outgoing_mails (state, due_at_ms);
CREATE INDEX outgoing_mails_by_finish ON outgoing_mails (finished_at_ms);
