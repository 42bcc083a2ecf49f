//! The chain: each link is the hash of the one before it and of a commitment to what was stated.
//!
//! A commitment is a hash of the statement and of a random salt that lies with the statement. Once statement and salt are
//! erased, nothing can be learned from the link, and the chain still holds: what was stated can be forgotten, but not
//! changed, nor put in afterwards.

use aws_lc_rs::digest::{SHA256, digest};
use contract::consent::AttestationId;
use sqlx::{AnyConnection, Row};

use super::repository::Statement;
use crate::database::ensure_one;

/// Where the chain does not hold.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum ChainFault {
    /// A link does not follow from the one before it.
    Broken {
        /// Its place, counted from 1.
        sequence: i64,
    },
    /// A statement is not the one that was chained.
    Changed {
        /// The statement.
        id: AttestationId,
    },
    /// Links are missing at the end.
    Cut {
        /// How many there should be.
        sequence: i64,
    },
}

/// Adds a link; answers with its place. Until the transaction ends, nobody else adds one.
pub(super) async fn append(tx: &mut AnyConnection, commitment: &str) -> Result<i64, sqlx::Error> {
    let held = sqlx::query("UPDATE consent_head SET sequence = sequence + 1 WHERE id = 1");
    ensure_one(&held.execute(&mut *tx).await?)?;
    let head =
        sqlx::query("SELECT sequence, hash FROM consent_head WHERE id = 1").fetch_one(&mut *tx).await?;
    let (sequence, previous): (i64, String) = (head.try_get("sequence")?, head.try_get("hash")?);
    let hash = link(&previous, commitment);
    let added = sqlx::query("INSERT INTO consent_chain (sequence, commitment, hash) VALUES ($1, $2, $3)");
    ensure_one(&added.bind(sequence).bind(commitment).bind(&hash).execute(&mut *tx).await?)?;
    let moved = sqlx::query("UPDATE consent_head SET hash = $1 WHERE id = 1").bind(&hash);
    ensure_one(&moved.execute(tx).await?)?;
    Ok(sequence)
}

/// What a statement is chained by.
pub(super) fn stated(statement: &Statement) -> String {
    let Statement { id, owner, source, face, claim, created_at_ms, .. } = statement;
    let claim = claim.as_str();
    sha256(&format!("{}|stated|{id}|{owner}|{source}|{face}|{claim}|{created_at_ms}", statement.salt))
}

/// What a withdrawal is chained by.
pub(super) fn revoked(statement: &Statement, at_ms: i64) -> String {
    sha256(&format!("{}|revoked|{}|{at_ms}", statement.salt, statement.id))
}

fn link(previous: &str, commitment: &str) -> String {
    sha256(&format!("{previous}|{commitment}"))
}

fn sha256(text: &str) -> String {
    base16ct::lower::encode_string(digest(&SHA256, text.as_bytes()).as_ref())
}

/// Follows the chain from its beginning, and holds every statement that is left against its link.
pub(super) async fn verify(tx: &mut AnyConnection) -> Result<Vec<ChainFault>, sqlx::Error> {
    let head =
        sqlx::query("SELECT sequence, hash FROM consent_head WHERE id = 1").fetch_one(&mut *tx).await?;
    let expected: i64 = head.try_get("sequence")?;
    let rows = sqlx::query("SELECT sequence, commitment, hash FROM consent_chain ORDER BY sequence");
    let rows = rows.fetch_all(&mut *tx).await?;
    let mut faults = Vec::new();
    let mut previous = String::new();
    let mut commitments = Vec::with_capacity(rows.len());
    for (row, place) in rows.iter().zip(1..) {
        let (sequence, hash): (i64, String) = (row.try_get("sequence")?, row.try_get("hash")?);
        let commitment: String = row.try_get("commitment")?;
        if sequence != place || hash != link(&previous, &commitment) {
            faults.push(ChainFault::Broken { sequence: place });
        }
        previous = hash;
        commitments.push(commitment);
    }
    if i64::try_from(rows.len()) != Ok(expected) || head.try_get::<String, _>("hash")? != previous {
        faults.push(ChainFault::Cut { sequence: expected });
    }
    for statement in super::repository::all(tx).await? {
        let at = usize::try_from(statement.sequence - 1).ok();
        if at.and_then(|at| commitments.get(at)) != Some(&stated(&statement)) {
            faults.push(ChainFault::Changed { id: statement.id });
        }
    }
    Ok(faults)
}
