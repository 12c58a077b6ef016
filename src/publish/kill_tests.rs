//! Runs that die: a child process publishes, or adds entries to files, and ends, without any clean-up, at each of its
//! steps and at any time.

use std::fs;
use std::io::{BufRead as _, Write as _};
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::sync::atomic::{AtomicUsize, Ordering};

use super::file::append_observed;
use super::target::RECORD;
use super::{Artifacts, Target, is_transient, publish, sweep};

/// A site of which every file says the same word.
fn site(word: &str) -> Artifacts {
    let mut artifacts = Artifacts::default();
    for number in 0..40 {
        artifacts.insert(format!("{}/{number}.html", number % 5), word).unwrap();
    }
    artifacts.insert("word.html", word).unwrap();
    artifacts.insert(RECORD, r#"{"generator": "kitei"}"#).unwrap();
    artifacts
}

/// The word of a whole site; panics where files are missing, left over or of different sites.
fn word_of(out: &Path) -> String {
    let word = fs::read_to_string(out.join("word.html")).unwrap();
    let mut found = 0;
    for folder in fs::read_dir(out).unwrap().map(|entry| entry.unwrap().path()) {
        let files = if folder.is_dir() {
            fs::read_dir(&folder).unwrap().map(|e| e.unwrap().path()).collect()
        } else {
            vec![folder]
        };
        for file in files {
            found += 1;
            assert!(file.ends_with(RECORD) || fs::read_to_string(&file).unwrap() == word, "{}", file.display());
        }
    }
    assert_eq!(found, site("").len());
    word
}

/// Not a test of its own: the process that dies. Its orders come on standard input, a line each: the folder of the
/// site, the root, whether to exchange, after how many steps to end (0: go on for ever), the word.
#[test]
#[ignore = "started by the tests below"]
fn child() {
    let lines: Vec<String> = std::io::stdin().lock().lines().map_while(Result::ok).collect();
    let [out, root, exchange, steps, word] = lines.as_slice() else { return };
    let steps: usize = steps.parse().unwrap();
    let left = AtomicUsize::new(steps);
    loop {
        let mut target = Target::open(Path::new(out), Path::new(root)).unwrap();
        target.exchange = exchange == "true";
        target
            .publish_observed(&site(word), &|_| {
                if left.fetch_sub(1, Ordering::SeqCst) == 1 {
                    // Ends at once: no destructor removes the stage or the lock.
                    std::process::exit(86);
                }
            })
            .unwrap();
        if steps > 0 {
            return;
        }
    }
}

fn start_child(out: &Path, root: &Path, exchange: bool, steps: usize, word: &str) -> Child {
    let orders = format!("{}\n{}\n{exchange}\n{steps}\n{word}\n", out.display(), root.display());
    start("publish::kill_tests::child", &orders)
}

/// Starts one of the processes that die.
fn start(name: &str, orders: &str) -> Child {
    let mut child = Command::new(std::env::current_exe().unwrap())
        .args(["--exact", name, "--ignored", "--test-threads=1"])
        .stdin(Stdio::piped())
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .spawn()
        .unwrap();
    child.stdin.take().unwrap().write_all(orders.as_bytes()).unwrap();
    child
}

/// More steps than there are: the child publishes once, to its end.
const ONCE: usize = 1_000_000;

fn remains(folder: &Path) -> Vec<String> {
    let names = fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().file_name().into_string().unwrap());
    names.filter(|name| is_transient(name)).collect()
}

#[test]
fn a_run_that_dies_at_any_step_leaves_a_whole_site() {
    for exchange in [true, false] {
        let temp = tempfile::tempdir().unwrap();
        let root = temp.path().join("repo");
        fs::create_dir(&root).unwrap();
        let out = temp.path().join("site");
        publish(&site("old"), &out, &root).unwrap();
        let (mut died, mut missing) = (0, 0);
        for steps in 1.. {
            let status = start_child(&out, &root, exchange, steps, "new").wait().unwrap();
            if status.success() {
                break;
            }
            assert_eq!(status.code(), Some(86), "the child ended where it was told to");
            died += 1;
            if out.exists() {
                word_of(&out);
            } else {
                missing += 1;
            }
            // The next start, even of a build that then fails.
            drop(Target::open(&out, &root).unwrap());
            let word = word_of(&out);
            assert!(word == "old" || word == "new", "{word}");
            assert_eq!(remains(temp.path()), Vec::<String>::new());
            if word == "new" {
                publish(&site("old"), &out, &root).unwrap();
            }
        }
        assert_eq!(word_of(&out), "new");
        // Opened, every file, staged, swapped, cleaned; and moved aside where there is no exchange.
        assert_eq!(died, site("").len() + 4 + usize::from(!exchange));
        assert_eq!(missing, usize::from(!exchange), "the site is away only between the two renames");
    }
}

#[test]
fn a_run_that_is_killed_at_any_time_leaves_a_whole_site() {
    let temp = tempfile::tempdir().unwrap();
    let root = temp.path().join("repo");
    fs::create_dir(&root).unwrap();
    let out = temp.path().join("site");
    publish(&site("old"), &out, &root).unwrap();
    // How long a child takes depends on what else the machine does; kills are spread over what one takes now.
    let start = std::time::Instant::now();
    assert!(start_child(&out, &root, true, ONCE, "old").wait().unwrap().success());
    let whole = start.elapsed();
    for round in 0..24u32 {
        let mut child = start_child(&out, &root, round % 2 == 0, 0, &format!("round {round}"));
        std::thread::sleep(whole * round / 20);
        child.kill().unwrap();
        child.wait().unwrap();
        drop(Target::open(&out, &root).unwrap());
        word_of(&out);
        assert_eq!(remains(temp.path()), Vec::<String>::new());
    }
    assert!(start_child(&out, &root, false, ONCE, "last").wait().unwrap().success());
    assert_eq!(word_of(&out), "last", "what was killed stands in nobody's way");
}

const LEDGERS: [&str; 3] = ["P-01.toml", "P-02.toml", "P-03.toml"];

/// What is added to each of them.
const ENTRY: &str = "[[approval]]\nversion = \"2.0\"\n";

/// Not a test of its own: the process that dies while it adds an entry to each ledger that has none yet. Its orders: the
/// folder, and after how many steps to end.
#[test]
#[ignore = "started by the test below"]
fn appending_child() {
    let lines: Vec<String> = std::io::stdin().lock().lines().map_while(Result::ok).collect();
    let [folder, steps] = lines.as_slice() else { return };
    let left = AtomicUsize::new(steps.parse().unwrap());
    for path in LEDGERS.map(|name| Path::new(folder).join(name)) {
        let old = fs::read(&path).ok();
        if old.as_ref().is_some_and(|old| old.ends_with(ENTRY.as_bytes())) {
            continue;
        }
        append_observed(&path, old.as_deref(), ENTRY.as_bytes(), &|_| {
            if left.fetch_sub(1, Ordering::SeqCst) == 1 {
                std::process::exit(86);
            }
        })
        .unwrap();
    }
}

#[test]
fn a_run_that_dies_at_any_step_leaves_each_file_without_or_with_the_whole_entry() {
    // New files take four steps each: created, written, flushed, moved. Others are written in two parts.
    for (old, steps_of_a_file) in [(None, 4), (Some("[[approval]]\nversion = \"1.0\"\n"), 5)] {
        let temp = tempfile::tempdir().unwrap();
        let folder = temp.path();
        let whole = old.unwrap_or_default().to_owned() + ENTRY;
        let append = |steps: usize| {
            start("publish::kill_tests::appending_child", &format!("{}\n{steps}\n", folder.display())).wait().unwrap()
        };
        let mut written = Vec::new();
        for steps in 1.. {
            for path in LEDGERS.map(|name| folder.join(name)) {
                let _ = fs::remove_file(&path);
                if let Some(old) = old {
                    fs::write(path, old).unwrap();
                }
            }
            let status = append(steps);
            if status.success() {
                break;
            }
            assert_eq!(status.code(), Some(86), "the child ended where it was told to");
            let found = LEDGERS.map(|name| fs::read_to_string(folder.join(name)).ok());
            let done = found.iter().take_while(|text| text.as_ref() == Some(&whole)).count();
            assert!(found[done..].iter().all(|text| text.as_deref() == old), "after step {steps}: {found:?}");
            written.push(done);
            // The next run completes it, and nothing of the dead one stays.
            sweep(folder);
            assert!(append(ONCE).success());
            assert!(LEDGERS.iter().all(|name| fs::read_to_string(folder.join(name)).unwrap() == whole));
            assert_eq!(fs::read_dir(folder).unwrap().count(), LEDGERS.len(), "after step {steps}");
        }
        // Only its last step gives a file its entry.
        let expected = (1..=steps_of_a_file * LEDGERS.len()).map(|steps| steps / steps_of_a_file);
        assert_eq!(written, expected.collect::<Vec<_>>());
    }
}
