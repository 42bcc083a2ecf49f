//! Documents: kept as they are, so looked at for what would make them more than a document.

use contract::ErrorCode;

/// How far from the end the mark of a whole file may stand (ISO 32000-1, annex H, note 18).
const END_WITHIN: usize = 1024;

/// Names that run something or carry files (ISO 32000-1, 12.6.4 and 7.11.4). What a document hides in compressed parts
/// is not found here: that is why a document is only ever handed out to be saved, never shown.
const ACTIVE: [&[u8]; 5] = [b"/JavaScript", b"/JS", b"/Launch", b"/EmbeddedFile", b"/RichMedia"];

/// Lets through a document that is whole and does nothing.
///
/// # Errors
/// [`ErrorCode::DocumentDamaged`], [`ErrorCode::MediaPolyglot`] and [`ErrorCode::DocumentActive`].
pub(super) fn check(bytes: &[u8]) -> Result<(), ErrorCode> {
    let tail = &bytes[bytes.len().saturating_sub(END_WITHIN)..];
    if is_archive(bytes) {
        return Err(ErrorCode::MediaPolyglot);
    }
    if !contains(tail, b"%%EOF") || !contains(tail, b"startxref") {
        return Err(ErrorCode::DocumentDamaged);
    }
    if ACTIVE.iter().any(|name| has_name(bytes, name)) {
        return Err(ErrorCode::DocumentActive);
    }
    Ok(())
}

/// A ZIP archive is read from its end, where its directory is (APPNOTE 4.3.16), and may have anything before it.
fn is_archive(bytes: &[u8]) -> bool {
    const COMMENT_AND_RECORD: usize = 0xFFFF + 22;
    contains(&bytes[bytes.len().saturating_sub(COMMENT_AND_RECORD)..], b"PK\x05\x06")
}

/// A name ends where no letter follows.
fn has_name(bytes: &[u8], name: &[u8]) -> bool {
    let ends = |at: usize| bytes.get(at + name.len()).is_none_or(|next| !next.is_ascii_alphanumeric());
    bytes.windows(name.len()).enumerate().any(|(at, part)| part == name && ends(at))
}

fn contains(bytes: &[u8], word: &[u8]) -> bool {
    bytes.windows(word.len()).any(|part| part == word)
}

#[cfg(test)]
mod tests {
    use super::*;

    const WHOLE: &str =
        "%PDF-1.4\n1 0 obj<</Type/Catalog>>endobj\ntrailer<</Root 1 0 R>>\nstartxref\n9\n%%EOF\n";

    #[test]
    fn a_document_is_whole_and_does_nothing() {
        assert_eq!(check(WHOLE.as_bytes()), Ok(()));
        assert_eq!(check(&WHOLE.as_bytes()[..60]), Err(ErrorCode::DocumentDamaged));
        for name in ["/JavaScript", "/JS ", "/Launch", "/EmbeddedFile<<"] {
            let active = WHOLE.replace("/Type", &format!("{name}/Type"));
            assert_eq!(check(active.as_bytes()), Err(ErrorCode::DocumentActive), "{name}");
        }
        assert_eq!(check(WHOLE.replace("/Type", "/JSON/Type").as_bytes()), Ok(()));
        let archive = [WHOLE.as_bytes(), b"PK\x05\x06", &[0; 18]].concat();
        assert_eq!(check(&archive), Err(ErrorCode::MediaPolyglot));
    }
}
