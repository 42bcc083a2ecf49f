//! What a picture's file holds beside the picture.
//!
//! A file that is a picture to one program and an archive, a document or a page to another passes filters that look at
//! one of them (a polyglot). Ours are written anew, so nothing of that is kept; whoever sends one is told so.

use contract::media::MediaFormat;

/// How far into a file PDF readers look for its beginning (ISO 32000-1, annex H, note 13).
const PDF_STARTS_WITHIN: usize = 1024;

/// Whether a picture's bytes are those of something else as well.
pub(super) fn is_polyglot(format: MediaFormat, bytes: &[u8]) -> bool {
    let head = &bytes[..bytes.len().min(PDF_STARTS_WITHIN)];
    contains(head, b"%PDF-") || has_markup(bytes) || carries_a_file(after_picture(format, bytes))
}

/// A page or a script, in whatever letters. Six letters in a row do not come about in pixels.
fn has_markup(bytes: &[u8]) -> bool {
    const MARKUP: [&[u8]; 4] = [b"<script", b"<?php", b"<!doctype html", b"<html>"];
    let at = |start: usize| {
        let rest = &bytes[start..];
        MARKUP.iter().any(|word| rest.len() >= word.len() && rest[..word.len()].eq_ignore_ascii_case(word))
    };
    bytes.iter().enumerate().any(|(start, byte)| *byte == b'<' && at(start))
}

/// Whether an archive, a program or a document begins anywhere in what stands behind a picture. Telephones put
/// films there, which are none of these.
pub(super) fn carries_a_file(behind: &[u8]) -> bool {
    const BEGINNINGS: [&[u8]; 7] = [
        b"PK\x03\x04",
        b"PK\x05\x06",
        b"Rar!\x1a\x07",
        b"7z\xbc\xaf\x27\x1c",
        b"\x7fELF",
        b"%PDF-",
        b"MZ\x90\x00",
    ];
    BEGINNINGS.iter().any(|beginning| contains(behind, beginning))
}

fn contains(bytes: &[u8], word: &[u8]) -> bool {
    bytes.windows(word.len()).any(|part| part == word)
}

/// What stands behind the end that the format itself states.
fn after_picture(format: MediaFormat, bytes: &[u8]) -> &[u8] {
    let end = match format {
        MediaFormat::Jpeg => after_jpeg(bytes),
        MediaFormat::Png => after_png(bytes),
        MediaFormat::WebP => after_webp(bytes),
        // A GIF's end is known once it has been read block by block: `inspect` does.
        MediaFormat::Gif | MediaFormat::Pdf => None,
    };
    end.and_then(|end| bytes.get(end..)).unwrap_or_default()
}

/// Segments follow each other until the first scan (ITU-T T.81, B.1.1); what a segment holds, a small picture say, is
/// skipped. In scans, the marker of the end cannot occur.
fn after_jpeg(bytes: &[u8]) -> Option<usize> {
    const START_OF_SCAN: u8 = 0xDA;
    let mut at = 2;
    while *bytes.get(at + 1)? != START_OF_SCAN {
        let length = bytes.get(at + 2..at + 4)?;
        at += 2 + usize::from(u16::from_be_bytes(length.try_into().ok()?));
    }
    let end = bytes[at..].windows(2).position(|pair| pair == [0xFF, 0xD9])?;
    Some(at + end + 2)
}

/// Chunks follow each other until `IEND` (PNG, third edition, 5.3).
fn after_png(bytes: &[u8]) -> Option<usize> {
    let mut at = 8;
    loop {
        let (length, name) = (bytes.get(at..at + 4)?, bytes.get(at + 4..at + 8)?);
        let length = u32::from_be_bytes(length.try_into().ok()?) as usize;
        at = at.checked_add(length)?.checked_add(12)?;
        if name == b"IEND" {
            return Some(at);
        }
    }
}

/// The container states its length (RFC 9649, 2.3).
fn after_webp(bytes: &[u8]) -> Option<usize> {
    let length = u32::from_le_bytes(bytes.get(4..8)?.try_into().ok()?) as usize;
    length.checked_add(8)
}
