//! Source texts and places in them: the first stage of the flow.
//!
//! Everything that later points at "file, line, column" holds a [`Place`]; this module alone turns places
//! into lines and columns. It reads no disk ([`crate::load`] does) and knows no format.

use std::collections::BTreeMap;
use std::sync::{Arc, LazyLock, OnceLock};

/// Index of a file in a [`SourceDb`].
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct FileId(u32);

impl FileId {
    /// Of a text that is in no [`SourceDb`], such as settings of an earlier commit: places in it cannot be shown.
    pub const DETACHED: Self = Self(u32::MAX);
}

/// A half-open range of bytes, counted from the start of the file.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
pub struct Span {
    /// First byte.
    pub start: usize,
    /// One past the last byte.
    pub end: usize,
}

impl Span {
    /// The range `start..end`; an inverted range becomes the empty range at `start`.
    pub fn new(start: usize, end: usize) -> Self {
        Self { start, end: end.max(start) }
    }

    /// The same range, `by` bytes further on.
    pub fn shift(self, by: usize) -> Self {
        Self { start: self.start + by, end: self.end + by }
    }

    /// Whether `offset` lies inside.
    pub fn contains(self, offset: usize) -> bool {
        self.start <= offset && offset < self.end
    }
}

impl From<std::ops::Range<usize>> for Span {
    fn from(range: std::ops::Range<usize>) -> Self {
        Self::new(range.start, range.end)
    }
}

impl From<Span> for std::ops::Range<usize> {
    fn from(span: Span) -> Self {
        span.start..span.end
    }
}

/// A value and where it was written. The file is known from the context (a document, a register).
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Spanned<T> {
    /// The value.
    pub value: T,
    /// Where it stands in its file.
    pub span: Span,
}

impl<T> Spanned<T> {
    /// Pairs a value with its span.
    pub fn new(value: T, span: impl Into<Span>) -> Self {
        Self { value, span: span.into() }
    }
}

impl<T> std::ops::Deref for Spanned<T> {
    type Target = T;
    fn deref(&self) -> &T {
        &self.value
    }
}

/// A range of bytes in a file.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Place {
    /// The file.
    pub file: FileId,
    /// The range in it.
    pub span: Span,
}

/// A position as people count: both from 1, the column in Unicode scalar values.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Position {
    /// Line, from 1.
    pub line: usize,
    /// Column, from 1.
    pub column: usize,
}

/// One file's text with the path it is known by.
#[derive(Debug)]
pub struct SourceFile {
    path: String,
    text: String,
    index: OnceLock<Index>,
}

/// Where lines start and how many characters stand before each stretch: of a file that is one line of megabytes,
/// every finding would else count from its beginning.
#[derive(Debug)]
struct Index {
    line_starts: Vec<usize>,
    /// Number of scalar values that start before byte `n * STRETCH`, for each `n`.
    counts: Vec<usize>,
}

const STRETCH: usize = 256;

/// Whether a character starts with this byte of UTF-8.
fn starts_character(byte: u8) -> bool {
    byte & 0b1100_0000 != 0b1000_0000
}

impl Index {
    fn new(text: &str) -> Self {
        let bytes = text.as_bytes();
        let ends = bytes.iter().enumerate().filter(|(_, byte)| **byte == b'\n');
        let line_starts = std::iter::once(0).chain(ends.map(|(at, _)| at + 1)).collect();
        let mut counts = vec![0];
        for stretch in bytes.chunks(STRETCH) {
            let before = counts.last().copied().unwrap_or_default();
            counts.push(before + stretch.iter().filter(|byte| starts_character(**byte)).count());
        }
        Self { line_starts, counts }
    }

    /// Number of scalar values that start before a byte.
    fn characters_before(&self, text: &str, offset: usize) -> usize {
        let stretch = offset / STRETCH;
        let rest = &text.as_bytes()[stretch * STRETCH..offset];
        self.counts[stretch] + rest.iter().filter(|byte| starts_character(**byte)).count()
    }
}

impl SourceFile {
    /// A text and the path it is known by.
    pub fn new(path: impl Into<String>, text: impl Into<String>) -> Self {
        Self { path: path.into(), text: text.into(), index: OnceLock::new() }
    }

    /// Path relative to the repository root, with `/` between its parts; a text that was read from history
    /// carries `@` and its commit behind the path.
    pub fn path(&self) -> &str {
        &self.path
    }

    /// The whole text.
    pub fn text(&self) -> &str {
        &self.text
    }

    fn index(&self) -> &Index {
        self.index.get_or_init(|| Index::new(&self.text))
    }

    /// The boundary of characters at or before an offset.
    fn boundary(&self, offset: usize) -> usize {
        let mut offset = offset.min(self.text.len());
        while !self.text.is_char_boundary(offset) {
            offset -= 1;
        }
        offset
    }

    /// The line that holds a byte offset, with its end.
    pub fn line(&self, offset: usize) -> Span {
        let starts = &self.index().line_starts;
        let number = starts.partition_point(|start| *start <= self.boundary(offset));
        Span::new(starts[number - 1], starts.get(number).copied().unwrap_or(self.text.len()))
    }

    /// Line and column of a byte offset. An offset behind the end, or inside a character, counts as the
    /// nearest boundary before it.
    pub fn position(&self, offset: usize) -> Position {
        let offset = self.boundary(offset);
        let index = self.index();
        let line = index.line_starts.partition_point(|start| *start <= offset);
        let before = |offset| index.characters_before(&self.text, offset);
        Position { line, column: before(offset) - before(index.line_starts[line - 1]) + 1 }
    }
}

/// What places in detached texts point into.
static NOWHERE: LazyLock<SourceFile> = LazyLock::new(|| SourceFile::new("", ""));

/// All source texts of one run. Files are added while loading and never change.
#[derive(Debug, Default)]
pub struct SourceDb {
    files: Vec<Arc<SourceFile>>,
    by_path: BTreeMap<String, FileId>,
}

impl SourceDb {
    /// Adds a text; a path that is already known is replaced for look-ups by path, its old id stays valid.
    pub fn add(&mut self, path: impl Into<String>, text: impl Into<String>) -> FileId {
        self.share(SourceFile::new(path, text)).0
    }

    /// Adds a text as [`SourceDb::add`] does, and gives it to its other owner too.
    pub fn share(&mut self, file: SourceFile) -> (FileId, Arc<SourceFile>) {
        let id = FileId(u32::try_from(self.files.len()).expect("fewer than 2^32 files fit in memory"));
        let file = Arc::new(file);
        self.by_path.insert(file.path.clone(), id);
        self.files.push(Arc::clone(&file));
        (id, file)
    }

    /// The same ids, with the texts and paths of only some files.
    #[must_use]
    pub fn only(self, keep: impl Fn(FileId) -> bool) -> Self {
        let nothing = Arc::new(SourceFile::new("", ""));
        let files = (0..).map(FileId).zip(self.files);
        let files = files.map(|(id, file)| if keep(id) { file } else { Arc::clone(&nothing) }).collect();
        Self { files, by_path: self.by_path.into_iter().filter(|(_, id)| keep(*id)).collect() }
    }

    /// The file of an id handed out by this database; an empty one for [`FileId::DETACHED`].
    pub fn file(&self, id: FileId) -> &SourceFile {
        if id == FileId::DETACHED { &NOWHERE } else { &self.files[id.0 as usize] }
    }

    /// The file of a path.
    pub fn by_path(&self, path: &str) -> Option<FileId> {
        self.by_path.get(path).copied()
    }

    /// Every file, in the order in which they were added.
    pub fn files(&self) -> impl Iterator<Item = (FileId, &SourceFile)> {
        (0..).map(FileId).zip(self.files.iter().map(Arc::as_ref))
    }

    /// The text a place covers.
    pub fn text_at(&self, place: Place) -> &str {
        self.file(place.file).text().get(std::ops::Range::from(place.span)).unwrap_or("")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn positions_count_scalar_values_from_one() {
        let mut db = SourceDb::default();
        let id = db.add("a.md", "題名\n第1条 x\r\n".to_owned());
        let file = db.file(id);
        assert_eq!(file.position(0), Position { line: 1, column: 1 });
        assert_eq!(file.position("題名\n第1条".len()), Position { line: 2, column: 4 });
        assert_eq!(file.position(10_000), Position { line: 3, column: 1 });
        // Inside the three bytes of 題: the boundary before it.
        assert_eq!(file.position(1), Position { line: 1, column: 1 });
    }

    #[test]
    fn positions_in_long_lines_are_counted_as_in_short_ones() {
        let text = "題aé\n".to_owned() + &"あbé".repeat(STRETCH) + "\n" + &"𠮷\n".repeat(STRETCH);
        let mut db = SourceDb::default();
        let id = db.add("a.md", text.clone());
        let (mut line, mut column) = (1, 1);
        for (at, c) in text.char_indices() {
            assert_eq!(db.file(id).position(at), Position { line, column });
            (line, column) = if c == '\n' { (line + 1, 1) } else { (line, column + 1) };
        }
        assert_eq!(db.file(id).position(text.len()), Position { line, column });
    }
}
