//! Every rule's page is its test: the bad example yields exactly the findings shown, the good one none, with only
//! that rule switched on. Meta-tests hold codes, names, files and pages together.

use std::collections::{BTreeMap, BTreeSet};

use jiff::civil::Date;
use kitei::check::page::{Commits, Content};
use kitei::check::{self, RULES, Report, page};
use kitei::load::MemoryFiles;
use kitei::locale::Language;
use kitei::workspace::{Snapshot, TreeRef, Workspace};

use crate::support::BASE;
use crate::support::copies;
use crate::support::past::{MemoryPast, Tree};

fn report(files: &BTreeMap<String, Content>, rules: &[&'static check::Rule]) -> (Vec<String>, Report, Snapshot) {
    report_with(files, &Commits::new(), &BTreeMap::new(), rules)
}

/// The history of an example; none where no file of it has one.
fn past(commits: &Commits, clocks: &BTreeMap<Date, Date>) -> Option<MemoryPast> {
    let mut past = MemoryPast::default();
    let mut tree: Tree = BASE.iter().map(|(path, text)| ((*path).to_owned(), (*text).to_owned())).collect();
    for (day, files) in commits {
        for (path, content) in files {
            let Content::Text(text) = content else { panic!("{path}: history holds texts") };
            tree.insert(path.clone(), text.clone());
        }
        past.commit(*clocks.get(day).unwrap_or(day), tree.clone());
    }
    (!commits.is_empty()).then_some(past)
}

/// An example with the approved copies of its approvals, which a page leaves out where they are not its subject.
fn approved(files: &BTreeMap<String, Content>, commits: &Commits) -> (BTreeMap<String, Content>, Commits) {
    let mut tree: Tree = BASE.iter().map(|(path, text)| ((*path).to_owned(), (*text).to_owned())).collect();
    let put = |tree: &mut Tree, files: &BTreeMap<String, Content>| {
        for (path, content) in files {
            if let Content::Text(text) = content {
                tree.insert(path.clone(), text.clone());
            }
        }
    };
    let mut trees = Vec::new();
    for changed in commits.values() {
        put(&mut tree, changed);
        trees.push(tree.clone());
    }
    let mut now: Tree = BASE.iter().map(|(path, text)| ((*path).to_owned(), (*text).to_owned())).collect();
    put(&mut now, files);
    trees.push(now);
    copies::approve(&mut trees);
    let text = |tree: &Tree, path: &String| tree.get(path).cloned().map(Content::Text);
    let with = |tree: &Tree, files: &BTreeMap<String, Content>| {
        let own = files.iter().map(|(path, content)| (path.clone(), text(tree, path).unwrap_or(content.clone())));
        let copies = tree.iter().filter(|(path, _)| path.starts_with("records/approved/"));
        own.chain(copies.map(|(path, text)| (path.clone(), Content::Text(text.clone())))).collect()
    };
    let past = commits.iter().zip(&trees).map(|((day, changed), tree)| (*day, with(tree, changed))).collect();
    (with(&trees[trees.len() - 1], files), past)
}

fn report_with(
    files: &BTreeMap<String, Content>,
    commits: &Commits,
    clocks: &BTreeMap<Date, Date>,
    rules: &[&'static check::Rule],
) -> (Vec<String>, Report, Snapshot) {
    let (files, commits) = approved(files, commits);
    let mut memory = MemoryFiles::default();
    for (path, content) in BASE {
        memory.insert(path, content);
    }
    for (path, content) in &files {
        content.insert(path, &mut memory);
    }
    let workspace = match past(&commits, clocks) {
        Some(past) => Workspace::of_files_with(memory, past),
        None => Workspace::of_files(memory),
    };
    let tree = workspace.at(TreeRef::WorkingTree).expect("an example has a configuration");
    let handbook = tree.on(jiff::civil::date(2026, 11, 20));
    let report = check::run_rules(&handbook, rules);
    let lines = report
        .diagnostics
        .iter()
        .map(|d| {
            let file = handbook.sources.file(d.place.file);
            let at = file.position(d.place.span.start);
            format!("{}:{}:{}: {}[{}]", file.path(), at.line, at.column, d.severity.name(), d.rule.code)
        })
        .collect();
    (lines, report, handbook)
}

#[test]
fn bad_examples_yield_exactly_the_findings_shown_and_good_ones_none() {
    let mut wrong = Vec::new();
    for rule in RULES {
        let examples = page::examples(rule.page_ja);
        assert!(!examples.bad.is_empty() && !examples.good.is_empty(), "{rule:?}: examples are missing");
        assert!(!examples.findings.is_empty(), "{rule:?}: the bad example shows no finding");
        let (bad, ..) = report_with(&examples.bad, &examples.bad_past, &examples.clocks, &[rule]);
        if bad != examples.findings {
            wrong.push(format!("{rule:?}: bad example yields\n  {}", bad.join("\n  ")));
        }
        let (good, ..) = report_with(&examples.good, &examples.good_past, &BTreeMap::new(), &[rule]);
        if !good.is_empty() {
            wrong.push(format!("{rule:?}: good example yields\n  {}", good.join("\n  ")));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn every_message_of_a_finding_exists_in_both_languages_and_says_what_to_do() {
    for rule in RULES {
        let examples = page::examples(rule.page_ja);
        let (_, report, _) = report_with(&examples.bad, &examples.bad_past, &examples.clocks, &[rule]);
        for language in Language::ALL {
            let catalogue = kitei::locale::Catalogue::new(language);
            for finding in &report.diagnostics {
                let help = finding.help.as_ref().unwrap_or_else(|| panic!("{rule:?} does not say what to do"));
                for text in [&finding.message, help, &rule.basis.text()].into_iter().chain(&finding.label) {
                    assert!(catalogue.has(text.key()), "{language}: {} is missing", text.key());
                    let words = catalogue.text(text);
                    assert!(!words.contains("{$") && !words.is_empty(), "{language}: {}: {words}", text.key());
                    assert!(
                        !words.ends_with('.') || text == help,
                        "{language}: {}: a phrase has no period",
                        text.key()
                    );
                }
            }
        }
    }
}

#[test]
fn every_fix_makes_its_finding_go_away() {
    for rule in RULES {
        let examples = page::examples(rule.page_ja);
        let (lines, found, handbook) = report_with(&examples.bad, &examples.bad_past, &examples.clocks, &[rule]);
        for (line, finding) in lines.iter().zip(&found.diagnostics) {
            let Some(fix) = &finding.fix else { continue };
            let path = handbook.sources.file(finding.place.file).path().to_owned();
            let mut files = examples.bad.clone();
            let Some(Content::Text(text)) = files.get_mut(&path) else { panic!("a fix changes a text of the example") };
            let mut edits = fix.edits.clone();
            edits.sort_by_key(|edit| std::cmp::Reverse(edit.span));
            for edit in edits {
                text.replace_range(std::ops::Range::from(edit.span), &edit.replacement);
            }
            let (after, ..) = report_with(&files, &examples.bad_past, &examples.clocks, &[rule]);
            assert_eq!(after.len() + 1, lines.len(), "{line} is still there after its fix");
        }
    }
}

fn files(files: &[(&str, &str)]) -> BTreeMap<String, Content> {
    files.iter().map(|(path, text)| ((*path).to_owned(), Content::Text((*text).to_owned()))).collect()
}

fn rules(names: &[&str]) -> Vec<&'static check::Rule> {
    names.iter().map(|name| check::find(name).expect("the rule exists")).collect()
}

const FRONT: &str = "+++\nid = \"P-01\"\ntitle = \"規程\"\nversion = \"1.0\"\nowner = \"office\"\n+++\n\n";

#[test]
fn a_definition_that_several_links_use_is_reported_once() {
    let text = format!("{FRONT}[一][a]と[二][a]。\n\n[a]: nothing.md\n");
    let (lines, ..) = report(&files(&[("policies/a.md", &text)]), &rules(&["broken-link"]));
    assert_eq!(lines, ["policies/a.md:10:6: error[REF001]"]);
}

#[test]
fn a_waiver_accepts_one_rule_in_one_article_until_its_last_day() {
    let text = format!("{FRONT}### 一 {{#one}}\n\n[[P-99]]と<b>。\n\n### 二 {{#two}}\n\n[[P-98]]。\n");
    let waiver = |expires: &str| {
        let [(_, base), ..] = BASE;
        let keys = "document = \"p-01\"\nanchor = \"one\"\nreason = \"移行中\"\napproved_by = \"tanaka\"";
        format!("{base}\n[[waiver]]\nrule = \"REF003\"\n{keys}\nexpires = {expires}\n")
    };
    let names = ["unknown-document", "raw-html", "waiver-unused", "waiver-expired"];
    let run = |expires| report(&files(&[("policies/a.md", &text), ("kitei.toml", &waiver(expires))]), &rules(&names)).0;
    assert_eq!(run("2026-11-20"), ["policies/a.md:10:10: warning[TXT002]", "policies/a.md:14:3: error[REF003]"]);
    let expired = run("2026-11-19");
    assert_eq!(expired.len(), 4, "{expired:?}");
    assert!(expired.iter().any(|line| line.starts_with("kitei.toml") && line.ends_with("[CFG002]")), "{expired:?}");
}

#[test]
fn an_id_is_reused_where_its_document_was_removed_but_not_where_it_was_moved() {
    let titled = |title: &str| FRONT.replace("規程", title) + "本文\n";
    let tree = |files: &[(&str, &str)]| -> Tree {
        files.iter().map(|(path, text)| ((*path).to_owned(), titled(text))).collect()
    };
    let run = |steps: &[Tree], path: &str, title: &str| {
        let mut past = MemoryPast::default();
        for (step, day) in steps.iter().zip(1..) {
            past.commit(jiff::civil::date(2026, 4, day), step.clone());
        }
        let mut memory = MemoryFiles::default();
        for (path, content) in BASE {
            memory.insert(path, content);
        }
        memory.insert(path, titled(title));
        let tree = Workspace::of_files_with(memory, past).at(TreeRef::WorkingTree).unwrap();
        let handbook = tree.on(jiff::civil::date(2026, 11, 20));
        check::run_rules(&handbook, &rules(&["id-reused"])).diagnostics.len()
    };
    let first = tree(&[("policies/a.md", "一")]);
    assert_eq!(run(&[first.clone(), Tree::new()], "policies/b.md", "二"), 1, "removed, then used again");
    assert_eq!(run(&[first.clone(), Tree::new()], "policies/b.md", " 一"), 0, "the same document came back");
    assert_eq!(run(std::slice::from_ref(&first), "policies/b.md", "二"), 0, "renamed as a draft");
    let third = tree(&[("policies/b.md", "二")]);
    assert_eq!(run(&[first, Tree::new(), third], "policies/c.md", "三"), 1, "used again some time ago");
}

/// The digest of a document among files.
fn digest_of(texts: &[(&str, &str)], id: &str) -> String {
    let (_, _, handbook) = report(&files(texts), &[]);
    let index = handbook.index_of(id).expect("the document is there");
    handbook.digests[index].expect("it can be approved").to_string()
}

fn approval(version: &str, digest: &str, effective: &str) -> String {
    format!(
        "[[approval]]\nversion = \"{version}\"\ndigest = \"{digest}\"\napproved_on = 2026-03-20\neffective = {effective}\n\
         role = \"board\"\n\n"
    )
}

fn retirement(effective: &str) -> String {
    format!("[[retirement]]\napproved_on = 2026-11-01\neffective = {effective}\nrole = \"board\"\n\n")
}

/// Findings of some rules with their messages in English.
fn messages(files: &BTreeMap<String, Content>, past: &Commits, names: &[&str]) -> Vec<String> {
    let (lines, report, _) = report_with(files, past, &BTreeMap::new(), &rules(names));
    let catalogue = kitei::locale::Catalogue::new(Language::En);
    lines.iter().zip(&report.diagnostics).map(|(line, d)| format!("{line} {}", catalogue.text(&d.message))).collect()
}

const PUBLISHED: [&str; 2] = ["unpublished-target", "broken-published-reference"];

#[test]
fn every_day_on_which_the_published_set_changes_is_looked_at_and_named() {
    let policy = |id: &str, version: &str, body: &str| {
        let front = FRONT.replace("P-01", id).replace("規程", id).replace("1.0", version);
        format!("{front}{body}\n")
    };
    let a = policy("P-01", "1.0", "[[P-02]]と[b](b.md)と[[P-03#one]]。\n\n- [[P-03#two]]");
    let b = policy("P-02", "1.0", "本文。");
    let (c, d) = (policy("P-03", "1.0", "### 一 {#one}\n\n本文。"), policy("P-03", "2.0", "### 二 {#two}\n\n本文。"));
    let texts = [("policies/a.md", &*a), ("policies/b.md", &*b), ("policies/c.md", &*d)];
    let old = digest_of(&[("policies/c.md", &c)], "P-03");
    let b_in_force = |from: &str| approval("1.0", &digest_of(&texts, "P-02"), from) + &retirement("2027-04-01");
    let ledgers = [
        ("records/ledger/P-01.toml", approval("1.0", &digest_of(&texts, "P-01"), "2026-04-01")),
        ("records/ledger/P-02.toml", b_in_force("2026-12-01")),
        (
            "records/ledger/P-03.toml",
            approval("1.0", &old, "2026-04-01") + &approval("2.0", &digest_of(&texts, "P-03"), "2028-02-29"),
        ),
    ];
    let plan = "[[task]]\nname = \"点検\"\nmonths = [4]\nroles = [\"office\"]\ndocument = \"P-02\"\n";
    let mut all = files(&texts);
    all.extend(files(&ledgers.each_ref().map(|(path, text)| (*path, text.as_str()))));
    all.extend(files(&[("records/year-plan.toml", plan)]));
    let past = Commits::from([(jiff::civil::date(2026, 4, 1), files(&[("policies/c.md", &c)]))]);
    // P-02 is not yet in force; that it ends later is no new fault of the same reference. The heading that only version
    // 2.0 of P-03 has is not there for readers yet; the one that it drops is told by the rule on the tree.
    let expected = [
        "policies/a.md:8:3: warning[REF017] “P-02”, to which “P-01” refers, is not in force now",
        "policies/a.md:8:14: warning[REF017] “P-02”, to which “P-01” refers, is not in force now",
        "policies/a.md:10:5: error[REF018] the reference “P-03#two” of “P-01” points at a place that version 1.0 of \
         “P-03”, in force now, does not have",
        "records/year-plan.toml:5:12: warning[REF017] “P-02”, to which this entry refers, is not in force now",
    ];
    assert_eq!(messages(&all, &past, &PUBLISHED), expected);

    all.extend(files(&[("records/ledger/P-02.toml", &b_in_force("2026-04-01"))]));
    let expected = [
        "policies/a.md:8:3: warning[REF017] “P-02”, to which “P-01” refers, is not in force on 2027-04-01",
        "policies/a.md:8:14: warning[REF017] “P-02”, to which “P-01” refers, is not in force on 2027-04-01",
        "records/year-plan.toml:5:12: warning[REF017] “P-02”, to which this entry refers, is not in force on 2027-04-01",
    ];
    assert_eq!(messages(&all, &past, &PUBLISHED[..1]), expected, "in force now, retired on a day to come");
}

#[test]
fn what_an_older_wording_in_force_refers_to_is_looked_for_in_what_is_published() {
    let (old, new) = (format!("{FRONT}[[role:helper]]と[[P-02]]。\n"), FRONT.replace("1.0", "2.0") + "本文。\n");
    let other = FRONT.replace("P-01", "P-02").replace("規程", "別の規程") + "本文。\n";
    let texts = [("policies/a.md", &*new), ("policies/b.md", &*other)];
    let digest = digest_of(&[("policies/a.md", &old)], "P-01");
    let ended = approval("1.0", &digest_of(&texts, "P-02"), "2026-04-01") + &retirement("2026-11-15");
    let mut all = files(&texts);
    all.extend(files(&[
        ("records/ledger/P-01.toml", &approval("1.0", &digest, "2026-04-01")),
        ("records/ledger/P-02.toml", &ended),
    ]));
    let past = Commits::from([(jiff::civil::date(2026, 4, 1), files(&[("policies/a.md", &old)]))]);
    let expected = [
        "records/ledger/P-01.toml:2:11: warning[REF017] “P-02”, to which “規程” version 1.0 (the approved text) refers, \
         is not in force now",
        "records/ledger/P-01.toml:2:11: error[REF018] the handbook no longer has what the reference “role:helper” of \
         “規程” version 1.0 (the approved text) points at",
    ];
    assert_eq!(messages(&all, &past, &PUBLISHED), expected);
}

#[test]
fn nothing_in_the_ledger_is_fixed_by_the_program() {
    let ledger = "[[review]]\nreviewed_on = 2026-04-01\nreviewer = \"佐藤\"\noutcome = \"no-change\"\n";
    let files = files(&[("policies/a.md", FRONT), ("records/ledger/P-01.toml", ledger)]);
    let (lines, report, _) = report(&files, &rules(&["unknown-person"]));
    assert_eq!(lines, ["records/ledger/P-01.toml:3:12: error[ORG002]"]);
    assert!(report.diagnostics.iter().all(|finding| finding.fix.is_none()));
}

#[test]
fn a_file_that_cannot_be_read_hides_what_it_defines() {
    let broken = "[[role]]\nid = \"office\nname = \"事務局\"\n\n[[role]]\n";
    let files = files(&[("policies/a.md", FRONT), ("records/roles.toml", broken)]);
    let (lines, ..) = report(&files, &rules(&["invalid-toml", "missing-key", "unknown-role"]));
    assert_eq!(lines, ["records/roles.toml:2:13: error[FMT003]"]);
}

/// Texts that are cut off, lose a character or gain an odd one: whatever is reported, it is reported somewhere.
#[test]
fn damaged_examples_neither_panic_nor_point_outside_their_file() {
    const ODD: [&str; 6] = ["\u{feff}", "\u{3000}", "[[", "**「", "\"", "\r\n+++\r\n"];
    for (nth, rule) in RULES.iter().enumerate() {
        let files = page::examples(rule.page_ja).bad;
        for (path, content) in &files {
            let Content::Text(text) = content else { continue };
            let places: Vec<usize> = text.char_indices().map(|(at, _)| at).skip(nth % 5).step_by(11).collect();
            for (round, at) in places.into_iter().enumerate() {
                let (head, tail) = text.split_at(at);
                let damaged = match round % 3 {
                    0 => head.to_owned(),
                    1 => format!("{head}{}", tail.get(1..).unwrap_or("")),
                    _ => format!("{head}{}{tail}", ODD[round % ODD.len()]),
                };
                let mut files = files.clone();
                files.insert(path.clone(), Content::Text(damaged));
                let (_, report, handbook) = report(&files, RULES);
                for finding in &report.diagnostics {
                    let text = handbook.sources.file(finding.place.file).text();
                    let edits = finding.fix.iter().flat_map(|fix| &fix.edits).map(|edit| edit.span);
                    for span in edits.chain([finding.place.span]) {
                        assert!(text.get(span.start..span.end).is_some(), "{finding:?} in {text:?}");
                    }
                }
            }
        }
    }
}

#[test]
fn codes_and_names_are_unique_and_sorted() {
    let codes: Vec<&str> = RULES.iter().map(|rule| rule.code).collect();
    assert!(codes.is_sorted(), "the table is sorted by code: {codes:?}");
    assert_eq!(codes.iter().collect::<BTreeSet<_>>().len(), codes.len());
    assert_eq!(RULES.iter().map(|rule| rule.name).collect::<BTreeSet<_>>().len(), codes.len());
    assert!(check::registry::RESERVED.iter().all(|code| !codes.contains(code)));
}

#[test]
fn every_rule_file_is_registered_and_has_both_pages() {
    let folder = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("src/check/rules");
    let names: BTreeSet<String> = std::fs::read_dir(folder)
        .unwrap()
        .map(|entry| entry.unwrap().file_name().into_string().unwrap())
        .filter(|name| name != "mod.rs")
        .collect();
    let expected: BTreeSet<String> = RULES
        .iter()
        .flat_map(|rule| {
            let module = rule.name.replace('-', "_");
            [format!("{module}.rs"), format!("{}.ja.md", rule.name), format!("{}.en.md", rule.name)]
        })
        .collect();
    assert_eq!(names, expected);
}

#[test]
fn pages_have_the_same_parts_in_both_languages() {
    const JA: [&str; 5] = ["何を調べるか", "なぜ重要か", "悪い例", "よい例", "直し方"];
    const EN: [&str; 5] = ["What it checks", "Why it matters", "Bad", "Good", "How to fix"];
    for rule in RULES {
        let parts = |page: &str| {
            // Headings inside examples are not parts of the page.
            let mut fenced = false;
            let mut found = Vec::new();
            for line in page.lines() {
                fenced ^= line.starts_with("```");
                if !fenced && let Some(title) = line.strip_prefix("## ") {
                    found.push(title.to_owned());
                }
            }
            found
        };
        assert_eq!(parts(rule.page_ja), JA, "{rule:?}");
        assert_eq!(parts(rule.page_en), EN, "{rule:?}");
        let shown = page::shown(rule, Language::En);
        assert!(!shown.contains("<!-- bad -->") && !shown.contains("<!-- good -->"), "{rule:?}");
    }
}
