//! Rows of `api_keys`.
