//! Commits: git's commit object read into our own type.
//!
//! The format is read leniently, as git does: a commit with an impossible date or a broken author line is still a
//! commit, and history must stay readable.

use std::sync::Arc;

use jiff::civil::Date;
use jiff::tz::{Offset, TimeZone};
use jiff::{Timestamp, Zoned};

use super::id::ObjectId;
use super::{CommitId, HistoryError};

/// Who made a commit and when, as the commit itself says: a self-declared fact.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Actor {
    /// The name, possibly empty. Bytes that are no UTF-8 are replaced.
    pub name: Arc<str>,
    /// The email address as written, possibly empty.
    pub email: Arc<str>,
    /// The moment; 1970-01-01 where the commit has no readable one.
    pub time: Timestamp,
    /// How far the clock of that person's machine stood from UTC.
    pub offset: Offset,
}

impl Actor {
    /// The moment on the clock of that person's machine.
    pub fn zoned(&self) -> Zoned {
        self.time.to_zoned(TimeZone::fixed(self.offset))
    }

    /// The day on the calendar of that person's machine.
    pub fn date(&self) -> Date {
        self.zoned().date()
    }
}

/// A commit without its files.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Commit {
    /// Its name.
    pub id: CommitId,
    /// The commits it follows, first parent first; two or more for a merge, none for the first commit. As recorded:
    /// in a shallow clone some are not in the repository.
    pub parents: Vec<CommitId>,
    /// Who wrote the change.
    pub author: Actor,
    /// Who put it into history.
    pub committer: Actor,
    /// The first paragraph of the message on one line.
    pub summary: String,
    pub(super) tree: ObjectId,
}

impl Commit {
    /// Whether it joins two or more lines of history.
    pub fn is_merge(&self) -> bool {
        self.parents.len() > 1
    }

    /// A commit of nothing by one person.
    #[cfg(test)]
    pub(crate) fn for_tests(by: Actor) -> Self {
        let id = ObjectId([0; 20]);
        let (author, committer) = (by.clone(), by);
        Self { id: CommitId(id), parents: Vec::new(), author, committer, summary: String::new(), tree: id }
    }

    /// Reads a commit object.
    pub(super) fn parse(id: CommitId, bytes: &[u8]) -> Result<Self, HistoryError> {
        let corrupt = |reason: &str| HistoryError::corrupt(id.0, reason);
        let (mut tree, mut parents, mut author, mut committer) = (None, Vec::new(), None, None);
        for line in header(bytes) {
            if let Some(hex) = line.strip_prefix(b"tree ") {
                tree = tree.or(ObjectId::from_hex(hex));
            } else if let Some(hex) = line.strip_prefix(b"parent ") {
                parents.push(CommitId(ObjectId::from_hex(hex).ok_or_else(|| corrupt("parent"))?));
            } else if let Some(text) = line.strip_prefix(b"author ") {
                author = author.or(Some(actor(text)));
            } else if let Some(text) = line.strip_prefix(b"committer ") {
                committer = committer.or(Some(actor(text)));
            }
        }
        let committer = committer.unwrap_or_else(|| actor(b""));
        Ok(Self {
            id,
            parents,
            author: author.unwrap_or_else(|| committer.clone()),
            committer,
            summary: summary(&message(bytes)),
            tree: tree.ok_or_else(|| corrupt("tree"))?,
        })
    }
}

/// A signature that a commit carries. Whether it is good, and whose it is, is for whoever holds the keys.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CommitSignature {
    /// The signature in its armour: OpenPGP, SSH or X.509, as its first line says.
    pub armour: String,
    /// The bytes that were signed: the commit without its signature.
    pub signed: Vec<u8>,
}

/// Takes a commit object apart into signature and signed bytes.
pub(super) fn signature(bytes: &[u8]) -> Option<CommitSignature> {
    let header = bytes.windows(2).position(|pair| pair == b"\n\n")?;
    let (mut armour, mut signed, mut inside) = (Vec::new(), Vec::new(), false);
    for line in bytes[..=header].split_inclusive(|byte| *byte == b'\n') {
        let continued = inside && line.starts_with(b" ");
        let started = line.strip_prefix(b"gpgsig ").filter(|_| armour.is_empty());
        inside = continued || started.is_some();
        match started {
            Some(text) => armour.extend_from_slice(text),
            None if continued => armour.extend_from_slice(&line[1..]),
            None => signed.extend_from_slice(line),
        }
    }
    signed.extend_from_slice(&bytes[header + 1..]);
    let armour = String::from_utf8(armour).ok()?.trim_end().to_owned();
    (!armour.is_empty()).then_some(CommitSignature { armour, signed })
}

/// The tree of a commit object, without reading the rest.
pub(super) fn tree_of(id: CommitId, bytes: &[u8]) -> Result<ObjectId, HistoryError> {
    let tree = header(bytes).find_map(|line| ObjectId::from_hex(line.strip_prefix(b"tree ")?));
    tree.ok_or_else(|| HistoryError::corrupt(id.0, "tree"))
}

/// The lines before the message. Continuation lines (of signatures and merged tags) begin with a blank and so are
/// never taken for a field.
fn header(bytes: &[u8]) -> impl Iterator<Item = &[u8]> {
    bytes.split(|byte| *byte == b'\n').take_while(|line| !line.is_empty())
}

/// The message after the header, whole. Bytes that are no UTF-8 are replaced.
pub(super) fn message(bytes: &[u8]) -> String {
    let start = bytes.windows(2).position(|pair| pair == b"\n\n").map_or(bytes.len(), |at| at + 2);
    String::from_utf8_lossy(&bytes[start..]).into_owned()
}

fn summary(message: &str) -> String {
    let paragraph = message.lines().map(str::trim_end).skip_while(|line| line.is_empty());
    let mut summary = String::new();
    for line in paragraph.take_while(|line| !line.is_empty()) {
        if !summary.is_empty() {
            summary.push(' ');
        }
        summary.push_str(line);
    }
    summary
}

/// Splits `Name <email> seconds zone` as git does: the address ends at the first `>`, the date stands after the last.
fn actor(text: &[u8]) -> Actor {
    let lossy = |bytes: &[u8]| Arc::from(String::from_utf8_lossy(bytes.trim_ascii()).as_ref());
    let open = text.iter().position(|byte| *byte == b'<').unwrap_or(text.len());
    let email = text.get(open + 1..).unwrap_or_default();
    let close = email.iter().position(|byte| *byte == b'>').unwrap_or(email.len());
    let date = text.iter().rposition(|byte| *byte == b'>').map_or(&b""[..], |at| &text[at + 1..]);
    let mut words = date.split(u8::is_ascii_whitespace).filter(|word| !word.is_empty());
    let number = |word: Option<&[u8]>| word.and_then(|word| std::str::from_utf8(word).ok()?.parse::<i64>().ok());
    let seconds = number(words.next()).unwrap_or(0);
    // `+0900` is a clock reading, not a number of minutes.
    let zone = number(words.next()).unwrap_or(0);
    let zone_seconds = i32::try_from((zone / 100) * 3600 + (zone % 100) * 60).unwrap_or(0);
    Actor {
        name: lossy(&text[..open]),
        email: lossy(&email[..close]),
        time: Timestamp::from_second(seconds).unwrap_or(Timestamp::UNIX_EPOCH),
        offset: Offset::from_seconds(zone_seconds).unwrap_or(Offset::UTC),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn parse(text: &str) -> Commit {
        let id = CommitId(ObjectId([7; 20]));
        Commit::parse(id, text.as_bytes()).unwrap()
    }

    #[test]
    fn a_commit_is_read_with_its_zone() {
        let commit = parse(
            "tree 4b825dc642cb6eb9a060e54bf8d69288fbee4904\nparent 0000000000000000000000000000000000000001\n\
             author 佐藤 <sato@example.com> 1774000000 +0900\ncommitter GitHub <noreply@example.com> 1774000100 -0330\n\
             gpgsig -----BEGIN\n author Nobody <x@example.com> 1 +0000\n -----END\n\n持出しを\n改める\n\n本文\n",
        );
        assert_eq!(commit.author.name.as_ref(), "佐藤");
        assert_eq!(commit.author.zoned().to_string(), "2026-03-20T18:46:40+09:00[+09:00]");
        assert_eq!(commit.committer.offset.seconds(), -(3 * 3600 + 30 * 60));
        assert_eq!(commit.summary, "持出しを 改める");
        assert_eq!(commit.parents.len(), 1);
    }

    #[test]
    fn a_signature_is_taken_out_of_what_it_signs() {
        let head = "tree 4b825dc642cb6eb9a060e54bf8d69288fbee4904\n";
        let signed =
            format!("{head}gpgsig -----BEGIN SSH SIGNATURE-----\n abc\n \n -----END\nencoding UTF-8\n\n gpgsig x\n");
        let found = signature(signed.as_bytes()).unwrap();
        assert_eq!(found.armour, "-----BEGIN SSH SIGNATURE-----\nabc\n\n-----END");
        assert_eq!(String::from_utf8(found.signed).unwrap(), format!("{head}encoding UTF-8\n\n gpgsig x\n"));
        assert_eq!(signature(format!("{head}\ngpgsig x\n").as_bytes()), None);
        assert_eq!(signature(b""), None);
    }

    #[test]
    fn broken_author_lines_do_not_make_history_unreadable() {
        for line in ["", "author", "author <", "author a <b", "author x <y> 99999999999999999999 +9999"] {
            let commit = parse(&format!("tree 4b825dc642cb6eb9a060e54bf8d69288fbee4904\n{line}\n\n"));
            assert_eq!(commit.author.time, Timestamp::UNIX_EPOCH, "{line}");
        }
        assert!(Commit::parse(CommitId(ObjectId([7; 20])), b"tree 12\n\n").is_err());
    }
}
