-- Credits as a double-entry ledger: what moved, from which account to which, and what each person has because of it.
CREATE TABLE credit_transfers (
    id TEXT PRIMARY KEY NOT NULL,
    -- Whose history it belongs to.
    owner_id TEXT NOT NULL,
    -- allowance, grant, hold, capture, release
    kind TEXT NOT NULL,
    -- What must happen once has a key that no second transfer can have.
    idempotency_key TEXT NOT NULL UNIQUE,
    -- The job that it is about, if it is about one.
    job_id TEXT,
    note TEXT NOT NULL,
    created_at_ms BIGINT NOT NULL
);

CREATE INDEX credit_transfers_by_owner ON credit_transfers (owner_id, id);

-- Two for each transfer: what one account loses, another gains.
CREATE TABLE credit_entries (
    transfer_id TEXT NOT NULL,
    account TEXT NOT NULL,
    amount BIGINT NOT NULL,
    PRIMARY KEY (transfer_id, account)
);

CREATE INDEX credit_entries_by_account ON credit_entries (account);

-- The sums of a person's two accounts. They are never negative, whatever a program tries.
CREATE TABLE credit_balances (
    owner_id TEXT PRIMARY KEY NOT NULL,
    available BIGINT NOT NULL CHECK (available >= 0),
    held BIGINT NOT NULL CHECK (held >= 0)
);
