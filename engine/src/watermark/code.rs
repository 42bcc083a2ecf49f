//! The payload as a codeword that survives lost and flipped bits.
//!
//! CRC-32 (ISO 3309) tells a payload from noise; a convolutional code of rate 1/3 and constraint length 9 (generators
//! 557, 663, 711, free distance 18; 3GPP2 C.S0002) corrects errors, decoded softly by Viterbi's algorithm (1967).

/// Bits of a payload.
const PAYLOAD_BITS: usize = 64;
/// Bits that tell a payload from noise.
const CHECK_BITS: usize = 32;
/// Zeros that lead the coder back to its first state.
const TAIL_BITS: usize = 8;
const STEPS: usize = PAYLOAD_BITS + CHECK_BITS + TAIL_BITS;
const GENERATORS: [u16; 3] = [0o557, 0o663, 0o711];
const STATES: usize = 1 << TAIL_BITS;

/// Bits of a codeword.
pub(super) const CODE_BITS: usize = STEPS * GENERATORS.len();

/// The codeword of a payload, each bit as +1 (a one) or -1.
pub(super) fn encode(payload: u64) -> [f32; CODE_BITS] {
    let message = (u128::from(payload) << CHECK_BITS | u128::from(crc32(payload))) << TAIL_BITS;
    let mut register = 0u16;
    let mut code = [0.0; CODE_BITS];
    for (step, out) in code.chunks_exact_mut(GENERATORS.len()).enumerate() {
        register = register << 1 | (message >> (STEPS - 1 - step) & 1) as u16;
        out.copy_from_slice(&outputs(register));
    }
    code
}

/// The payload whose codeword is most like `soft`, if its check holds.
///
/// `soft` says for each bit how much it looks like a one (positive) or a zero (negative), on any scale.
pub(super) fn decode(soft: &[f32; CODE_BITS]) -> Option<u64> {
    let message = most_likely(soft) >> TAIL_BITS;
    let (payload, check) = ((message >> CHECK_BITS) as u64, message as u32);
    (crc32(payload) == check).then_some(payload)
}

/// Viterbi's algorithm: the best way into each state, step by step, then back from state zero.
fn most_likely(soft: &[f32; CODE_BITS]) -> u128 {
    let branches: Vec<[f32; 3]> = (0..2 * STATES as u16).map(outputs).collect();
    let mut score = [f32::NEG_INFINITY; STATES];
    score[0] = 0.0;
    let mut came_from = Vec::with_capacity(STEPS);
    for soft in soft.chunks_exact(GENERATORS.len()) {
        let mut next = [f32::NEG_INFINITY; STATES];
        let mut from = [false; STATES];
        for state in 0..STATES {
            // The register's eight newest bits are the new state; its oldest bit says which state was before.
            let way = |oldest: usize| {
                let branch = &branches[oldest << TAIL_BITS | state];
                let before = (oldest << TAIL_BITS | state) >> 1;
                score[before] + branch.iter().zip(soft).map(|(b, s)| b * s).sum::<f32>()
            };
            let (low, high) = (way(0), way(1));
            from[state] = high > low;
            next[state] = low.max(high);
        }
        came_from.push(from);
        score = next;
    }
    let mut state = 0;
    let mut message = 0u128;
    for (step, from) in came_from.iter().rev().enumerate() {
        message |= ((state & 1) as u128) << step;
        state = (usize::from(from[state]) << TAIL_BITS | state) >> 1;
    }
    message
}

fn outputs(register: u16) -> [f32; 3] {
    GENERATORS.map(|taps| if (register & taps).count_ones() % 2 == 1 { 1.0 } else { -1.0 })
}

fn crc32(payload: u64) -> u32 {
    crc32fast::hash(&payload.to_be_bytes())
}

#[cfg(test)]
mod tests {
    use super::*;

    const PAYLOADS: [u64; 5] = [0, u64::MAX, 1, 0x0123_4567_89AB_CDEF, 1 << 63];

    #[test]
    fn the_check_is_the_known_one() {
        assert_eq!(crc32(u64::from_be_bytes(*b"12345678")), 0x9AE0_DAAF);
    }

    #[test]
    fn every_seventh_bit_may_be_wrong() {
        for payload in PAYLOADS {
            let mut soft = encode(payload);
            soft.iter_mut().step_by(7).for_each(|bit| *bit = -*bit);
            assert_eq!(decode(&soft), Some(payload));
        }
    }

    #[test]
    fn noise_is_no_payload() {
        let mut state = 1u64;
        for _ in 0..200 {
            let soft = std::array::from_fn(|_| {
                state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1);
                (state >> 40) as f32 / (1 << 23) as f32 - 1.0
            });
            assert_eq!(decode(&soft), None);
        }
    }
}
