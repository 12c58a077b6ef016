//! What a reader remembers of objects.

use std::collections::HashMap;
use std::hash::{BuildHasherDefault, Hash};

use crate::history::id::NameHasher;

/// Objects above this size are rarely a base of anything and would push out everything else.
const LARGEST: usize = 1 << 20;

/// Keeps about as many bytes as allowed, of what was used last: when half of them are new, the older half goes.
pub(super) struct BoundedCache<K, V> {
    young: HashMap<K, (V, usize), BuildHasherDefault<NameHasher>>,
    old: HashMap<K, (V, usize), BuildHasherDefault<NameHasher>>,
    bytes: usize,
    most: usize,
}

impl<K: Copy + Eq + Hash, V: Clone> BoundedCache<K, V> {
    pub(super) fn new(most: usize) -> Self {
        Self { young: HashMap::default(), old: HashMap::default(), bytes: 0, most }
    }

    pub(super) fn get(&mut self, key: &K) -> Option<V> {
        if let Some((value, _)) = self.young.get(key) {
            return Some(value.clone());
        }
        let (value, size) = self.old.remove(key)?;
        self.put(*key, value.clone(), size);
        Some(value)
    }

    pub(super) fn put(&mut self, key: K, value: V, size: usize) {
        // What an entry costs beside its bytes.
        let size = size.saturating_add(96);
        if size > LARGEST {
            return;
        }
        if self.bytes + size > self.most / 2 {
            self.old = std::mem::take(&mut self.young);
            self.bytes = 0;
        }
        if let Some((_, before)) = self.young.insert(key, (value, size)) {
            self.bytes -= before;
        }
        self.bytes += size;
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::history::id::ObjectId;

    #[test]
    fn the_cache_forgets_what_was_not_used() {
        let mut cache: BoundedCache<ObjectId, usize> = BoundedCache::new(4000);
        for value in 0..100_u8 {
            cache.put(ObjectId([value; 20]), usize::from(value), 104);
            assert_eq!(cache.get(&ObjectId([0; 20])), Some(0), "what is used stays");
        }
        assert_eq!(cache.get(&ObjectId([99; 20])), Some(99));
        assert_eq!(cache.get(&ObjectId([1; 20])), None);
        assert!(cache.young.len() + cache.old.len() <= 22);
    }
}
