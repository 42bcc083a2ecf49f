//! What the fuzzers share.

use std::panic::{PanicHookInfo, set_hook, take_hook};

/// Decoders that are known to panic, and whose panics `engine::codec` turns into an error.
const CONTAINED: [&str; 1] = ["/zune-jpeg-"];

/// libFuzzer's hook ends the program at any panic, also at one that is caught: from here on not at those of known decoders.
pub fn let_decoders_panic() {
    let end = take_hook();
    set_hook(Box::new(move |panic: &PanicHookInfo<'_>| {
        let contained = |place: &str| CONTAINED.iter().any(|decoder| place.contains(decoder));
        if !panic.location().is_some_and(|location| contained(location.file())) {
            end(panic);
        }
    }));
}
