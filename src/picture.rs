//! Which files are pictures: the kinds that a page shows, and drawings, reduced to what draws. Judges names and bytes; reads
//! no file.

mod drawing;
mod names;
mod style;

use std::borrow::Cow;

pub use drawing::{DrawingFault, DrawingFaultKind};

/// Kinds of files shown as pictures.
pub const KINDS: [&str; 7] = ["png", "jpg", "jpeg", "gif", "webp", "avif", "svg"];

/// The ending of a path in small letters, empty where it has none.
pub fn ending(path: &str) -> String {
    let name = path.rsplit('/').next().unwrap_or(path);
    name.rsplit_once('.').map_or_else(String::new, |(_, ending)| ending.to_lowercase())
}

/// The bytes of a file as they are copied and published: a drawing reduced to what draws, anything else as it is.
///
/// # Errors
/// Where a file that is named as a drawing is none.
pub fn reduced<'b>(path: &str, bytes: &'b [u8]) -> Result<Cow<'b, [u8]>, DrawingFault> {
    if ending(path) != "svg" {
        return Ok(Cow::Borrowed(bytes));
    }
    Ok(Cow::Owned(drawing::reduced(bytes)?.into_bytes()))
}

/// What a page shows of a file; `None` where it is no picture.
pub fn shown<'b>(path: &str, bytes: &'b [u8]) -> Option<Cow<'b, [u8]>> {
    if !KINDS.contains(&ending(path).as_str()) {
        return None;
    }
    reduced(path, bytes).ok()
}
