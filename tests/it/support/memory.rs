//! A handbook in memory and its pages.

use jiff::civil::Date;
use kitei::handbook::edition::Edition;
use kitei::load::MemoryFiles;
use kitei::locale::Language;
use kitei::publish::Artifacts;
use kitei::site::{Options, SiteError, render};
use kitei::workspace::{Snapshot, TreeRef, Workspace};

use super::BASE;

/// Front matter that every document needs.
pub const FRONT: &str = "version = \"1.0\"\nowner = \"office\"\n";

/// Settings, roles, people, terms and a register.
pub fn base() -> MemoryFiles {
    let mut files = MemoryFiles::default();
    for (path, text) in BASE {
        files.insert(path, text);
    }
    files.insert(
        "records/terms.toml",
        "[[term]]\nterm = \"残留 リスク\"\nreading = \"ざんりゅうりすく\"\ndefinition = \"残るリスク\"\nvariants = [\"残存リスク\"]\n",
    );
    files.insert("records/assets.toml", "title = \"資産目録\"\n");
    files
}

/// The handbook of some files, on a fixed day.
pub fn handbook(files: &MemoryFiles) -> Snapshot {
    on(files, jiff::civil::date(2026, 11, 20))
}

/// The handbook of some files on a day.
pub fn on(files: &MemoryFiles, day: Date) -> Snapshot {
    Workspace::of_files(files.clone()).at(TreeRef::WorkingTree).expect("a configuration").on(day)
}

/// What a site is rendered with.
pub fn options(language: Language) -> Options {
    Options { language, version: "0.0.0".to_owned(), ..Options::default() }
}

/// The preview of some files in Japanese.
pub fn try_preview(files: &MemoryFiles) -> Result<Artifacts, SiteError> {
    let handbook = handbook(files);
    render(&Edition::preview(&handbook), &options(Language::Ja), files)
}

/// The same where nothing is wrong with them.
pub fn preview(files: &MemoryFiles) -> Artifacts {
    try_preview(files).expect("a site")
}

/// The text of a page.
pub fn page(site: &Artifacts, path: &str) -> String {
    let bytes = site.get(path).unwrap_or_else(|| panic!("{path} is missing"));
    String::from_utf8(bytes.to_vec()).expect("a page is text")
}

/// What stands between the header and the footer of a document.
pub fn body(page: &str) -> String {
    let start = page.find("data-pagefind-body>").expect("a body") + "data-pagefind-body>".len();
    let end = page.find("<footer class=\"document-footer\"").expect("a footer of the document");
    page[start..end].trim().trim_end_matches("</div>").trim().to_owned()
}

/// A page has every one of these parts.
#[track_caller]
pub fn assert_holds(html: &str, parts: &[&str]) {
    for part in parts {
        assert!(html.contains(part), "no {part} in\n{html}");
    }
}
