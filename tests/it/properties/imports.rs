//! Any text can be imported: nothing panics, every finding lies in the source, and what comes out is a document.

use kitei::import::{Dates, Options, Source, import};
use kitei::load::MemoryFiles;
use kitei::model::document::Tier;
use kitei::source::SourceDb;
use kitei::workspace::Snapshot;
use proptest::prelude::*;
use proptest::test_runner::RngSeed;

use super::BASE;
use crate::support::memory;

/// What regulations and converters write, and what breaks it.
const TOKENS: &[&str] = &[
    "\n",
    "\n\n",
    "\r\n",
    "  \n",
    "\\\n",
    "　",
    "    ",
    "# ",
    "## ",
    "> ",
    "- ",
    "1. ",
    "1.  ",
    "2　",
    "（１）",
    "(2) ",
    "③",
    "一　",
    "ア　",
    "イ ",
    "（ア）",
    "a. ",
    "ii. ",
    "・",
    "**",
    "第1条",
    "第三条の二",
    "第99999999999条",
    "第2章　",
    "第1節",
    "（目的）",
    "　削除",
    "から第5条まで",
    "附　則",
    "別表1",
    "様式第1号",
    "第2項",
    "第3号",
    "前条",
    "次項",
    "前号",
    "前2項",
    "同条",
    "本規程",
    "規程P-01",
    "方針",
    "及び",
    "個人情報保護法",
    "「",
    "」",
    "（以下「甲」という。）",
    "に定める。",
    "する。",
    "| 版 | 改訂日 | 内容 |\n|---|---|---|\n",
    "| 1.0 | 2019/4/1 | 制定 |\n",
    "| 第2版 | R1.5.1 | x |\n",
    "  版   日付\n  ---- ----\n",
    "  -----\n",
    "+---+---+\n| a | b |\n",
    "<table>\n<tr><td>",
    "</td></tr>\n</table>\n",
    "<br>",
    "<!-- -->",
    "[]{#a .b}",
    "](#_Toc)",
    "{#x}",
    "---\n",
    "title: x\n",
    "```\n",
    "![](a.png)",
    "![図](../x.png)",
    "![a](b c.png)",
    "{width=\"1in\"\n",
    "height=\"1in\"}",
    "<img src=\"media/a.png\"\n",
    " style=\"width:1in\" alt=\"図\" />",
    "<figure>\n",
    "<figcaption>図</figcaption>",
    "[^1]: x",
    "\\(",
    "\\",
    "|",
    "改訂履歴\n",
    "文書番号：A-1\n",
    "制定日　2019年4月1日\n",
    "以上",
    "é",
    "\u{3099}",
    "\0",
    "\u{feff}",
    "😀",
];

fn text() -> impl Strategy<Value = String> {
    let token = prop_oneof![9 => prop::sample::select(TOKENS).prop_map(str::to_owned), 1 => any::<char>().prop_map(String::from)];
    prop::collection::vec(token, 0..60).prop_map(|tokens| tokens.concat())
}

fn handbook() -> Snapshot {
    let mut files = MemoryFiles::default();
    for (path, content) in BASE {
        files.insert(path, content);
    }
    memory::handbook(&files)
}

/// A source beside which every picture lies.
fn source<'s>(name: &'s str, text: &'s str) -> Source<'s> {
    Source { name, text, beside: &|path| Ok(path.as_bytes().to_vec()) }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 400, rng_seed: RngSeed::Fixed(7), failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn any_text_is_imported(first in text(), second in text()) {
        let handbook = handbook();
        let sources = [source("a.md", &first), source("規程.md", &second)];
        let options = Options { tier: Tier::Policy, owner: Some("office".to_owned()), dates: Some(Dates::Both) };
        let imported = import(&handbook, &sources, &options, &[]).unwrap();
        for (source, document) in sources.iter().zip(&imported) {
            for finding in &document.findings {
                prop_assert!(finding.span.start <= finding.span.end && finding.span.end <= source.text.len(), "{finding:?}");
                prop_assert!(source.text.is_char_boundary(finding.span.start), "{finding:?}");
            }
            let file = SourceDb::default().add("a.md", document.text.clone());
            let numbering = kitei::model::document::Numbering::Plain;
            let (read, problems) = kitei::parse::document::document(file, "a.md", &document.text, Tier::Policy, numbering);
            prop_assert_eq!(read.id(), Some(&document.id));
            let missing = |problem: &kitei::parse::Problem| matches!(problem.kind, kitei::parse::ProblemKind::MissingKey { .. });
            prop_assert!(problems.iter().all(missing), "{problems:?}\n{}", document.text);
        }
    }
}

/// Long lines took quadratic time: the end of every tag, link and table was looked for through all that follows, the name
/// before every citation through all that stands before.
#[test]
fn hostile_texts_end() {
    let handbook = handbook();
    let options = Options { tier: Tier::Policy, owner: None, dates: None };
    for (piece, count) in [
        ("<", 30_000),
        ("[", 20_000),
        ("`", 20_000),
        ("第1条、", 1_000),
        ("（）第2項", 1_000),
        ("-----\n", 2_000),
        ("<table>\n", 2_000),
        ("[]{.", 4_000),
        ("![", 10_000),
        ("![](", 10_000),
        ("<img ", 10_000),
        ("![\n# x\n", 5_000),
        ("> ![](a.png)\n", 4_000),
        ("> ", 20_000),
        ("文", 50_000),
    ] {
        let text = format!("第1条（目的）\n\n{}", piece.repeat(count));
        let imported = import(&handbook, &[source("a.md", &text)], &options, &[]).unwrap();
        assert!(imported[0].text.starts_with("+++\n"));
    }
}
