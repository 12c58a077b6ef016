//! Files that take longer than the pages and come after them: the index of all the text.
//!
//! They are made on a thread of their own while the pages are already served. Who asks for one of them meanwhile waits;
//! a newer build gives up what the one before it has not finished.

use std::collections::BTreeMap;
use std::fmt;
use std::sync::Arc;

use axum::body::Bytes;
use tokio::sync::watch as latest;

use crate::publish::Artifacts;

/// Makes the files; asked now and then whether anybody still wants them.
type Make = dyn Fn(&dyn Fn() -> bool) -> Option<Artifacts> + Send + Sync;

/// Files to be made.
#[derive(Clone)]
pub struct Later {
    folder: &'static str,
    make: Arc<Make>,
}

impl Later {
    /// All files below `folder`, which ends in a slash, from a function that may take its time. It gives up, with
    /// nothing, once the function it is handed says that nobody waits any more.
    pub fn new(
        folder: &'static str,
        make: impl Fn(&dyn Fn() -> bool) -> Option<Artifacts> + Send + Sync + 'static,
    ) -> Self {
        Self { folder, make: Arc::new(make) }
    }

    /// Begins to make them.
    pub(super) fn begin(self) -> Coming {
        let (sender, files) = latest::channel(None);
        let folder = self.folder;
        // A machine that has no thread left serves pages without these files.
        let _ = std::thread::Builder::new().name("later".to_owned()).spawn(move || {
            let made = (self.make)(&|| !sender.is_closed()).unwrap_or_default();
            let made = made.into_files().into_iter().map(|(path, bytes)| (path, Bytes::from(bytes)));
            sender.send_replace(Some(Arc::new(made.collect())));
        });
        Coming { folder, files }
    }
}

impl fmt::Debug for Later {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Later").field("folder", &self.folder).finish_non_exhaustive()
    }
}

/// Files that are being made, or are there.
#[derive(Debug, Clone)]
pub(super) struct Coming {
    folder: &'static str,
    files: latest::Receiver<Option<Arc<BTreeMap<String, Bytes>>>>,
}

impl Coming {
    /// Whether a path is one of theirs.
    pub(super) fn holds(&self, path: &str) -> bool {
        path.starts_with(self.folder)
    }

    /// A file, once all are there; none where there is no such file, or none could be made.
    pub(super) async fn file(mut self, path: &str) -> Option<Bytes> {
        let files = self.files.wait_for(Option::is_some).await.ok()?.clone();
        files?.get(path).cloned()
    }
}
