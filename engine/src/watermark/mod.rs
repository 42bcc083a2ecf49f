//! An invisible mark in a picture: 64 bits that say where it comes from, and outlive what happens to pictures.
//!
//! Additive spread spectrum (Cox, Kilian, Leighton and Shamoon 1997, "Secure Spread Spectrum Watermarking for
//! Multimedia") in the brightness of the picture, in a square of waves that repeats all over it, so that any part shows
//! it (Kutter 1998; Honsinger and Rabbani 2000). What the picture itself says at a wave is known when the mark is made,
//! and only what is missing is added: improved spread spectrum (Malvar and Florêncio 2003), bit by bit. A picture is
//! first brought to one area, so that a resize changes nothing; some of the waves are a pilot, whose correlation with
//! the picture tells how far it was cropped and where (Pereira and Pun 2000). The payload has a CRC-32 and a
//! convolutional code, decoded softly.
//!
//! The pattern is no secret: everybody may read the mark, and who wants to can take it out. It answers "was this made
//! here?" for pictures that travelled without malice; what proves it is the signed manifest. `docs/PROVENANCE.md` has
//! the measurements, `cargo run --example watermark` makes them.

mod code;
mod detect;
mod embed;
mod fft;
mod jpeg;
mod pattern;
mod plane;

pub use detect::{Detection, MAX_TRIES, detect};
pub use embed::{PSNR_DB, embed};
