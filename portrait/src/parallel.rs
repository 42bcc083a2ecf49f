//! Bands of rows on every core; the picture does not depend on how many there are.

use std::sync::Mutex;

/// Calls `work(index, band)` for each band of `length` items; bands are handed to threads as these become free.
pub(crate) fn for_each_row<T: Send>(items: &mut [T], length: usize, work: impl Fn(usize, &mut [T]) + Sync) {
    let threads = std::thread::available_parallelism().map_or(1, |n| n.get().min(8));
    if threads == 1 || cfg!(target_family = "wasm") {
        items.chunks_mut(length).enumerate().for_each(|(i, band)| work(i, band));
        return;
    }
    let queue = Mutex::new(items.chunks_mut(length).enumerate());
    let next = || queue.lock().map_or(None, |mut bands| bands.next());
    std::thread::scope(|scope| {
        for _ in 0..threads {
            scope.spawn(|| {
                while let Some((i, band)) = next() {
                    work(i, band);
                }
            });
        }
    });
}
