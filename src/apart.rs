//! Work that is done once for everybody who asks, and that uses every core: reading history, before all.
//!
//! Rules run in parallel and ask for such work when they first need it. A thread of theirs that waited for parts of the
//! work would meanwhile take up another rule, which may ask for the same work: it would wait for itself for ever. So the
//! work gets threads of its own while the one that asked first, and all others, stand still. Knows nothing of the work.

/// Does a work that uses rayon, in such a way that the thread which waits for it takes up nothing else.
pub fn apart<T: Send>(work: impl FnOnce() -> T + Send) -> T {
    // Outside the pool nobody waits by working.
    if rayon::current_thread_index().is_none() {
        return work();
    }
    let Ok(pool) = rayon::ThreadPoolBuilder::new().build() else { return work() };
    let done = std::thread::scope(|scope| scope.spawn(|| pool.install(work)).join());
    done.unwrap_or_else(|panic| std::panic::resume_unwind(panic))
}

#[cfg(test)]
mod tests {
    use std::sync::OnceLock;

    use rayon::prelude::*;

    use super::*;

    #[test]
    fn many_who_ask_for_one_work_at_once_wait_for_it_and_not_for_each_other() {
        // Without threads of its own the work ends here in most runs never: its asker takes up another asker.
        for _ in 0..50 {
            let once: OnceLock<u64> = OnceLock::new();
            let work = || {
                (0..64_u64)
                    .into_par_iter()
                    .map(|n| (0..200).fold(n, |a, b| a.wrapping_mul(31) ^ b))
                    .reduce(|| 0, u64::wrapping_add)
            };
            let ask = |_| *once.get_or_init(|| apart(work));
            let answers: Vec<u64> = (0..64).into_par_iter().map(ask).collect();
            assert!(answers.iter().all(|answer| *answer == work()));
        }
    }
}
