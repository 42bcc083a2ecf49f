//! Stand-in, replaced in the first commits.
