//! A second implementation of `docs/approved-copy.md`, written from that page: it makes the copy of a text that can be
//! copied. It shares nothing with the library but the Markdown and TOML parsers.

use std::collections::BTreeMap;
use std::fmt::Write;

use pulldown_cmark::{Event, LinkType, OffsetIter, Options, Parser, Tag};
use sha2::{Digest as _, Sha256};
use toml::{Table, Value};

use super::{Files, Given};

/// The Markdown of the specification.
fn options() -> Options {
    Options::ENABLE_TABLES
        | Options::ENABLE_FOOTNOTES
        | Options::ENABLE_STRIKETHROUGH
        | Options::ENABLE_TASKLISTS
        | Options::ENABLE_GFM
        | Options::ENABLE_HEADING_ATTRIBUTES
        | Options::ENABLE_WIKILINKS
}

/// SHA-256 in lower-case hexadecimal digits.
pub fn hex(bytes: &[u8]) -> String {
    Sha256::digest(bytes).iter().map(|byte| format!("{byte:02x}")).collect()
}

/// The copy of a text that can be copied.
pub fn copy(path: &str, text: &str, given: &Given, files: &Files) -> String {
    let text = text.strip_prefix('\u{feff}').unwrap_or(text);
    let (front, body) = split(text);
    let mut out = front_matter(&front.parse::<Table>().expect("TOML"), given);
    let body = self::body(path, body, files);
    if !body.is_empty() {
        out.push('\n');
        out.push_str(&body);
    }
    out
}

fn split(text: &str) -> (&str, &str) {
    let mut at = 0;
    let mut fences = Vec::new();
    for line in text.split_inclusive('\n') {
        if line.trim_end() == "+++" && fences.len() < 2 {
            fences.push((at, at + line.len()));
        }
        at += line.len();
    }
    (&text[fences[0].1..fences[1].0], &text[fences[1].1..])
}

fn front_matter(front: &Table, given: &Given) -> String {
    let mut out = "+++\n".to_owned();
    let string = |key: &str| front.get(key).map(|value| quoted(value.as_str().unwrap()));
    for key in ["id", "number", "title", "version", "owner", "approver", "classification"] {
        line(&mut out, key, string(key));
    }
    let interval = front.get("review_every").map(|value| quoted(&interval(value.as_str().unwrap())));
    line(&mut out, "review_every", interval);
    line(&mut out, "established", front.get("established").map(ToString::to_string));
    line(&mut out, "audience", front.get("audience").and_then(set));
    line(&mut out, "summary", string("summary"));
    for key in ["implements", "annex_a", "clauses"] {
        line(&mut out, key, front.get(key).and_then(set));
    }
    line(&mut out, "numbering", string("numbering"));
    out.push_str("\n[in_effect]\nform = 1\n");
    line(&mut out, "tier", Some(quoted(&given.tier)));
    let unless_stated = |key: &str, value: Option<String>| value.filter(|_| !front.contains_key(key));
    let roles = |roles: &[String]| set(&Value::Array(roles.iter().cloned().map(Value::String).collect()));
    line(&mut out, "classification", unless_stated("classification", given.classification.as_deref().map(quoted)));
    line(&mut out, "approver", unless_stated("approver", roles(&given.approver)));
    line(&mut out, "minor_approver", roles(&given.minor_approver));
    let every = given.review_every.as_deref().map(|written| quoted(&self::interval(written)));
    line(&mut out, "review_every", unless_stated("review_every", every));
    line(&mut out, "numbering", unless_stated("numbering", Some(quoted(&given.numbering))));
    let mut decisions: Vec<&Table> = front
        .get("soa")
        .map_or_else(Vec::new, |soa| soa.as_array().unwrap().iter().map(|d| d.as_table().unwrap()).collect());
    decisions.sort_by_key(|decision| decision["control"].as_str().unwrap());
    for decision in decisions {
        out.push_str("\n[[soa]]\n");
        line(&mut out, "control", Some(quoted(decision["control"].as_str().unwrap())));
        line(&mut out, "applicable", Some(decision["applicable"].to_string()));
        line(&mut out, "reasons", decision.get("reasons").and_then(set));
        line(&mut out, "justification", decision.get("justification").map(|value| quoted(value.as_str().unwrap())));
    }
    out.push_str("+++\n");
    out
}

fn line(out: &mut String, key: &str, value: Option<String>) {
    if let Some(value) = value {
        writeln!(out, "{key} = {value}").unwrap();
    }
}

fn interval(written: &str) -> String {
    let (count, unit) = written.split_once(' ').unwrap();
    let unit = unit.trim_end_matches('s');
    format!("{count} {unit}{}", if count == "1" { "" } else { "s" })
}

fn set(value: &Value) -> Option<String> {
    let mut values: Vec<&str> = value.as_array().unwrap().iter().map(|value| value.as_str().unwrap()).collect();
    values.sort_unstable();
    values.dedup();
    let values: Vec<String> = values.into_iter().map(quoted).collect();
    (!values.is_empty()).then(|| format!("[{}]", values.join(", ")))
}

fn quoted(text: &str) -> String {
    let text = text.replace("\r\n", "\n").replace('\\', "\\\\").replace('"', "\\\"");
    format!("\"{}\"", text.replace('\n', "\\n").replace('\t', "\\t"))
}

fn body(path: &str, body: &str, files: &Files) -> String {
    let mut targets: BTreeMap<(usize, usize), String> = BTreeMap::new();
    let mut broken = Vec::new();
    let mut links = Vec::new();
    let definition = |id: &str, events: &OffsetIter<'_>| events.reference_definitions().get(id).map(|d| d.span.clone());
    let mut events = Parser::new_ext(body, options()).into_offset_iter();
    while let Some((event, range)) = events.next() {
        match event {
            Event::HardBreak if body[range.start..].starts_with(' ') => broken.push(range.start),
            Event::Start(Tag::Link { link_type, dest_url, id, .. }) => {
                links.push((range, link_type, dest_url, definition(&id, &events), false));
            }
            Event::Start(Tag::Image { link_type, dest_url, id, .. }) => {
                links.push((range, link_type, dest_url, definition(&id, &events), true));
            }
            _ => {}
        }
    }
    for (range, kind, address, definition, picture) in links {
        if let Some(place) = place(body, range, kind, definition)
            && let Some(written) = target(path, &address, picture, files)
        {
            targets.insert(place, written);
        }
    }
    // From the last to the first, so that earlier places stay where they are.
    let mut marked = body.to_owned();
    for at in broken.iter().rev() {
        // A mark that no text of a copy can hold.
        marked.insert(*at, '\0');
        targets =
            targets.into_iter().map(|((a, b), t)| if a >= *at { ((a + 1, b + 1), t) } else { ((a, b), t) }).collect();
    }
    for ((start, end), written) in targets.into_iter().rev() {
        marked.replace_range(start..end, &written);
    }
    let lines = marked.replace("\r\n", "\n");
    let lines: Vec<String> = lines
        .split('\n')
        .map(|line| {
            let end = line.trim_end_matches([' ', '\t']);
            end.strip_suffix('\0')
                .map_or_else(|| end.to_owned(), |end| format!("{}  ", end.trim_end_matches([' ', '\t'])))
        })
        .collect();
    let text = lines.join("\n");
    let text = text.trim_matches('\n');
    // Empty lines at the beginning are gone, blanks of the first line that is not empty stay.
    if text.is_empty() { String::new() } else { format!("{text}\n") }
}

/// Where the target of a link is written, its angle brackets included.
fn place(
    body: &str,
    link: std::ops::Range<usize>,
    kind: LinkType,
    definition: Option<std::ops::Range<usize>>,
) -> Option<(usize, usize)> {
    let (start, end) = match kind {
        // Titles are refused, so that the target is the last thing before the closing bracket.
        LinkType::Inline => {
            let inner = body[link.start..link.end - 1].trim_ascii_end();
            let end = link.start + inner.len();
            (link.start + from_the_end(inner)?, end)
        }
        LinkType::Reference | LinkType::Collapsed | LinkType::Shortcut => {
            let definition = definition?;
            let text = &body[definition.clone()];
            let colon = text.find("]:")? + 2;
            let start = colon + text[colon..].len() - text[colon..].trim_ascii_start().len();
            (definition.start + start, definition.start + text.trim_ascii_end().len())
        }
        _ => return None,
    };
    Some((start, end))
}

/// Where the target begins that a text ends with.
fn from_the_end(inner: &str) -> Option<usize> {
    let bracket = inner.rfind('<').filter(|at| inner[..*at].ends_with(['(', ' ', '\t', '\n']));
    if let Some(at) = bracket.filter(|_| inner.ends_with('>')) {
        return Some(at);
    }
    let mut depth = 0;
    for (at, c) in inner.char_indices().rev() {
        let escaped = inner[..at].chars().rev().take_while(|c| *c == '\\').count() % 2 == 1;
        match c {
            ')' if !escaped => depth += 1,
            '(' if !escaped && depth == 0 => return Some(at + 1),
            '(' if !escaped => depth -= 1,
            ' ' | '\n' | '\t' => return Some(at + 1),
            _ => {}
        }
    }
    None
}

/// How a copy writes a target; `None` where it stays as it is.
fn target(path: &str, target: &str, picture: bool, files: &Files) -> Option<String> {
    let before = target.split(['/', '?', '#']).next().unwrap();
    // Files beside a copy are named in it already.
    let named = target.starts_with("files/") && files.others.is_empty();
    if before.contains(':') || target.starts_with('#') || named {
        return None;
    }
    let (file, fragment) = target.split_once('#').map_or((target, None), |(file, fragment)| (file, Some(fragment)));
    let mut parts: Vec<&str> = path.split('/').collect();
    parts.pop();
    let file = decoded(file);
    if file.starts_with('/') {
        parts.clear();
    }
    for part in file.split('/') {
        match part {
            "" | "." => {}
            ".." => drop(parts.pop().expect("inside the root")),
            part => parts.push(part),
        }
    }
    let found = parts.join("/");
    let mut out = match files.documents.get(&found).filter(|_| !picture) {
        Some(id) => format!("kitei:{}", id.to_ascii_uppercase()),
        None => {
            let (_, ending) = found.rsplit_once('.').expect("an ending");
            format!("files/{}.{}", hex(&files.others[&found]), ending.to_lowercase())
        }
    };
    if let Some(fragment) = fragment {
        out.push('#');
        for c in decoded(fragment).chars() {
            if c.is_alphanumeric() || "-._~=".contains(c) {
                out.push(c);
            } else {
                c.to_string().bytes().for_each(|byte| write!(out, "%{byte:02X}").unwrap());
            }
        }
    }
    Some(out)
}

fn decoded(text: &str) -> String {
    let mut bytes = Vec::new();
    let mut rest = text.as_bytes();
    while let Some((first, behind)) = rest.split_first() {
        let code = behind.get(..2).filter(|_| *first == b'%').and_then(|two| std::str::from_utf8(two).ok());
        match code.and_then(|code| u8::from_str_radix(code, 16).ok()) {
            Some(byte) => {
                bytes.push(byte);
                rest = &behind[2..];
            }
            None => {
                bytes.push(*first);
                rest = behind;
            }
        }
    }
    String::from_utf8(bytes).unwrap_or_else(|_| text.to_owned())
}

/// What a text reads as, by its parser's own events: two texts with one copy have the same. Targets are those of copies.
pub fn events(path: &str, text: &str, files: &Files) -> Vec<String> {
    let text = text.strip_prefix('\u{feff}').unwrap_or(text);
    let (_, body) = split(text);
    let mut found: Vec<String> = Vec::new();
    let mut words = String::new();
    for event in Parser::new_ext(body, options()) {
        if let Event::Text(said) | Event::Html(said) = &event {
            words.push_str(said);
            continue;
        }
        if !words.is_empty() {
            found.push(format!("words {}", std::mem::take(&mut words).replace("\r\n", "\n")));
        }
        found.push(match event {
            Event::Start(Tag::Link { link_type: LinkType::WikiLink { .. } | LinkType::Email, dest_url, .. }) => {
                format!("short {dest_url}")
            }
            Event::Start(Tag::Link { dest_url, .. }) => {
                format!("link {}", target(path, &dest_url, false, files).unwrap_or_else(|| dest_url.to_string()))
            }
            Event::Start(Tag::Image { dest_url, .. }) => {
                format!("image {}", target(path, &dest_url, true, files).unwrap_or_else(|| dest_url.to_string()))
            }
            event => format!("{event:?}").replace("\\r\\n", "\\n"),
        });
    }
    found.push(words);
    found
}
