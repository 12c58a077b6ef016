//! Which files are pictures: the kinds that a page shows, and drawings that only draw. Judges names and bytes; reads no file.

/// Kinds of files shown as pictures.
pub const KINDS: [&str; 7] = ["png", "jpg", "jpeg", "gif", "webp", "avif", "svg"];

/// What makes a drawing more than a drawing.
const ACTIVE: [&str; 8] =
    ["<script", "javascript:", "<foreignobject", "<!entity", "<?xml-stylesheet", "<iframe", "<embed", "<object"];

/// The ending of a path in small letters, empty where it has none.
pub fn ending(path: &str) -> String {
    let name = path.rsplit('/').next().unwrap_or(path);
    name.rsplit_once('.').map_or_else(String::new, |(_, ending)| ending.to_lowercase())
}

/// Whether a page shows a file as a picture.
pub fn is_shown(path: &str, bytes: &[u8]) -> bool {
    let ending = ending(path);
    KINDS.contains(&ending.as_str()) && (ending != "svg" || is_inert(bytes))
}

/// Whether a drawing draws and does nothing else, as far as its text shows. Opened by itself, outside the page that
/// shows it, a browser would run its scripts.
fn is_inert(svg: &[u8]) -> bool {
    let Ok(text) = std::str::from_utf8(svg) else { return false };
    let lower = text.to_lowercase();
    // Inside an address a browser drops control characters, between attributes they are spaces.
    let joined: String = lower.chars().filter(|c| !c.is_control()).collect();
    let text: String = lower.chars().map(|c| if c.is_control() { ' ' } else { c }).collect();
    let handler = text.match_indices("on").any(|(at, _)| {
        let before = text[..at].chars().next_back();
        let after = text[at + 2..].trim_start_matches(|c: char| c.is_ascii_alphanumeric());
        before.is_none_or(|c| !c.is_alphanumeric()) && after.trim_start().starts_with('=')
    });
    !handler && !text.contains("&#") && ACTIVE.iter().all(|mark| !text.contains(mark) && !joined.contains(mark))
}
