#!/bin/sh
# Cargo calls this in the place of the compiler, for the crates of this house (RUSTC_WORKSPACE_WRAPPER): the engine gets
# relaxed SIMD. Not by RUSTFLAGS, which all crates would get: macerator 0.5.2, below Burn, does not compile with it.
case " $* " in
*" --crate-name engine "*" --target wasm32-unknown-unknown "*) exec "$@" -C target-feature=+simd128,+relaxed-simd ;;
*) exec "$@" ;;
esac
