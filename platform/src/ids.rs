//! Randomness, as a port: a test counts.

/// Gives random bits fit for secrets.
pub trait RandomSource: Send + Sync {
    /// 128 bits that nobody can guess.
    fn bits_128(&self) -> u128;
}
