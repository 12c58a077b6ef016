//! Corrections of any mixture of mechanical faults: the result reads as before, what was corrected is found no more,
//! and nothing but the faults has changed.

use std::collections::BTreeMap;

use kitei::check::fix::plan;
use kitei::check::{self, Report};
use kitei::load::MemoryFiles;
use kitei::workspace::Snapshot;
use proptest::prelude::*;

use crate::support::memory;

/// Lines of a body with a fault that can be corrected, and lines without any. Each is a paragraph of its own.
const LINES: &[&str] = &[
    "半角の ｶﾅ を書く。",
    "か\u{3099}いよう。",
    "見えない\u{200b}文字。",
    "**「重要」**です。",
    "[[Ｐ－０１]]を見る。",
    "[[p-1#purpose]]を見る。",
    "[[P-01#purpos]]を見る。",
    "[方針](/policies/base.md)を見る。",
    "[方針](Base.md#purpose)を見る。",
    "[[role:ofice]]が決める。",
    "[[A.9.2.2]]による。",
    "[[clause:7.5.3．]]",
    "[[term:残留 リスク]]",
    "[[ｒｏｌｅ:office]]が決める。",
    "[[record:Terms]]に書く。",
    "残存リスクを記録する。",
    "| 表 | ｶﾅ |\n|---|---|\n| <!-- 注 --> | **「値」**と |",
    "> [!IMPORTANT]\n> ｶｷﾞを掛ける。",
    "1. 一つ目の号 [[p-01]]\n2. 二つ目の号",
    "```\nｶﾅはそのまま [[P-1]]\n```",
    "ふつうの文。",
    "<!-- 注記 -->",
    "# 題名",
];

/// Keys of a front matter, right or with a fault that can be corrected.
const KEYS: &[&str] = &[
    "owner = \"office\"",
    "owner = \"ofice\"   # 主管",
    "onwer = \"office\"",
    "version = \"1.0\"",
    "version = \"第２版\" # 版",
    "version = 1.0",
    "established = \"2026-04-01\"",
    "implements = \"P-01\"",
    "implements = [\"P-1\"] # 方針",
    "annex_a = [\"5.01\"]",
    "classification = \"intern\"",
    "# 注釈だけの行",
    "",
];

fn check_text(text: &str) -> (Snapshot, Report) {
    let mut files = MemoryFiles::default();
    for (path, content) in super::BASE {
        files.insert(path, content);
    }
    files.insert("records/terms.toml", "[[term]]\nterm = \"残留リスク\"\nvariants = [\"残存リスク\"]\n");
    files.insert("policies/x.md", text);
    let handbook = memory::handbook(&files);
    let report = check::run(&handbook);
    (handbook, report)
}

/// How often each rule found something.
fn counts(report: &Report) -> BTreeMap<&'static str, usize> {
    let mut counts = BTreeMap::new();
    for finding in &report.diagnostics {
        *counts.entry(finding.rule.name).or_insert(0) += 1;
    }
    counts
}

proptest! {
    #![proptest_config(super::config(200))]

    #[test]
    fn corrected_texts_read_as_before_with_their_findings_gone(
        keys in prop::sample::subsequence(KEYS, 0..KEYS.len()),
        lines in prop::collection::vec(prop::sample::select(LINES), 0..12),
        end in prop::sample::select(&["\n", "\r\n"][..]),
    ) {
        let text = format!(
            "+++\n# 文書情報\nid = \"P-02\"\ntitle = \"題名\"\n{}\n+++\n\n### 目的 {{#own}}\n\n{}\n",
            keys.join("\n"),
            lines.join("\n\n")
        );
        let mut text = text.replace('\n', end);
        for round in 0.. {
            let (handbook, report) = check_text(&text);
            let files = plan(&handbook, &report);
            let Some(file) = files.iter().find(|file| file.path == "policies/x.md") else { break };
            prop_assert!(round < 8, "corrections never end: {text:?}");
            prop_assert_eq!(&file.old, &text);
            // Whatever was not replaced stays as it was, byte for byte.
            let mut at = 0;
            let mut edits: Vec<_> = report.diagnostics.iter().filter_map(|d| d.fix.as_ref()).flat_map(|f| &f.edits).collect();
            edits.sort_by_key(|edit| edit.span);
            let mut rest = file.new.as_str();
            for edit in edits {
                if edit.span.start >= at {
                    let kept = &text[at..edit.span.start];
                    prop_assert!(rest.contains(kept), "{kept:?} is lost in {:?}", file.new);
                    rest = &rest[rest.find(kept).unwrap_or(0) + kept.len()..];
                    at = edit.span.end;
                }
            }
            for comment in text.lines().filter(|line| line.starts_with('#') && line.ends_with('報')) {
                prop_assert!(file.new.contains(comment));
            }
            let (_, after) = check_text(&file.new);
            let (before, now) = (counts(&report), counts(&after));
            // A key that is read at last may hold a value that is judged at last; nothing else is new.
            let form = |counts: &BTreeMap<&str, usize>| -> usize {
                counts.iter().filter(|(name, _)| name.starts_with("invalid-toml")).map(|(_, count)| *count).sum()
            };
            prop_assert!(form(&now) <= form(&before), "{:?} no longer reads", file.new);
            let total = |counts: &BTreeMap<&str, usize>| counts.values().sum::<usize>();
            prop_assert!(total(&now) < total(&before), "{before:?} became {now:?}: {:?}", file.new);
            text = file.new.clone();
        }
        let (_, report) = check_text(&text);
        let left: Vec<_> = report.diagnostics.iter().filter(|finding| finding.fix.is_some()).collect();
        prop_assert!(left.is_empty(), "{left:?} in {text:?}");
    }
}
