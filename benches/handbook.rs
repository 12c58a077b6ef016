//! How long each stage takes on a synthetic handbook, beside `git log --name-only` on the same repository in the same
//! run. Every measurement is a fresh process; figures are medians. Prints a Markdown table.
//!
//!     cargo bench --bench handbook [-- --documents N --commits M --runs R | --quick]
//!
//! With `--rules` it measures every rule alone instead, on the corpus of the size and on one of a tenth of it, so that a
//! rule whose time grows faster than the handbook stands out.
#![expect(
    clippy::disallowed_methods,
    clippy::disallowed_macros,
    clippy::unwrap_used,
    reason = "a benchmark measures and prints"
)]

#[path = "../tests/it/support/corpus.rs"]
mod corpus;
#[path = "../tests/it/support/git.rs"]
mod git;

use std::io::Write as _;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::sync::Arc;
use std::time::Instant;

use corpus::Size;
use kitei::check;
use kitei::handbook::edition::Edition;
use kitei::handbook::history::HandbookHistory;
use kitei::load::WorkTree;
use kitei::publish::publish;
use kitei::site;
use kitei::workspace::{TreeRef, Workspace};

const STAGES: [&str; 6] = ["load", "parse and resolve", "check", "history", "render", "write"];

/// The day that everything is judged by.
const DAY: jiff::civil::Date = jiff::civil::date(2026, 11, 20);

fn main() {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let value = |name: &str| {
        let at = arguments.iter().position(|argument| argument == name)?;
        arguments.get(at + 1)?.parse::<usize>().ok()
    };
    if let Some(at) = arguments.iter().position(|argument| argument == "--stages-of") {
        stages(Path::new(&arguments[at + 1]));
        return;
    }
    if let Some(at) = arguments.iter().position(|argument| argument == "--timelines-of") {
        let anew = arguments.iter().any(|argument| argument == ANEW);
        timelines(Path::new(&arguments[at + 1]), &arguments[at + 2], anew);
        return;
    }
    if let Some(at) = arguments.iter().position(|argument| argument == "--records-of") {
        records(Path::new(&arguments[at + 1]), &arguments[at + 2]);
        return;
    }
    let quick = arguments.iter().any(|argument| argument == "--quick");
    let size = Size {
        documents: value("--documents").unwrap_or(if quick { 60 } else { 1000 }),
        commits: value("--commits").unwrap_or(if quick { 120 } else { 5000 }),
    };
    let runs = value("--runs").unwrap_or(if quick { 2 } else { 7 });
    if arguments.iter().any(|argument| argument == "--rules") {
        rules(size, runs.min(5));
        return;
    }
    let folder = corpus_folder(size);
    // What a first run has kept of history; the runs that are measured meet one commit more.
    let _ = std::fs::remove_dir_all(folder.join(".git").join("kitei"));
    measure(&folder, &["--timelines-of", "main"]);
    one_more(&folder);
    let mut all = Vec::new();
    // The first run of each warms the page cache and does not count. They alternate, so that a machine that slows down
    // slows all of them.
    for run in 0..=runs {
        let (stages, memory) = measure(&folder, &["--stages-of"]);
        let git = git_log(&folder);
        let (kept, _) = measure(&folder, &["--timelines-of", NEXT]);
        let (_, memory_of_history) = measure(&folder, &["--timelines-of", "main", ANEW]);
        let (records, _) = measure(&folder, &["--records-of", "main"]);
        if run > 0 {
            all.push(Run { stages, git, kept: kept[0], records: records[0], memory, memory_of_history });
        }
    }
    report(size, &all);
}

/// Seconds and KiB of one run.
struct Run {
    stages: Vec<f64>,
    git: f64,
    /// Of the timelines, with what an earlier run has kept and one new commit.
    kept: f64,
    records: f64,
    memory: u64,
    memory_of_history: u64,
}

/// As the last argument: nothing kept is used.
const ANEW: &str = "--anew";

/// What git's clock says, which decides nothing here.
const NOON: &str = "2026-11-20T12:00:00+09:00";

/// The name of a branch that is one commit ahead of `main`.
const NEXT: &str = "next";

/// Adds that commit where it is not there yet: one document and its ledger changed.
fn one_more(folder: &Path) {
    let known = git::command(folder, NOON, &["rev-parse", "-q", "--verify", NEXT]).output();
    if known.is_ok_and(|output| output.status.success()) {
        return;
    }
    let mut import =
        git::command(folder, NOON, &["fast-import", "--quiet"]).stdin(Stdio::piped()).spawn().expect("git runs");
    let mut out = import.stdin.take().expect("stdin is piped");
    let path = "policies/000/P-00001.md";
    let before = std::fs::read_to_string(folder.join(path)).expect("the first document");
    let (content, who) = (before + "\n改める。\n", "佐藤 <sato@example.com> 4000000000 +0900");
    write!(
        out,
        "commit refs/heads/{NEXT}\nauthor {who}\ncommitter {who}\ndata 6\n改訂\nfrom refs/heads/main^0\nM 100644 inline {path}\ndata {}\n{content}\ndone\n",
        content.len()
    )
    .expect("git reads");
    drop(out);
    assert!(import.wait().expect("git ends").success());
}

/// The history of a revision, with what is cached of it unless `anew`.
fn history(folder: &Path, revision: &str, anew: bool) -> Arc<dyn HandbookHistory> {
    let tree = Workspace::open(folder).unwrap().at(TreeRef::Revision(revision)).unwrap();
    if anew { tree.for_evidence().into_history() } else { tree.into_history() }
}

/// Reads the timelines of a revision in this process; prints the seconds and the peak memory.
fn timelines(folder: &Path, revision: &str, anew: bool) {
    let history = history(folder, revision, anew);
    let start = Instant::now();
    assert!(history.timelines().unwrap().is_some());
    println!("{:.6} {}", start.elapsed().as_secs_f64(), peak_memory());
}

/// Reads what the line of first parents says about records, as [`timelines`] does for documents.
fn records(folder: &Path, revision: &str) {
    let history = history(folder, revision, true);
    let start = Instant::now();
    assert!(history.recorded().is_some());
    println!("{:.6} {}", start.elapsed().as_secs_f64(), peak_memory());
}

/// The corpus of a size, made once and kept below the build folder.
fn corpus_folder(size: Size) -> PathBuf {
    let exe = std::env::current_exe().unwrap();
    let target = exe.ancestors().find(|folder| folder.ends_with("release") || folder.ends_with("debug"));
    let base = target.and_then(Path::parent).map_or_else(std::env::temp_dir, Path::to_owned);
    let folder = base.join("bench-corpus").join(format!("{}-{}-1", size.documents, size.commits));
    let done = folder.join(".git").join("corpus-complete");
    if !done.exists() {
        let _ = std::fs::remove_dir_all(&folder);
        std::fs::create_dir_all(&folder).unwrap();
        corpus::write(&folder, size);
        std::fs::write(done, "").unwrap();
    }
    folder
}

/// Runs all stages in this process and prints their seconds and the peak memory.
fn stages(folder: &Path) {
    let history = history(folder, "HEAD", true);
    let mut seconds = Vec::new();
    let mut last = Instant::now();
    let mut lap = || {
        let now = Instant::now();
        seconds.push(now.duration_since(last).as_secs_f64());
        last = now;
    };
    // Files alone: what checking asks of history is measured by itself.
    let tree = Workspace::of_files(WorkTree::new(folder)).at(TreeRef::WorkingTree).unwrap();
    lap();
    let handbook = tree.on(DAY);
    lap();
    let found = check::run(&handbook);
    assert!(found.diagnostics.is_empty(), "the corpus is clean: {:?}", found.diagnostics.first());
    lap();
    assert!(history.timelines().unwrap().is_some());
    lap();
    let edition = Edition::in_force(&handbook);
    assert_eq!(edition.entries.len(), handbook.documents.len());
    let artifacts = site::render(&edition, &site::Options::default(), handbook.files()).unwrap();
    lap();
    let out = folder.join(".git").join("bench-out");
    let _ = std::fs::remove_dir_all(&out);
    publish(&artifacts, &out, folder).unwrap();
    lap();
    let numbers: Vec<String> = seconds.iter().map(|seconds| format!("{seconds:.6}")).collect();
    println!("{} {}", numbers.join(" "), peak_memory());
}

/// Prints a table of what each rule takes alone, slowest first, and how that grows with the handbook.
fn rules(size: Size, runs: usize) {
    let tenth = Size { documents: (size.documents / 10).max(10), commits: (size.commits / 10).max(10) };
    let (small, _) = rule_times(tenth, runs);
    let (large, all) = rule_times(size, runs);
    println!("| rule | {} documents, ms | {} documents, ms | times |", tenth.documents, size.documents);
    println!("|---|---|---|---|");
    let mut rows: Vec<_> = check::RULES.iter().zip(small.iter().zip(&large)).collect();
    rows.sort_by(|a, b| b.1.1.total_cmp(a.1.1));
    for (rule, (small, large)) in rows {
        // Below a tenth of a millisecond a ratio tells of the clock and not of the rule.
        let ratio = if *small < 0.0001 { "-".to_owned() } else { format!("{:.1}", large / small) };
        println!("| {} {} | {:.2} | {:.2} | {ratio} |", rule.code, rule.name, small * 1000.0, large * 1000.0);
    }
    let sum: f64 = large.iter().sum();
    println!(
        "\nSum {:.0} ms; all rules at once, history read for the first time: {:.0} ms.",
        sum * 1000.0,
        all * 1000.0
    );
    println!("Medians of {runs} runs in one process, each rule alone, computing time, with history already read.");
}

/// Seconds of each rule alone on the corpus of a size, and of the first run of all together.
fn rule_times(size: Size, runs: usize) -> (Vec<f64>, f64) {
    let folder = corpus_folder(size);
    let handbook = Workspace::open(&folder).unwrap().at(TreeRef::WorkingTree).unwrap().on(DAY);
    let start = Instant::now();
    check::run(&handbook);
    let all = start.elapsed().as_secs_f64();
    let alone = |rule: &&'static check::Rule| {
        median((0..runs).map(|_| {
            let (clock, start) = (work(), Instant::now());
            check::run_rules(&handbook, &[*rule]);
            let wall = start.elapsed().as_secs_f64();
            work().zip(clock).map_or(wall, |(end, start)| end - start)
        }))
    };
    (check::RULES.iter().map(alone).collect(), all)
}

/// Seconds that this process has computed, on all its threads; other programs of the machine do not count. `None` where
/// the system does not tell.
fn work() -> Option<f64> {
    let tasks = std::fs::read_dir("/proc/self/task").ok()?;
    let nanoseconds = tasks.flatten().filter_map(|task| {
        let text = std::fs::read_to_string(task.path().join("schedstat")).ok()?;
        text.split_whitespace().next()?.parse::<f64>().ok()
    });
    Some(nanoseconds.sum::<f64>() / 1e9)
}

/// Peak memory of this process in KiB; 0 where the system does not tell.
fn peak_memory() -> u64 {
    let status = std::fs::read_to_string("/proc/self/status").unwrap_or_default();
    let line = status.lines().find_map(|line| line.strip_prefix("VmHWM:"));
    line.and_then(|line| line.split_whitespace().next()?.parse().ok()).unwrap_or(0)
}

/// Runs a part of this program in a process of its own: its option, the folder, and what else it takes.
fn measure(folder: &Path, arguments: &[&str]) -> (Vec<f64>, u64) {
    let mut command = Command::new(std::env::current_exe().unwrap());
    let output = command.arg(arguments[0]).arg(folder).args(&arguments[1..]).output().unwrap();
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    let text = String::from_utf8(output.stdout).unwrap();
    let mut words: Vec<&str> = text.split_whitespace().collect();
    let peak = words.pop().unwrap().parse().unwrap();
    (words.into_iter().map(|word| word.parse().unwrap()).collect(), peak)
}

fn git_log(folder: &Path) -> f64 {
    let start = Instant::now();
    let status = git::command(folder, NOON, &["log", "--name-only"]).stdout(Stdio::null()).status().unwrap();
    assert!(status.success());
    start.elapsed().as_secs_f64()
}

fn median(values: impl IntoIterator<Item = f64>) -> f64 {
    let mut values: Vec<f64> = values.into_iter().collect();
    values.sort_by(f64::total_cmp);
    values[values.len() / 2]
}

fn report(size: Size, runs: &[Run]) {
    println!("| {} documents, {} commits | seconds | times `git log --name-only` |", size.documents, size.commits);
    println!("|---|---|---|");
    let row = |name: &str, of: &dyn Fn(&Run) -> f64| {
        // Pairs of one round, so that the machine's own swings cancel.
        println!("| {name} | {:.3} | {:.2} |", median(runs.iter().map(of)), median(runs.iter().map(|r| of(r) / r.git)));
    };
    for (index, stage) in STAGES.iter().enumerate() {
        row(stage, &|run| run.stages[index]);
    }
    row("history, kept from an earlier run, and one new commit", &|run| run.kept);
    row("history of records, along first parents", &|run| run.records);
    row("load + parse + resolve + check + render", &|run| run.stages[..3].iter().sum::<f64>() + run.stages[4]);
    row("all stages", &|run| run.stages.iter().sum());
    row("`git log --name-only`", &|run| run.git);
    let mebibytes = |of: &dyn Fn(&Run) -> u64| median(runs.iter().map(|run| of(run) as f64)) / 1024.0;
    let history = STAGES.iter().position(|stage| *stage == "history").unwrap();
    let share = median(runs.iter().map(|run| run.kept / run.stages[history]));
    println!("\nWith one new commit, history takes {:.0} % of what it takes anew.", share * 100.0);
    println!(
        "Peak memory of all stages {:.0} MiB, of history alone {:.0} MiB. Medians of {} runs, each a fresh process with \
         a warm page cache.",
        mebibytes(&|run| run.memory),
        mebibytes(&|run| run.memory_of_history),
        runs.len()
    );
}
