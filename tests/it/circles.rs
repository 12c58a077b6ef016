//! Rooms of the library form layers: what a room imports never leads back to it. A room is a module right below
//! `src/`; the imports are read from the source, with re-exports followed to the file that defines the name.
//!
//! Between files the same holds where it is written down in [`LAYERED`]. Elsewhere a file and its parent may know each
//! other, as Rust makes natural for methods of one type in several files.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

use super::support::imports::{Sources, circle};

/// Files of the library that must not import each other in a circle: folders with all that is below them, or single
/// files, each group by itself.
const LAYERED: &[&[&str]] = &[
    &["check::diagnostic", "check::registry"],
    &["compare::text", "compare::facts"],
    &["handbook::edition", "handbook::copies"],
    &["history::walk", "history::repository"],
    &[
        "history::git_objects::pack",
        "history::git_objects::store",
        "history::git_objects::tree",
        "history::git_objects::loose",
    ],
    &["model::contact", "model::quiz", "model::register"],
];

fn library() -> Sources {
    Sources::read(&Path::new(env!("CARGO_MANIFEST_DIR")).join("src"))
}

fn shown(circle: &[String], sources: &Sources) -> String {
    let mut edges = String::new();
    for (from, to) in circle.iter().zip(circle.iter().cycle().skip(1)) {
        edges += &format!("{from} → {to}: {}\n", sources.imports(from, to).join(", "));
    }
    edges
}

#[test]
fn rooms_do_not_import_each_other_in_a_circle() {
    let sources = library();
    let rooms = sources.rooms();
    assert!(rooms.len() > 20, "rooms are found: {rooms:?}");
    assert!(rooms["site"].contains("handbook"), "imports are found");
    if let Some(found) = circle(&rooms) {
        panic!("rooms in a circle:\n{}", shown(&found, &sources));
    }
}

#[test]
fn files_that_are_layered_do_not_import_each_other_in_a_circle() {
    let sources = library();
    for group in LAYERED {
        if let Some(found) = circle_within(&sources, group) {
            panic!("files in a circle:\n{}", shown(&found, &sources));
        }
    }
}

/// Files of a group, each a module with all that is below it, that import each other in a circle.
///
/// # Panics
/// Where a name of the group is no module: a file that was renamed would otherwise be looked at no more.
fn circle_within(sources: &Sources, group: &[&str]) -> Option<Vec<String>> {
    let files = sources.files();
    let is_of = |file: &str, of: &str| file == of || file.strip_prefix(of).is_some_and(|rest| rest.starts_with("::"));
    let within = |file: &str| group.iter().any(|of| is_of(file, of));
    for of in group {
        assert!(files.keys().any(|file| is_of(file, of)), "{of} is a module");
    }
    let among: BTreeMap<String, BTreeSet<String>> = files
        .iter()
        .filter(|(from, _)| within(from))
        .map(|(from, to)| (from.clone(), to.iter().filter(|to| within(to)).cloned().collect()))
        .collect();
    circle(&among)
}

/// A library of a few files.
fn made(files: &[(&str, &str)]) -> Sources {
    Sources::of(files.iter().map(|(path, text)| ((*path).to_owned(), (*text).to_owned())))
}

#[test]
fn a_circle_of_rooms_is_found_however_it_is_written() {
    for import in [
        "use crate::site::html;",
        "use crate::{model::Id, site::html::{self, escaped}};",
        "fn f() -> String { crate::site::html::escaped(\"\") }",
        "fn f() { let _ = \"// no comment\"; crate::site::html::escaped(\"\"); }",
        "fn f<'a>(c: char) { if c == '\"' { super::super::site::html::escaped(\"\") } }",
    ] {
        let sources = made(&[
            ("lib.rs", "pub mod model; pub mod compare; pub mod site;"),
            ("model.rs", "pub struct Id;"),
            ("compare/mod.rs", "pub mod table;"),
            ("compare/table.rs", import),
            ("site/mod.rs", "pub mod html; use crate::changelog::log;"),
            ("site/html.rs", "pub fn escaped(_: &str) -> String { String::new() }"),
            ("changelog.rs", "use crate::compare::table; pub fn log() {}"),
        ]);
        let found = circle(&sources.rooms()).unwrap_or_else(|| panic!("no circle found for {import}"));
        assert_eq!(BTreeSet::from_iter(found), ["changelog", "compare", "site"].map(str::to_owned).into(), "{import}");
    }
}

#[test]
fn what_is_no_import_makes_no_circle() {
    let sources = made(&[
        ("lib.rs", "pub mod compare; pub mod site;"),
        (
            "compare.rs",
            "//! See [`crate::site`].\n/* crate::site /* crate::site */ */\nconst A: &str = \"crate::site\";\nconst B: &str = r#\"\" crate::site\"#;",
        ),
        ("compare/tests.rs", "use crate::site::f;"),
        ("site.rs", "use crate::compare::A;\npub fn f() {}"),
        ("emit.rs", "#[cfg(test)]\nmod tests { use crate::site::f; }\n#[cfg(test)]\nmod trial;"),
        ("emit/trial.rs", "use crate::site::f;"),
    ]);
    // A file that no module declares outside tests counts for nothing.
    assert_eq!(circle(&sources.rooms()), None);
    assert_eq!(sources.rooms()["emit"], BTreeSet::new());
}

#[test]
fn a_circle_of_files_is_found_through_re_exports_and_relative_paths() {
    let sources = made(&[
        ("lib.rs", "mod check;"),
        ("check/mod.rs", "mod diagnostic; mod registry; pub use diagnostic::{Finding, Severity as Level};"),
        ("check/diagnostic.rs", "use super::registry::Rule; pub struct Finding; pub enum Severity {}"),
        ("check/registry.rs", "use crate::check::Level; pub struct Rule(Level);"),
    ]);
    let files = sources.files();
    assert_eq!(files["check::registry"], ["check::diagnostic".to_owned()].into());
    let mut found = circle(&files).expect("a circle");
    found.sort();
    assert_eq!(found, ["check::diagnostic", "check::registry"]);
}

/// Two files of one room that import each other, one of them by a file below it, and a third that only imports.
fn entangled() -> Sources {
    made(&[
        ("lib.rs", "mod history;"),
        ("history/mod.rs", "mod walk; mod walker; mod repository;"),
        ("history/walk.rs", "mod order; use super::repository::Repository; pub struct Walk(Repository);"),
        ("history/walk/order.rs", "pub struct Order;"),
        ("history/walker.rs", "use super::walk::Walk; pub struct Walker(Walk);"),
        ("history/repository.rs", "use super::walk::order::Order; pub struct Repository(Order);"),
    ])
}

#[test]
fn a_group_is_judged_with_the_files_below_its_own_and_with_no_others() {
    let sources = entangled();
    // Only by way of `walk::order`, which imports nothing, does the one lead back to the other: no circle of files.
    assert_eq!(circle_within(&sources, &["history::walk", "history::repository"]), None);
    assert_eq!(circle_within(&sources, &["history::walker", "history::walk"]), None);
    let sources = made(&[
        ("lib.rs", "mod history;"),
        ("history/mod.rs", "mod walk; mod repository; use walk::Walk;"),
        ("history/walk.rs", "mod order; pub struct Walk;"),
        ("history/walk/order.rs", "use crate::history::repository::Repository; pub struct Order(Repository);"),
        ("history/repository.rs", "use super::walk::order::Order; pub struct Repository(Order);"),
    ]);
    let mut found = circle_within(&sources, &["history::walk", "history::repository"]).expect("a circle");
    found.sort();
    assert_eq!(found, ["history::repository", "history::walk::order"]);
    // What is not in the group closes no circle in it.
    assert_eq!(circle_within(&sources, &["history::repository"]), None);
}

#[test]
#[should_panic(expected = "history::walk_ is a module")]
fn a_group_that_names_no_module_is_refused() {
    // `walker` begins as this name does, and is another file.
    circle_within(&entangled(), &["history::walk_"]);
}

#[test]
#[should_panic(expected = "history::wal is a module")]
fn a_module_is_not_found_by_the_beginning_of_its_name() {
    circle_within(&entangled(), &["history::wal"]);
}

#[test]
fn a_circle_is_reported_with_the_imports_that_close_it() {
    let sources = made(&[
        ("lib.rs", "mod compare; mod site; mod model;"),
        ("model.rs", "pub struct Id;"),
        ("compare.rs", "use crate::model::Id; use crate::site::number; pub struct Table(Id);"),
        ("site.rs", "use crate::compare::Table; pub fn number(_: Table) {}"),
    ]);
    let found = circle(&sources.rooms()).expect("a circle");
    let mut lines: Vec<String> = shown(&found, &sources).lines().map(str::to_owned).collect();
    lines.sort();
    assert_eq!(
        lines,
        ["compare → site: site::number (compare)", "site → compare: compare::Table (site)"],
        "each step with the path and the file that holds it, and nothing that closes no circle"
    );
}

#[test]
fn a_circle_beside_which_there_is_a_way_on_is_found_and_a_diamond_is_none() {
    let graph = |edges: &[(&str, &[&str])]| -> BTreeMap<String, BTreeSet<String>> {
        edges.iter().map(|(from, to)| ((*from).to_owned(), to.iter().map(|to| (*to).to_owned()).collect())).collect()
    };
    assert_eq!(circle(&graph(&[("a", &["b", "c"]), ("b", &["d"]), ("c", &["d"]), ("d", &[])])), None);
    // Without the way that leads into it.
    let mut found = circle(&graph(&[("a", &["b"]), ("b", &["c", "e"]), ("c", &["d"]), ("d", &["b"])])).unwrap();
    found.sort();
    assert_eq!(found, ["b", "c", "d"]);
    assert_eq!(circle(&graph(&[("a", &["a"])])), Some(vec!["a".to_owned()]));
}
