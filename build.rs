//! Which sources a build is made of, for `kitei --version`: the commit and the features. An archive made by `cargo
//! package` states its commit in `.cargo_vcs_info.json`; elsewhere git is asked. Never reads the clock or names this
//! machine, so that the same sources give the same bytes.
#![expect(
    clippy::disallowed_methods,
    clippy::disallowed_macros,
    reason = "a build script reads the package's folder and its environment, and answers cargo on standard output"
)]

use std::path::Path;
use std::process::Command;

/// What a binary is made of; a change of one of them asks for the commit again.
const SOURCES: [&str; 12] = [
    "Cargo.lock",
    "Cargo.toml",
    "build.rs",
    "controls",
    "docs",
    "examples",
    "kitei.toml",
    "policies",
    "procedures",
    "records",
    "site",
    "src",
];

const ARCHIVE: &str = ".cargo_vcs_info.json";

fn main() {
    let variable = |name: &str| std::env::var(name).unwrap_or_default();
    let mut features: Vec<String> = std::env::vars()
        .filter_map(|(name, _)| Some(name.strip_prefix("CARGO_FEATURE_")?.to_lowercase().replace('_', "-")))
        .filter(|name| name != "default")
        .collect();
    features.sort();
    println!("cargo:rustc-env=KITEI_FEATURES={}", features.join(" "));
    println!("cargo:rustc-env=KITEI_TARGET={}", variable("TARGET"));
    println!("cargo:rerun-if-changed=build.rs");
    // A build for development names no commit: it would be another one, and a new build, after each.
    let commit =
        if variable("PROFILE") == "release" { commit(Path::new(&variable("CARGO_MANIFEST_DIR"))) } else { None };
    println!("cargo:rustc-env=KITEI_COMMIT={}", commit.unwrap_or_default());
}

/// The commit, with `-modified` where the sources differ from it.
fn commit(package: &Path) -> Option<String> {
    if let Ok(text) = std::fs::read_to_string(package.join(ARCHIVE)) {
        println!("cargo:rerun-if-changed={ARCHIVE}");
        let (_, rest) = text.split_once("\"sha1\"")?;
        let name = rest.split('"').nth(1).filter(|name| is_commit(name))?;
        return Some(marked(name, text.contains("\"dirty\": true")));
    }
    let git = |arguments: &[&str]| {
        let output =
            Command::new("git").arg("--no-optional-locks").args(arguments).current_dir(package).output().ok()?;
        output.status.success().then(|| String::from_utf8_lossy(&output.stdout).trim().to_owned())
    };
    // A copy without git inside somebody else's repository is not of that repository's commit.
    if git(&["ls-files", "--error-unmatch", "build.rs"]).is_none() || !git(&["rev-parse", "--show-prefix"])?.is_empty()
    {
        return None;
    }
    SOURCES.iter().for_each(|path| println!("cargo:rerun-if-changed={path}"));
    let mut watched = vec!["HEAD".to_owned(), "packed-refs".to_owned()];
    watched.extend(git(&["symbolic-ref", "-q", "HEAD"]));
    let paths = watched.iter().filter_map(|name| git(&["rev-parse", "--git-path", name]));
    // cargo takes a file that is not there for a changed one.
    paths.filter(|path| package.join(path).exists()).for_each(|path| println!("cargo:rerun-if-changed={path}"));
    let name = git(&["rev-parse", "HEAD"]).filter(|name| is_commit(name))?;
    let changed = git(&[&["status", "--porcelain", "--"][..], &SOURCES].concat())?;
    Some(marked(&name, !changed.is_empty()))
}

fn marked(name: &str, modified: bool) -> String {
    if modified { format!("{name}-modified") } else { name.to_owned() }
}

fn is_commit(name: &str) -> bool {
    name.len() >= 40 && name.bytes().all(|byte| byte.is_ascii_hexdigit())
}
