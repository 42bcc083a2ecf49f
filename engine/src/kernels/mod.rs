//! The networks' fast path on processors: depthwise 3x3, pointwise 1x1, skip connection and activation of a block fused,
//! and a whole network in one call without an allocation.
//!
//! The weights are those of the Burn modules in [`crate::nets`], packed once. The modules stay what runs on other devices,
//! and what these kernels are tested against. Why they are our own: docs/adr/0015.

#![allow(
    clippy::needless_range_loop,
    reason = "indices say which pixel and which vector, in several arrays at once"
)]

mod buffer;
mod depthwise;
#[allow(unsafe_code, reason = "the processor's vectors; its documentation says why each call is sound")]
mod lanes;
mod layer;
mod network;
mod product;
mod rows;

pub(crate) use depthwise::Depthwise;
pub(crate) use layer::{InputShape, Kind, Layer};
pub(crate) use network::{Arena, Inference, Network};
pub(crate) use product::{Product, Weights};

use lanes::Lanes;

/// Numbers per vector of what this target computes with.
#[cfg(any(target_arch = "aarch64", all(target_arch = "wasm32", target_feature = "simd128")))]
pub(crate) const WIDTH: usize = 4;
/// Numbers per vector of what this target computes with.
#[cfg(not(any(target_arch = "aarch64", all(target_arch = "wasm32", target_feature = "simd128"))))]
pub(crate) const WIDTH: usize = 8;

/// Runs an inference with the best instructions that this processor has.
#[inline(never)] // Instruction counts are taken of this function.
pub(crate) fn infer(network: &Network<WIDTH>, arena: &mut Arena<WIDTH>) {
    let inference = Inference { network, arena };
    #[cfg(target_arch = "x86_64")]
    if let Some(avx512) = lanes::Avx512::detect() {
        return avx512.vectorise(inference);
    }
    #[cfg(target_arch = "x86_64")]
    if let Some(avx2) = lanes::Avx2::detect() {
        return avx2.vectorise(inference);
    }
    #[cfg(target_arch = "aarch64")]
    lanes::Neon.vectorise(inference);
    #[cfg(all(target_arch = "wasm32", target_feature = "simd128"))]
    lanes::Wasm.vectorise(inference);
    #[cfg(not(any(target_arch = "aarch64", all(target_arch = "wasm32", target_feature = "simd128"))))]
    lanes::Scalar.vectorise(inference);
}

/// The same with what [`infer`] passes over on this processor: without any vectors, and with older ones; `done` is told
/// which.
#[cfg(test)]
pub(crate) fn infer_otherwise(
    network: &Network<WIDTH>,
    arena: &mut Arena<WIDTH>,
    mut done: impl FnMut(&str, &Arena<WIDTH>),
) {
    lanes::Scalar.vectorise(Inference { network, arena });
    done("scalar", arena);
    #[cfg(target_arch = "x86_64")]
    if let Some(avx2) = lanes::Avx2::detect() {
        avx2.vectorise(Inference { network, arena });
        done("AVX2", arena);
    }
}

/// What [`infer`] computes with, for people who measure.
pub fn instructions() -> &'static str {
    #[cfg(target_arch = "x86_64")]
    if lanes::Avx512::detect().is_some() {
        return "AVX-512";
    }
    #[cfg(target_arch = "x86_64")]
    if lanes::Avx2::detect().is_some() {
        return "AVX2 and FMA";
    }
    if cfg!(target_arch = "aarch64") {
        "NEON"
    } else if cfg!(all(target_arch = "wasm32", target_feature = "relaxed-simd")) {
        "relaxed-simd"
    } else if cfg!(all(target_arch = "wasm32", target_feature = "simd128")) {
        "simd128"
    } else {
        "scalar"
    }
}
