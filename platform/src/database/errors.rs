//! What a failure of the database means to those who asked.

use contract::ErrorCode;
use sqlx::any::AnyQueryResult;

/// The code of a failed query: out of reach, or our own mistake.
pub fn error_code(error: &sqlx::Error) -> ErrorCode {
    if is_out_of_reach(error) { ErrorCode::Unavailable } else { ErrorCode::Internal }
}

/// Whether a row of that kind was there already.
pub fn is_unique_violation(error: &sqlx::Error) -> bool {
    error.as_database_error().is_some_and(|error| error.is_unique_violation())
}

/// Refuses a change that did not touch exactly one row.
///
/// # Errors
/// [`sqlx::Error::RowNotFound`] when it touched none, or several: then the statement lacks a condition, and the
/// transaction must not be committed.
pub fn ensure_one(done: &AnyQueryResult) -> Result<(), sqlx::Error> {
    if done.rows_affected() == 1 { Ok(()) } else { Err(sqlx::Error::RowNotFound) }
}

/// Whether the same request may succeed a moment later, because it failed for want of the database.
fn is_out_of_reach(error: &sqlx::Error) -> bool {
    use sqlx::Error;
    match error {
        Error::Io(_)
        | Error::Tls(_)
        | Error::PoolTimedOut
        | Error::PoolClosed
        | Error::WorkerCrashed
        | Error::BeginFailed => true,
        Error::Database(error) => error.code().is_some_and(|code| is_out_of_reach_code(&code)),
        _ => false,
    }
}

/// SQLite's codes are numbers, PostgreSQL's five characters. The former may be shorter: both are told apart by length.
fn is_out_of_reach_code(code: &str) -> bool {
    if code.len() == 5 { is_out_of_reach_sqlstate(code) } else { is_out_of_reach_sqlite(code) }
}

fn is_out_of_reach_sqlite(code: &str) -> bool {
    /// Busy, locked, read-only, I/O error, disk full, cannot open.
    const PRIMARY: [u32; 6] = [5, 6, 8, 10, 13, 14];
    // The low byte of an extended code is the primary one.
    code.parse::<u32>().is_ok_and(|code| PRIMARY.contains(&(code & 0xff)))
}

fn is_out_of_reach_sqlstate(code: &str) -> bool {
    /// Connection lost, out of resources, told to stop, its own system failing, conflict with another transaction.
    const CLASSES: [&str; 5] = ["08", "53", "57", "58", "40"];
    /// A lock that another holds, a server that only reads.
    const CODES: [&str; 2] = ["55P03", "25006"];
    CODES.contains(&code) || CLASSES.iter().any(|class| code.starts_with(class))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn codes_of_both_databases_are_told_apart() {
        for code in
            ["5", "261", "517", "14", "13", "3338", "08006", "57P01", "57P03", "53300", "55P03", "40P01"]
        {
            assert!(is_out_of_reach_code(code), "{code}");
        }
        for code in ["1", "19", "2067", "23505", "42P01", "22001"] {
            assert!(!is_out_of_reach_code(code), "{code}");
        }
    }
}
