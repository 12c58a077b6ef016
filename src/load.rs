//! The only reader of the disk: files of a handbook → [`Loaded`], from the working tree, from a commit or from memory; and
//! files that a person names one by one.
//!
//! Nothing outside the root is read: symbolic links are reported and never followed. Any bytes are accepted; what
//! cannot be text is reported as a problem and left out. Must not judge content.

mod commit;
mod handbook;
mod memory;
mod named;
mod work_tree;

pub use commit::CommitTree;
pub use handbook::{APPROVED_FOLDER, CopyFile, DocumentFile, Loaded, load};
pub use memory::MemoryFiles;
pub use named::{FoundPack, Unread, absolute, normal, read_beside, read_named, read_pack, read_table};
pub use work_tree::WorkTree;

/// The configuration's file name, which marks the root of a handbook.
pub const CONFIG_FILE: &str = "kitei.toml";

/// Largest text that is read, in bytes. A regulation of a thousand pages stays far below.
pub const TEXT_LIMIT: u64 = 8 << 20;

/// Largest attachment that is read, in bytes.
pub const ATTACHMENT_LIMIT: u64 = 64 << 20;

/// One entry of a folder, found but not read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Entry {
    /// Path from the root, with `/`.
    pub path: String,
    /// What it is.
    pub kind: EntryKind,
}

/// What an [`Entry`] is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum EntryKind {
    /// A regular file of so many bytes.
    File(u64),
    /// A symbolic link.
    SymbolicLink,
    /// A pipe, a socket or a device.
    Special,
    /// Anything but a folder where a folder is configured.
    NotAFolder,
    /// Cannot be listed; the operating system's reason.
    Unreadable(String),
}

/// Where files come from.
pub trait Files: Send + Sync {
    /// Everything below a folder that is no folder, sorted by path; nothing where the folder does not exist. What
    /// stands in the way to the folder is told in its place.
    fn list(&self, folder: &str) -> Vec<Entry>;
    /// A file's bytes; the reason where it cannot be read.
    ///
    /// # Errors
    /// The operating system's or git's words.
    fn read(&self, path: &str) -> Result<Vec<u8>, String>;
    /// Whether a regular file stands at a path.
    fn exists(&self, path: &str) -> bool;
    /// Markdown files at the root and in the folders right below it, hidden ones apart, by path: where a document is
    /// saved by mistake. None where the source cannot tell.
    fn markdown_near_root(&self) -> Vec<String> {
        Vec::new()
    }
}

/// Whether [`Files::markdown_near_root`] tells of a path.
fn is_near_root(path: &str) -> bool {
    path.ends_with(".md") && !path.starts_with('.') && path.bytes().filter(|byte| *byte == b'/').count() <= 1
}
