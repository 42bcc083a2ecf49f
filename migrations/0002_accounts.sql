-- Who has an account: the address, the password's hash and what they may do. Names and settings are the users' feature.
CREATE TABLE accounts (
    id TEXT PRIMARY KEY NOT NULL,
    email TEXT NOT NULL,
    -- The address as mail servers compare it.
    email_key TEXT NOT NULL UNIQUE,
    email_verified_at_ms BIGINT,
    -- A PHC string; none for those who come through another sign-in only.
    password_hash TEXT,
    role TEXT NOT NULL,
    locked_at_ms BIGINT,
    -- Their name at Supabase, where that sign-in is in use.
    supabase_subject TEXT UNIQUE,
    created_at_ms BIGINT NOT NULL
);
