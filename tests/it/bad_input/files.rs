//! Odd entries of the file system.

use super::Trial;

#[test]
fn the_configuration_may_be_missing_or_no_file() {
    let trial = Trial::new();
    std::fs::remove_file(trial.root().join("kitei.toml")).unwrap();
    trial.check().refuses("kitei.toml");
    std::fs::create_dir(trial.root().join("kitei.toml")).unwrap();
    trial.check().refuses("kitei.toml");
}

#[test]
fn folders_may_have_names_of_files_and_files_of_folders() {
    let trial = Trial::new().write("policies/x.md/y.md", "本文").write("records/terms.toml/x", "");
    trial.check().finds("policies/x.md/y.md", "missing-front-matter");
    for folder in ["policies", "records", "records/ledger", "site"] {
        let trial = Trial::new();
        let _ = std::fs::remove_dir_all(trial.root().join(folder));
        // Such a file was once taken for an attachment, and everything in the folder for missing.
        trial.write(folder, "a file").check().finds(folder, "unreadable-file");
    }
}

#[test]
fn texts_may_be_larger_than_any_text() {
    for path in ["policies/bad.md", "records/bad.toml", "records/ledger/P-01.toml", "kitei.toml"] {
        let trial = Trial::new().write(path, vec![b'x'; 50 << 20]);
        trial.check().finds(path, "unreadable-file");
    }
}

#[cfg(unix)]
mod unix {
    use std::ffi::OsStr;
    use std::os::unix::ffi::OsStrExt;
    use std::os::unix::fs::symlink;
    use std::os::unix::net::UnixListener;

    use super::super::Trial;

    /// An untruthful handbook outside the root that no link may reach.
    fn outside() -> tempfile::TempDir {
        let folder = tempfile::tempdir().unwrap();
        std::fs::write(folder.path().join("secret.md"), "+++\nid = \"P-66\"\n+++\n").unwrap();
        std::fs::write(folder.path().join("kitei.toml"), "[handbook]\ntitle = \"secret\"\n").unwrap();
        folder
    }

    #[test]
    fn links_are_reported_and_not_followed() {
        let outside = outside();
        let trial = Trial::new();
        symlink(outside.path().join("secret.md"), trial.root().join("policies/out.md")).unwrap();
        symlink(outside.path(), trial.root().join("policies/folder")).unwrap();
        symlink("loop.md", trial.root().join("policies/loop.md")).unwrap();
        symlink("nowhere", trial.root().join("policies/dangling.md")).unwrap();
        symlink("../records/roles.toml", trial.path("records/ledger/P-01.toml")).unwrap();
        symlink(outside.path().join("secret.md"), trial.path("site/out.css")).unwrap();
        let checked = trial.check();
        for path in [
            "policies/out.md",
            "policies/folder",
            "policies/loop.md",
            "policies/dangling.md",
            "records/ledger/P-01.toml",
            // Own files of the site were once left out without a word.
            "site/out.css",
        ] {
            checked.finds(path, "unreadable-file");
        }
        assert!(!checked.findings().iter().any(|finding| finding.contains("secret")), "{:#?}", checked.findings());
    }

    #[test]
    fn the_configuration_is_no_link() {
        // It was once read wherever it led.
        let outside = outside();
        let trial = Trial::new();
        std::fs::remove_file(trial.root().join("kitei.toml")).unwrap();
        symlink(outside.path().join("kitei.toml"), trial.root().join("kitei.toml")).unwrap();
        trial.check().refuses("kitei.toml");
    }

    #[test]
    fn a_folder_below_a_link_is_not_read() {
        // Only the last part of a configured folder was once looked at: `out/policies` led outside through `out`.
        let outside = outside();
        std::fs::create_dir(outside.path().join("policies")).unwrap();
        std::fs::rename(outside.path().join("secret.md"), outside.path().join("policies/secret.md")).unwrap();
        let trial = Trial::new().replace("kitei.toml", "\"policies\"", "\"out/policies\"");
        symlink(outside.path(), trial.root().join("out")).unwrap();
        let checked = trial.check();
        checked.finds("out", "unreadable-file");
        assert!(!checked.findings().iter().any(|finding| finding.contains("secret")), "{:#?}", checked.findings());
    }

    #[test]
    fn what_is_neither_file_nor_folder_is_reported_and_not_opened() {
        // Such entries were once left out without a word.
        let trial = Trial::new();
        let pipe = |path: &str| {
            let path = trial.path(path);
            assert!(std::process::Command::new("mkfifo").arg(path).status().unwrap().success());
        };
        pipe("policies/pipe.md");
        pipe("records/ledger/P-01.toml");
        pipe("policies/pipe.png");
        let _socket = UnixListener::bind(trial.root().join("controls/socket.md")).unwrap();
        let checked = trial.check();
        for path in ["policies/pipe.md", "records/ledger/P-01.toml", "policies/pipe.png", "controls/socket.md"] {
            checked.finds(path, "unreadable-file");
        }
    }

    #[test]
    fn the_configuration_is_no_pipe() {
        let trial = Trial::new();
        std::fs::remove_file(trial.root().join("kitei.toml")).unwrap();
        let status = std::process::Command::new("mkfifo").arg(trial.root().join("kitei.toml")).status().unwrap();
        assert!(status.success());
        trial.check().refuses("kitei.toml");
    }

    #[test]
    fn names_may_hold_anything() {
        let mut trial = Trial::new();
        for name in [
            "a b.md",
            "a\nb.md",
            "\"quoted\".md",
            "情報の分類.md",
            "a\u{1b}[31m.md",
            "%41.md",
            "#x.md",
            "か\u{3099}.md",
        ] {
            trial = trial.write(format!("policies/{name}"), "本文");
        }
        trial = trial.write(format!("policies/{}.md", "長".repeat(80)), "本文");
        // Neither UTF-8 nor the same bytes: both show with the same replacement character.
        trial = trial.write(std::path::Path::new("policies").join(OsStr::from_bytes(b"\xff.md")), "本文");
        trial = trial.write(std::path::Path::new("policies").join(OsStr::from_bytes(b"\xfe.md")), "本文");
        trial =
            trial.body("[a](<a b.md>) [b](情報の分類.md) [c](\"quoted\".md) [d](%2541.md) [e](%23x.md) ![f](x.png)\n");
        let checked = trial.check();
        checked.finds("policies/a\nb.md", "missing-front-matter").finds("policies/\u{fffd}.md", "unreadable-file");
        let missing: Vec<String> =
            checked.findings().into_iter().filter(|f| f.starts_with("policies/bad.md")).collect();
        assert_eq!(
            missing,
            ["policies/bad.md: policy-not-implemented", "policies/bad.md: missing-image"],
            "only the picture is not there"
        );
    }

    #[test]
    fn folders_may_lie_deep() {
        // Each folder is entered from the one above: its whole path is longer than the system takes.
        let trial = Trial::new();
        let script = "cd policies; i=0; while [ $i -lt 300 ]; do mkdir d0123456789012345678; cd -P d0123456789012345678; i=$((i+1)); done; echo x > deep.md";
        let made = std::process::Command::new("sh").args(["-c", script]).current_dir(trial.root()).status().unwrap();
        assert!(made.success());
        trial.check().runs();
        let gone =
            std::process::Command::new("rm").args(["-rf", "policies"]).current_dir(trial.root()).status().unwrap();
        assert!(gone.success());
    }
}
