//! The registers of a new handbook, cut from the reference handbook's: a glossary, plans and roles are taken as far as
//! they speak of what is taken; a register of what happened to the example company starts empty.

use super::document::Choice;

/// Registers whose entries are of use to others than the example company.
const TAKEN: [&str; 3] = ["terms.toml", "year-plan.toml", "ciso-practices.toml"];

/// Keys that hold pointers to documents.
const POINTERS: [&str; 4] = ["document", "article", "documents", "see"];

/// Self-checks: one is taken where all of its questions rest on what is taken, since the points of the others would
/// never reach its pass mark.
const QUIZZES: &str = "quizzes/";

/// The id of a register: its file's name.
pub fn id(name: &str) -> &str {
    name.rsplit('/').next().unwrap_or(name).trim_end_matches(".toml")
}

/// A register's text with what is taken, by its path below `records/`; none where it is left out.
pub fn text(choice: &Choice<'_>, name: &str, old: &str) -> Option<String> {
    let (head, entries) = split(old);
    if name.starts_with(QUIZZES) {
        let whole = entries.iter().all(|entry| taken(choice, entry).is_some());
        return whole.then(|| old.to_owned());
    }
    if name == "contacts.toml" {
        // What to do and what counts as grave stays; whom to call is another organisation's.
        let others = entries.iter().filter(|entry| !entry.starts_with("[[contact]]"));
        let contacts = super::template::source("level.ja/contacts.toml");
        return Some(others.fold(uncommented(head) + "\n" + contacts, |text, entry| text + entry));
    }
    if !TAKEN.contains(&name) {
        return Some(uncommented(head));
    }
    let entries: Vec<String> = entries.iter().filter_map(|entry| taken(choice, entry)).collect();
    Some(head.to_owned() + &entries.concat())
}

/// The part before the entries without its comments, which tell of the example company's entries, and without its years.
fn uncommented(head: &str) -> String {
    let lines = head.lines().filter(|line| !line.starts_with('#') && !line.is_empty());
    lines.fold(String::new(), |text, line| text + &without_year(line) + "\n")
}

fn without_year(line: &str) -> String {
    match line.split_once('（') {
        Some((before, rest)) if rest.contains("年度）") => {
            before.to_owned() + rest.split_once('）').map_or("", |(_, behind)| behind)
        }
        _ => line.to_owned(),
    }
}

/// The part of a TOML file before its first array of tables, and each of these tables with its header.
pub fn split(text: &str) -> (&str, Vec<&str>) {
    let mut starts: Vec<usize> = text.match_indices("\n[[").map(|(at, _)| at + 1).collect();
    if text.starts_with("[[") {
        starts.insert(0, 0);
    }
    let ends = starts.iter().skip(1).copied().chain([text.len()]);
    let entries = starts.iter().zip(ends).map(|(start, end)| &text[*start..end]).collect();
    (&text[..starts.first().copied().unwrap_or(text.len())], entries)
}

/// An entry without the documents that are left out; none where it is about such a document alone.
fn taken(choice: &Choice<'_>, entry: &str) -> Option<String> {
    let mut text = String::with_capacity(entry.len());
    for line in entry.split_inclusive('\n') {
        let key = line.split('=').next().map_or("", str::trim);
        if !POINTERS.contains(&key) {
            text.push_str(line);
            continue;
        }
        let pointers: Vec<&str> = line.split('"').skip(1).step_by(2).collect();
        let keeps = |pointer: &&&str| choice.keeps(pointer.split('#').next().unwrap_or(""));
        let kept: Vec<String> = pointers.iter().filter(keeps).map(|pointer| format!("\"{pointer}\"")).collect();
        match (kept.len() == pointers.len(), key) {
            (true, _) => text.push_str(line),
            (false, "document" | "article") => return None,
            (false, _) if kept.is_empty() => {}
            (false, _) => text.push_str(&format!("{key} = [{}]\n", kept.join(", "))),
        }
    }
    Some(text)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_year_in_brackets_goes() {
        assert_eq!(without_year("title = \"リスク対応計画（2026年度）\""), "title = \"リスク対応計画\"");
        assert_eq!(without_year("title = \"一覧（社内）\""), "title = \"一覧（社内）\"");
    }

    #[test]
    fn a_file_is_its_head_and_its_tables() {
        assert_eq!(
            split("a = 1\n\n[[x]]\nb = 2\n\n[[x]]\nc = 3\n"),
            ("a = 1\n\n", vec!["[[x]]\nb = 2\n\n", "[[x]]\nc = 3\n"])
        );
        assert_eq!(split("[[x]]\n"), ("", vec!["[[x]]\n"]));
        assert_eq!(split("a = 1\n"), ("a = 1\n", vec![]));
    }
}
