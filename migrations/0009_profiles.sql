-- How people want to be called, what they say about themselves and what they chose.
CREATE TABLE profiles (
    user_id TEXT PRIMARY KEY NOT NULL,
    name TEXT NOT NULL,
    bio TEXT NOT NULL,
    language TEXT,
    theme TEXT NOT NULL
);
