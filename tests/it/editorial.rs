//! Minor and major: pairs of sentences that people judged, what holds for every document, and what belongs to a text beside
//! its words.

use std::sync::LazyLock;

use kitei::compare::editorial::{
    Correction, Editorial, MajorKind, MajorReason, ProtectedWords, WordKind, Wording, judge,
};
use kitei::model::document::{Document, Numbering, Tier};
use kitei::parse::document::document;
use kitei::source::FileId;
use proptest::prelude::*;

const PAIRS: &str = include_str!("../editorial.toml");

#[derive(serde::Deserialize)]
#[serde(deny_unknown_fields)]
struct Pairs {
    changes: Vec<Pair>,
    corrections: Vec<Pair>,
    strict: Vec<Pair>,
    seen: Vec<Pair>,
}

#[derive(serde::Deserialize)]
#[serde(deny_unknown_fields)]
struct Pair {
    old: String,
    new: String,
    kind: Option<String>,
    pairs: Option<usize>,
    pair: Option<(String, String)>,
}

/// The lists, with names of an organisation.
static PROTECTED: LazyLock<ProtectedWords> = LazyLock::new(|| {
    let mut words = ProtectedWords::default();
    words.extend(WordKind::Role, ["総務部長", "Security Lead"]);
    words.add_term("情報資産", ["情報財産"]);
    words
});

fn read(text: &str) -> Document {
    document(FileId::DETACHED, "policies/a.md", text, Tier::Policy, Numbering::Articles).0
}

fn judged(old: &str, new: &str) -> Editorial {
    let (before, after) = (read(old), read(new));
    judge(Wording { document: &before, text: old }, Wording { document: &after, text: new }, &PROTECTED)
}

fn with_body(body: &str) -> String {
    format!(
        "+++\nid = \"P-01\"\ntitle = \"規程\"\nversion = \"1.0\"\nowner = \"office\"\n+++\n\n### 目的 {{#purpose}}\n\n{body}\n"
    )
}

fn bodies(old: &str, new: &str) -> Editorial {
    judged(&with_body(old), &with_body(new))
}

fn reasons(judged: Editorial) -> Vec<MajorReason> {
    match judged {
        Editorial::Major { reasons } => reasons,
        Editorial::Minor { corrections } => panic!("is minor: {corrections:?}"),
    }
}

fn corrections(judged: Editorial) -> Vec<Correction> {
    match judged {
        Editorial::Minor { corrections } => corrections,
        Editorial::Major { reasons } => panic!("is major: {reasons:?}"),
    }
}

fn kinds(judged: Editorial) -> Vec<MajorKind> {
    reasons(judged).into_iter().map(|reason| reason.kind).collect()
}

fn kind_named(name: &str) -> MajorKind {
    match name {
        "moved" => MajorKind::Moved,
        "rewritten" => MajorKind::Rewritten,
        "modality" => MajorKind::Word(WordKind::Modality),
        "negation" => MajorKind::Word(WordKind::Negation),
        "condition" => MajorKind::Word(WordKind::Condition),
        "connective" => MajorKind::Word(WordKind::Connective),
        "quantifier" => MajorKind::Word(WordKind::Quantifier),
        "limit" => MajorKind::Word(WordKind::Limit),
        "number" => MajorKind::Word(WordKind::Number),
        "unit" => MajorKind::Word(WordKind::Unit),
        "role" => MajorKind::Word(WordKind::Role),
        "term" => MajorKind::Word(WordKind::Term),
        other => panic!("{other} is no kind"),
    }
}

#[test]
fn no_pair_that_changes_what_is_decided_is_minor_and_corrections_of_writing_are() {
    let pairs: Pairs = toml::from_str(PAIRS).unwrap();
    assert!(pairs.changes.len() >= 50 && pairs.corrections.len() >= 40, "the set is large enough to say something");
    let mut wrong = Vec::new();
    for Pair { old, new, kind, .. } in &pairs.changes {
        let kind = kind_named(kind.as_deref().expect("a change has a kind"));
        // What was changed can be changed back, and that is no smaller a change.
        for (old, new) in [(old, new), (new, old)] {
            if let Editorial::Minor { corrections } = bodies(old, new) {
                wrong.push(format!("{old} → {new}: minor {corrections:?}"));
            }
        }
        let found = bodies(old, new);
        if let Editorial::Major { reasons } = &found
            && reasons.iter().all(|reason| reason.kind != kind)
        {
            wrong.push(format!("{old} → {new}: {reasons:?}"));
        }
    }
    for Pair { old, new, pairs, .. } in &pairs.corrections {
        match bodies(old, new) {
            Editorial::Minor { corrections } if Some(corrections.len()) == *pairs => {}
            other => wrong.push(format!("{old} → {new}: {other:?}")),
        }
    }
    for Pair { old, new, .. } in &pairs.strict {
        if let Editorial::Minor { corrections } = bodies(old, new) {
            wrong.push(format!("{old} → {new}: belongs to the corrections: {corrections:?}"));
        }
    }
    for Pair { old, new, pair, .. } in &pairs.seen {
        let found = bodies(old, new);
        match (&found, pair) {
            (Editorial::Minor { corrections }, Some((before, after))) if matches!(&corrections[..], [only] if only.before == *before && only.after == *after) =>
                {}
            _ => wrong.push(format!("{old} → {new}: {found:?}")),
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn a_correction_is_named_with_its_words_and_every_place_of_it() {
    let old = "サーバを点検する。\n\n1. サーバの鍵\n2. 行なうこと";
    let new = "サーバーを点検する。\n\n1. サーバーの鍵\n2. 行うこと";
    let found = corrections(bodies(old, new));
    let named: Vec<(&str, &str)> = found.iter().map(|pair| (&*pair.before, &*pair.after)).collect();
    assert_eq!(named, [("サーバ", "サーバー"), ("行なう", "行う")]);
    let places: Vec<String> = found[0].places.iter().map(|place| place.at.to_string()).collect();
    assert_eq!(places, ["purpose/1", "purpose/1/1"]);
    let text = with_body(new);
    let span = found[1].places[0].span.unwrap();
    assert_eq!(&text[span.start..span.end], "行う");
    let owner =
        judged(&with_body(old), &with_body(old).replace("owner = \"office\"", "owner = \"board\"\nsummary = \"要点\""));
    assert_eq!(corrections(owner).len(), 2, "owner and summary may differ, and are shown");
}

#[test]
fn five_pairs_are_minor_and_six_are_not() {
    let words = ["申込", "受付", "取扱", "打合", "問合", "組合"];
    let text = |words: &[&str]| words.iter().map(|word| format!("- {word}\n")).collect::<String>();
    let spelled: Vec<String> = words.iter().map(|word| word.chars().map(|c| format!("{c}り")).collect()).collect();
    let change = |count: usize| {
        let new: Vec<&str> = (0..6).map(|at| if at < count { &*spelled[at] } else { words[at] }).collect();
        bodies(&text(&words), &text(&new))
    };
    assert_eq!(corrections(change(5)).len(), 5);
    assert_eq!(kinds(change(6)), [MajorKind::TooMany]);
}

#[test]
fn what_belongs_to_a_text_beside_its_words_is_never_minor() {
    let (front, structure, markup) = (MajorKind::FrontMatter, MajorKind::Structure, MajorKind::Markup);
    for (old, new, kind) in [
        ("一\n\n二", "一", structure),
        ("- 一\n- 二", "- 一\n- 二\n- 三", structure),
        ("- 一", "1. 一", structure),
        ("> [!IMPORTANT]\n> 一", "> [!CAUTION]\n> 一", structure),
        ("| 一 | 二 |\n|---|---|\n| 三 | 四 |", "| 一 | 二 |\n|---|---|\n| 三 | 四 |\n| 五 | 六 |", structure),
        ("```\nrm a\n```", "```\nrm b\n```", structure),
        ("鍵**を**渡す", "**鍵**を渡す", markup),
        ("鍵を渡す", "**鍵**を渡す", markup),
        ("`a`を打つ", "`b`を打つ", markup),
        ("鍵\\\n渡す", "鍵渡す", markup),
        ("[鍵](a.md)", "[鍵](b.md)", MajorKind::Reference),
        ("[[P-02#keys]]", "[[P-02#locks]]", MajorKind::Reference),
        ("[[role:ciso]]が見る", "[[role:cso]]が見る", MajorKind::Reference),
        ("![図](a.png)", "![図](b.png)", MajorKind::Reference),
        ("一\n\n### 鍵 {#keys}\n\n二", "一", MajorKind::SectionRemoved),
        ("一", "一\n\n### 鍵 {#keys}\n\n二", MajorKind::SectionAdded),
        ("一\n\n### 鍵 {#keys}\n\n二", "一\n\n### 鍵 {#locks}\n\n二", MajorKind::SectionAdded),
        ("一\n\n### 鍵 {#keys}\n\n二", "一\n\n### 鍵 {#keys .deleted}\n\n二", structure),
    ] {
        let found = bodies(old, new);
        match &found {
            Editorial::Major { reasons } => {
                assert!(reasons.iter().any(|reason| reason.kind == kind), "{old} → {new}: {reasons:?}");
            }
            Editorial::Minor { corrections } => panic!("{old} → {new}: {corrections:?}"),
        }
    }
    let base = with_body("一");
    for (old, new, key) in [
        ("title = \"規程\"", "title = \"規定\"", "title"),
        ("owner =", "approver = \"office\"\nowner =", "approver"),
        ("owner =", "annex_a = [\"5.1\"]\nowner =", "annex_a"),
        ("owner =", "numbering = \"plain\"\nowner =", "numbering"),
        ("owner =", "classification = \"public\"\nowner =", "classification"),
    ] {
        let found = kinds(judged(&base, &base.replace(old, new)));
        assert!(found.contains(&front(key)), "{new}: {found:?}");
    }
}

/// Pieces of sentences, so that random texts have words, numbers, marks and blocks.
fn body() -> impl Strategy<Value = String> {
    let piece = prop::sample::select(vec![
        "従業員は、",
        "端末を",
        "施錠しなければならない。",
        "10",
        "三",
        "営業日以内",
        "**鍵**",
        "`rm`",
        "[[role:ciso]]",
        "must ",
        "not ",
        "office ",
        "\n\n",
        "\n- ",
        "\n1. ",
        "\n### 条 {#a}\n\n",
        "\n> [!NOTE]\n> ",
        "２",
        "²",
        "(",
        "。",
        "&amp;",
    ]);
    prop::collection::vec(piece, 1..24).prop_map(|pieces| pieces.concat())
}

proptest! {
    #![proptest_config(ProptestConfig { rng_seed: proptest::test_runner::RngSeed::Fixed(27001), ..ProptestConfig::default() })]

    #[test]
    fn a_text_is_a_correction_of_itself_without_any_pair(body in body()) {
        prop_assert_eq!(bodies(&body, &body), Editorial::Minor { corrections: Vec::new() });
    }

    #[test]
    fn another_digit_is_never_minor(before in body(), after in body(), old in 0u32..1000, new in 0u32..1000) {
        prop_assume!(old != new);
        let text = |number: u32| format!("{before}番号{number}まで{after}");
        let major = matches!(bodies(&text(old), &text(new)), Editorial::Major { .. });
        prop_assert!(major);
    }

    #[test]
    fn what_is_minor_one_way_is_minor_the_other_way_and_keeps_the_digits(old in body(), new in body()) {
        let digits = |text: &str| text.chars().filter_map(|c| c.to_digit(10)).collect::<Vec<_>>();
        let there = bodies(&old, &new);
        prop_assert_eq!(matches!(there, Editorial::Minor { .. }), matches!(bodies(&new, &old), Editorial::Minor { .. }));
        if let Editorial::Minor { corrections } = there {
            prop_assert!(corrections.len() <= kitei::compare::editorial::MOST_PAIRS);
            let ids = |text: &str| digits(&text.replace("1. ", "").replace('２', "2"));
            prop_assert_eq!(ids(&old), ids(&new));
        }
    }
}
