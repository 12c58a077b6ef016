use std::collections::BTreeMap;

use super::*;
use crate::model::document::{Numbering, Tier};
use crate::model::id::{DocumentId, Interval};

/// Documents and other files by path.
#[derive(Default)]
struct Files(BTreeMap<&'static str, DocumentId>, BTreeMap<&'static str, &'static [u8]>);

impl PathMeaning for Files {
    fn document_at(&self, path: &str) -> Option<DocumentId> {
        self.0.get(path).cloned()
    }

    fn file_at(&self, path: &str) -> FileAt {
        self.1.get(path).map_or(FileAt::Missing, |bytes| Attachment::of(path, bytes))
    }
}

fn files() -> Files {
    let documents = [("policies/a.md", "P-01"), ("controls/5.12.md", "C-5.12")];
    let files: [(&str, &[u8]); 3] = [
        ("policies/図 1.PNG", b"\x89PNG"),
        ("policies/a.svg", b"<svg><script/><rect/></svg>"),
        ("policies/b.svg", b"<svg>"),
    ];
    Files(documents.map(|(path, id)| (path, DocumentId::parse(id).unwrap())).into(), files.into())
}

fn in_effect() -> InEffect {
    InEffect {
        tier: Tier::Policy,
        classification: Some("internal".to_owned()),
        approver: vec!["board".to_owned()],
        minor_approver: vec!["office".to_owned()],
        review_every: Interval::parse("1 year"),
        numbering: Numbering::Articles,
    }
}

const FRONT: &str = "+++\nid = \"P-01\"\ntitle = \"規程\"\nversion = \"1.0\"\nowner = \"office\"\n+++\n";

/// The copy of a body.
fn copied(body: &str) -> Result<ApprovedCopy, Vec<Refusal>> {
    copied_whole(&format!("{FRONT}{body}"))
}

fn copied_whole(text: &str) -> Result<ApprovedCopy, Vec<Refusal>> {
    let (document, _) =
        parse::document::document(FileId::DETACHED, "policies/a.md", text, Tier::Policy, in_effect().numbering);
    let copy = canonical(&document, text, &in_effect(), &files())?;
    let back = read(FileId::DETACHED, "records/approved/P-01/1.0.md", &copy.text).unwrap();
    assert_eq!(back.reading, copy.reading);
    assert_eq!(back.in_effect, in_effect().with_stated(&document.front));
    Ok(copy)
}

/// The body of a copy of a body.
fn body(body: &str) -> String {
    let copy = copied(body).unwrap_or_else(|refusals| panic!("{body:?}: {refusals:?}"));
    copy.text.rsplit_once("+++\n").unwrap().1.trim_start_matches('\n').to_owned()
}

/// What is refused in a body, with the reason's key.
fn refused(body: &str) -> Vec<(String, &'static str)> {
    let refusals = copied(body).expect_err(body);
    let text = format!("{FRONT}{body}");
    refusals.iter().map(|r| (text[r.span.start..r.span.end].to_owned(), r.text().key())).collect()
}

#[test]
fn a_copy_says_what_was_stated_and_what_was_in_effect() {
    let text = "\u{feff}+++\r\n# note\r\nowner = \"office\"\r\ntitle = '規\"程'\r\nversion = \"1.0\"\r\nid = \"P-01\"\r\nlevel = \"quick\"\r\n\
                review_every = \"6 month\"\r\nannex_a = [\"5.2\", \"5.10\", \"5.2\"]\r\nestablished = 2024-04-01\r\n\
                [[soa]]\r\ncontrol = \"5.2\"\r\napplicable = true\r\nimplementation = \"partial\"\r\nreasons = [\"risk\", \"legal\"]\r\n\
                [[soa]]\r\ncontrol = \"5.10\"\r\napplicable = false\r\njustification = \"\"\"一\r\n二\"\"\"\r\n+++\r\n\r\n\r\n本文 \r\n\r\n";
    assert_eq!(
        copied_whole(text).unwrap().text,
        "+++\nid = \"P-01\"\ntitle = \"規\\\"程\"\nversion = \"1.0\"\nowner = \"office\"\nreview_every = \"6 months\"\n\
         established = 2024-04-01\nannex_a = [\"5.10\", \"5.2\"]\n\n[in_effect]\nform = 1\ntier = \"policy\"\n\
         classification = \"internal\"\napprover = [\"board\"]\nminor_approver = [\"office\"]\nnumbering = \"articles\"\n\n\
         [[soa]]\ncontrol = \"5.10\"\napplicable = false\njustification = \"一\\n二\"\n\n\
         [[soa]]\ncontrol = \"5.2\"\napplicable = true\nreasons = [\"legal\", \"risk\"]\n+++\n\n本文\n"
    );
}

#[test]
fn what_readers_do_not_see_of_a_line_is_no_part_of_the_copy() {
    assert_eq!(body("\n\n一 \t\r\n\n\n二\\\n三    \n四\n\t \n"), "一\n\n\n二\\\n三  \n四\n");
    assert_eq!(body("    code\n"), "    code\n");
    assert_eq!(body(""), "");
}

#[test]
fn targets_are_written_by_what_they_mean() {
    let png = CopyDigest::of(b"\x89PNG").hex();
    let svg = CopyDigest::of(picture_of("<svg><rect/></svg>").as_bytes()).hex();
    assert_eq!(
        body("[**x** `](`](../controls/5.12.md#用 語)\n"),
        "[**x** `](`](../controls/5.12.md#用 語)\n",
        "no link"
    );
    assert_eq!(body("[**x** `](`](<../controls/5.12.md#用 語>)\n"), "[**x** `](`](kitei:C-5.12#用%20語)\n");
    assert_eq!(body("![図](<図 1.PNG>) [a](a.svg#x)\n"), format!("![図](files/{png}.png) [a](files/{svg}.svg#x)\n"));
    assert_eq!(body("| a |\n|---|\n| [a\\|b](a.md#a%7Cb) |\n"), "| a |\n|---|\n| [a\\|b](kitei:P-01#a%7Cb) |\n");
    assert_eq!(body("| a |\n|---|\n| [[P-01#a\\|b]] |\n"), "| a |\n|---|\n| [[P-01#a\\|b]] |\n");
    assert_eq!(body("[a][x] [x][] [x]\n\n[X]: ../controls/5.12.md\n"), "[a][x] [x][] [x]\n\n[X]: kitei:C-5.12\n");
    let same =
        "[[P-02#a/2/1]] [[#a]] [a](#b) [[A.5.1]] [[term:語]] <https://example.com/?a&b> [x](mailto:a@example.com)\n";
    assert_eq!(body(same), same);
    let targets = [
        ("[a](none.md)\n", "none.md"),
        ("[a](../../x.md)\n", "../../x.md"),
        ("![a](../controls/5.12.md)\n", "../controls/5.12.md"),
    ];
    for (text, target) in targets {
        assert_eq!(refused(text), [(target.to_owned(), "copy-target-missing")]);
    }
    assert_eq!(refused("[a](javascript:x)\n"), [("javascript:x".to_owned(), "copy-target-unsafe")]);
    for (text, target) in
        [("[[x]]\n", "x"), ("[a](a.md#b/2)\n", "a.md#b/2"), ("![[P-01]]\n", "P-01"), ("[a](kitei:x)\n", "kitei:x")]
    {
        assert_eq!(refused(text), [(target.to_owned(), "copy-target-malformed")]);
    }
    assert_eq!(refused("![a](b.svg)\n"), [("b.svg".to_owned(), "copy-drawing")]);
}

fn picture_of(svg: &str) -> String {
    String::from_utf8(crate::picture::reduced("a.svg", svg.as_bytes()).unwrap().into_owned()).unwrap()
}

#[test]
fn what_looks_like_a_blank_and_is_none_is_refused_at_its_place() {
    for c in ['\u{3000}', '\u{a0}', '\u{2009}', '\u{202f}'] {
        assert_eq!(refused(&format!("a\n{c}\nb\n")), [(c.to_string(), "copy-blank-at-end")]);
        assert_eq!(refused(&format!("a{c} \nb\n")), [(c.to_string(), "copy-blank-at-end")]);
        let inside = format!("a{c}b\n");
        assert_eq!(body(&inside), inside);
    }
    for c in ['\u{85}', '\u{2028}', '\u{b}', '\u{c}', '\r', '\0', '\u{200b}', '\u{202e}', '\u{feff}', '\u{2800}'] {
        let found = refused(&format!("a\nb{c}b\n"));
        assert!(found.contains(&(c.to_string(), "copy-character")), "{c:?}: {found:?}");
    }
    assert_eq!(refused("a\n> \u{200d}\nb\n"), [("> \u{200d}".to_owned(), "copy-looks-empty")]);
    assert_eq!(refused("か\u{3099}\n"), [("か".to_owned(), "copy-not-nfc")]);
    assert_eq!(refused("a \u{1fef}x\u{1fef}\n"), [("\u{1fef}".to_owned(), "copy-not-nfc")]);
}

#[test]
fn what_no_reader_sees_is_refused_at_its_place() {
    for (text, hidden) in [
        ("[a](#b \"title\")\n", "\"title\")"),
        ("[a]: #b\n", "a]: #b"),
        ("[a]\n\n[a]: #b \"title\"\n", "\"title\""),
        ("[a]\n\n[a]: #b\n[a]: #c\n", "a]: #c"),
        ("[a][b c]\n\n[b c]: #b\n", "b c"),
        ("| a |\n|---|\n| b | c |\n", " c |"),
        ("| a |\n|---|\n| b | - |\n", "| - |"),
        ("| a |\n|---|\n| b |c\n", "c"),
        ("```a b\nx\n```\n", "a b"),
        ("### a {#b c}\n", "{#b c}"),
        ("### a {#b .other}\n", "{#b .other}"),
        ("### a {#b title=x}\n", "{#b title=x}"),
        ("> ### a {#b}\n", "{#b}"),
        ("x[^a]\n\n[^a]: b\n\n[^a]: c\n", "[^a]: c\n"),
    ] {
        let found = refused(text);
        assert!(found.iter().any(|(words, key)| words.contains(hidden) && *key == "copy-hidden"), "{text}: {found:?}");
    }
    for text in ["<!-- x -->\n", "a <!-- x --> b\n", "<?php x ?>\n", "<div>\n<!-- x -->\n</div>\n"] {
        assert!(refused(text).iter().any(|(_, key)| *key == "copy-comment"), "{text}");
    }
}

#[test]
fn what_readers_see_is_copied_as_it_was_typed() {
    for text in [
        "### 目的 {#purpose implements=A.5.1,P-01}\n\n目的。\n\n1. 一\n   - ア\n2) 二\n\n- [ ] x\n- [x] y\n",
        "## a {#a .supplement}\n\n### b {#b .deleted}\n\n### c {#c .branch}\n",
        "> [!CAUTION]\n> 禁止\n>\n> - a\n\n> q\n\n---\n\nA\n===\n\n***\n",
        "```toml\na  b\n```\n\n~~~~\n```\n~~~~\n\n    a\n\n      b\n",
        "a&amp;b \\* *c* **d** ~~e~~ `f  g` <b>h</b>[^1]\n\n[^1]: 注\n\n[^other]: 別\n",
        "<div>\nx\n</div>\n",
        "| a | b |\n|:--|:-:|\n| `x\\|y` | |\n| c |\n",
    ] {
        assert_eq!(body(text), text);
    }
}

#[test]
fn text_that_would_read_otherwise_is_refused_where_it_does() {
    assert_eq!(refused("a\n\n```\nb  \n```\n\nc\n"), [("b  \n".to_owned(), "copy-reads-otherwise")]);
    let found = refused("a\n\n    b\n     \n    c\n");
    assert_eq!(found.len(), 1);
    assert_eq!(found[0].1, "copy-reads-otherwise");
}

#[test]
fn a_front_matter_that_cannot_be_read_whole_is_refused() {
    for line in ["other = 1\n", "[in_effect]\ntier = \"policy\"\n", "number = 1\n", "id = \"P-02\"\n"] {
        let text = FRONT.replace("owner = \"office\"\n", &format!("owner = \"office\"\n{line}"));
        let refusals = copied_whole(&text).expect_err(line);
        assert!(refusals.iter().all(|r| r.text().key() == "copy-form"), "{line}");
    }
    let text = FRONT.replace("規程", "規\\u202e程");
    assert_eq!(copied_whole(&text).unwrap_err()[0].kind, RefusalKind::Character('\u{202e}'));
    assert_eq!(copied_whole("本文\n").unwrap_err()[0].text().key(), "copy-form");
}

#[test]
fn a_copy_that_was_edited_is_refused_from_there_on() {
    let copy = copied("本文 [a](a.md)\n").unwrap().text;
    for (from, to) in [
        ("本文", "本文 \u{3000}\n"),
        ("kitei:P-01", "kitei:p-01#"),
        ("kitei:P-01", "a.md"),
        ("kitei:P-01", "files/a.png"),
        ("form = 1", "form = 2"),
        ("form = 1\n", ""),
        ("tier = \"policy\"\n", ""),
        ("tier = \"policy\"", "tier = \"policy\"\nother = 1"),
        ("title = ", "title  = "),
        ("title = ", "level = \"quick\"\ntitle = "),
        ("[in_effect]", "numbering = \"plain\"\n\n[in_effect]"),
        ("+++\n\n", "+++\n"),
        ("+++\n\n", "+++\n\n\n"),
    ] {
        assert!(copy.contains(from), "{from}");
        let edited = copy.replacen(from, to, 1);
        assert!(read(FileId::DETACHED, "x.md", &edited).is_err(), "{from} → {to}");
    }
}

#[test]
fn every_reason_has_its_words() {
    let fault = crate::picture::reduced("a.svg", b"x").unwrap_err();
    let path = || "a".to_owned();
    let kinds = [
        RefusalKind::Form(crate::parse::ProblemKind::NoFrontMatter),
        RefusalKind::NotNfc,
        RefusalKind::Character('\u{202e}'),
        RefusalKind::BlankAtEnd('\u{3000}'),
        RefusalKind::LooksEmpty,
        RefusalKind::TargetMissing(path()),
        RefusalKind::TargetUnsafe(path()),
        RefusalKind::TargetMalformed(path()),
        RefusalKind::FileUnreadable { path: path(), reason: fault.text() },
        RefusalKind::Drawing { path: path(), fault },
        RefusalKind::Hidden(path()),
        RefusalKind::Comment,
        RefusalKind::ReadsOtherwise,
        RefusalKind::NotCanonical,
    ];
    for language in crate::locale::Language::ALL {
        let catalogue = crate::locale::Catalogue::new(language);
        for kind in &kinds {
            let refusal = Refusal { span: Span::default(), kind: kind.clone() };
            assert!(catalogue.has(refusal.text().key()) && catalogue.has(refusal.help().key()), "{kind:?}");
            assert!(!catalogue.text(&refusal.text()).contains(['{', '}']), "{kind:?}");
        }
    }
}
