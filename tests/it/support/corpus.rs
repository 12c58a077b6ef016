//! A synthetic handbook with history: documents in three tiers and folders of a hundred, cross references, articles,
//! tables, and an approval in the ledger for every version. Everything follows from the sizes and a fixed seed. The
//! benchmark uses it too.

use std::collections::BTreeMap;
use std::io::{BufWriter, Write};
use std::path::Path;
use std::process::Stdio;

use jiff::ToSpan;
use jiff::civil::{Date, date};
use kitei::approved_copy::{FileAt, PathMeaning, canonical};
use kitei::model::config::Config;
use kitei::model::document::Tier;
use kitei::model::id::DocumentId;
use kitei::parse::document::document;
use kitei::source::{FileId, SourceDb};

use super::git;

/// What git's clock says; every commit of the corpus has a time of its own.
const DAY: &str = "2026-11-20T09:00:00+09:00";

/// How large a corpus is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Size {
    /// Number of documents.
    pub documents: usize,
    /// Number of commits.
    pub commits: usize,
}

const SUBJECTS: [&str; 8] =
    ["情報システム管理者", "部門責任者", "利用者", "委託先", "事務局", "監査責任者", "教育担当者", "施設担当者"];
const OBJECTS: [&str; 12] = [
    "資産台帳",
    "利用者登録",
    "特権的な権限",
    "記録媒体",
    "持ち出し端末",
    "入退室の記録",
    "変更の申請",
    "委託先の評価",
    "ログの保管",
    "教育の実績",
    "暗号鍵",
    "連絡先一覧",
];
const VERBS: [&str; 8] = [
    "四半期ごとに点検する",
    "年に一度見直す",
    "当日中に報告する",
    "承認を得て変更する",
    "台帳に記載する",
    "期限までに削除する",
    "施錠して保管する",
    "二名で確認する",
];
const REASONS: [&str; 4] =
    ["漏えいを防ぐため", "責任の所在を明らかにするため", "法令の要求を満たすため", "誤りを早く見つけるため"];

/// xorshift64*: small, and the same everywhere.
struct Random(u64);

impl Random {
    fn below(&mut self, end: usize) -> usize {
        self.0 ^= self.0 >> 12;
        self.0 ^= self.0 << 25;
        self.0 ^= self.0 >> 27;
        usize::try_from(self.0.wrapping_mul(0x2545_f491_4f6c_dd1d) >> 33).unwrap_or(0) % end
    }

    fn pick<'a>(&mut self, words: &[&'a str]) -> &'a str {
        words[self.below(words.len())]
    }

    fn sentence(&mut self) -> String {
        format!("{}は、{}、{}を{}。", self.pick(&SUBJECTS), self.pick(&REASONS), self.pick(&OBJECTS), self.pick(&VERBS))
    }
}

struct Text {
    tier: Tier,
    id: String,
    path: String,
    title: String,
    annex: String,
    above: Option<String>,
    minor: u32,
    sections: Vec<Vec<String>>,
    references: Vec<usize>,
    ledger: String,
}

struct Meaning<'a>(&'a BTreeMap<String, DocumentId>);

impl PathMeaning for Meaning<'_> {
    fn document_at(&self, path: &str) -> Option<DocumentId> {
        self.0.get(path).cloned()
    }

    fn file_at(&self, _: &str) -> FileAt {
        FileAt::Missing
    }
}

/// Writes the corpus as a git repository with a working tree.
pub fn write(folder: &Path, size: Size) {
    let mut random = Random(0x9e37_79b9_7f4a_7c15);
    let mut texts: Vec<Text> = (0..size.documents).map(|index| text(index, size.documents, &mut random)).collect();
    let ids: BTreeMap<String, DocumentId> =
        texts.iter().filter_map(|text| Some((text.path.clone(), DocumentId::parse(&text.id)?))).collect();
    git::git(folder, DAY, &["init", "-q", "-b", "main", "."]);
    let mut import =
        git::command(folder, DAY, &["fast-import", "--quiet"]).stdin(Stdio::piped()).spawn().expect("git runs");
    let mut out = BufWriter::new(import.stdin.take().expect("stdin is piped"));
    let mut files: Vec<(String, String)> = settings();
    let (config, _) = kitei::parse::config::config(FileId::DETACHED, &files[0].1);
    for index in 0..texts.len() {
        files.extend(revision(&mut texts, index, &ids, date(2020, 4, 1), &config));
    }
    commit(&mut out, 0, "制定", &files);
    for number in 1..size.commits {
        let day = date(2020, 4, 1).saturating_add(i64::try_from(number * 2000 / size.commits).unwrap_or(0).days());
        let mut files = Vec::new();
        for _ in 0..=random.below(3) {
            let index = random.below(texts.len());
            let section = random.below(6);
            let line = random.below(5);
            texts[index].sections[section][line] = random.sentence();
            texts[index].minor += 1;
            files.extend(revision(&mut texts, index, &ids, day, &config));
        }
        commit(&mut out, number, &format!("改訂 {number}"), &files);
    }
    out.write_all(b"done\n").expect("git reads");
    drop(out);
    assert!(import.wait().expect("git ends").success());
    git::git(folder, DAY, &["reset", "-q", "--hard"]);
    git::git(folder, DAY, &["commit-graph", "write", "--reachable", "--changed-paths"]);
}

fn text(index: usize, documents: usize, random: &mut Random) -> Text {
    let policies = (documents / 20).max(1);
    let controls = (documents * 7 / 20).max(1);
    let (tier, prefix, folder, number, parents) = if index < policies {
        (Tier::Policy, "P", "policies", index, None)
    } else if index < policies + controls {
        let number = index - policies;
        (Tier::Control, "C", "controls", number, Some(format!("P-{:05}", number % policies + 1)))
    } else {
        let number = index - policies - controls;
        (Tier::Procedure, "S", "procedures", number, Some(format!("C-{:05}", number % controls + 1)))
    };
    let id = format!("{prefix}-{:05}", number + 1);
    Text {
        tier,
        path: format!("{folder}/{:03}/{id}.md", number / 100),
        title: format!("{}の取扱い {}", random.pick(&OBJECTS), index + 1),
        annex: format!("5.{}", index % 37 + 1),
        above: parents,
        id,
        minor: 0,
        sections: (0..6).map(|_| (0..5).map(|_| random.sentence()).collect()).collect(),
        references: (0..4).map(|_| random.below(documents)).collect(),
        ledger: String::new(),
    }
}

/// A document's text and its ledger with the approval of this version.
fn revision(
    texts: &mut [Text],
    index: usize,
    ids: &BTreeMap<String, DocumentId>,
    day: Date,
    config: &Config,
) -> [(String, String); 3] {
    let body = render(texts, index);
    let text = &mut texts[index];
    let file = SourceDb::default().add(text.path.clone(), String::new());
    let in_effect = config.in_effect(text.tier);
    let (parsed, problems) = document(file, &text.path, &body, text.tier, in_effect.numbering);
    assert!(problems.is_empty(), "{problems:?}");
    let copy = canonical(&parsed, &body, &in_effect, &Meaning(ids)).expect("an approvable text");
    let (approved, reading) = (copy.digest(), copy.reading);
    let (role, approver) = if text.minor == 0 { ("ciso", "yamada") } else { ("office", "sato") };
    let version = text.minor;
    text.ledger += &format!(
        "[[approval]]\nversion = \"1.{version}\"\ndigest = \"{approved}\"\nreading = \"{reading}\"\napproved_on = {day}\neffective = {day}\nrole = \"{role}\"\napprover = \"{approver}\"\ndrafters = [\"suzuki\"]\n\n"
    );
    [
        (text.path.clone(), body),
        (format!("records/ledger/{}.toml", text.id), text.ledger.clone()),
        (format!("records/approved/{}/1.{version}.md", text.id), copy.text),
    ]
}

fn render(texts: &[Text], index: usize) -> String {
    let text = &texts[index];
    let above = text.above.as_ref().map(|id| format!("implements = [\"{id}\"]\n")).unwrap_or_default();
    let mut out = format!(
        "+++\nid = \"{}\"\ntitle = \"{}\"\nversion = \"1.{}\"\nowner = \"office\"\nsummary = \"計測のための文書です。\"\nannex_a = [\"{}\"]\n{above}+++\n",
        text.id, text.title, text.minor, text.annex
    );
    let level = if text.tier == Tier::Policy { "###" } else { "##" };
    for (number, section) in text.sections.iter().enumerate() {
        let target = &texts[text.references[number % 4]];
        out += &format!(
            "\n{level} {}の取扱い {{#s{}}}\n\n{}\n\n",
            OBJECTS[(index + number) % OBJECTS.len()],
            number + 1,
            section[..3].concat()
        );
        out += &format!("1. {}\n2. {}\n\n", section[3], section[4]);
        if number % 2 == 0 {
            out += &format!("詳細は[[{}#s1]]を参照する。\n", target.id);
        } else {
            out += &format!("詳細は[{}](../../{}#s2)を参照する。\n", target.title, target.path);
        }
        if number == 2 {
            out += "\n| 区分 | 保管 | 廃棄 |\n|---|---|---|\n| 公開 | 任意 | 任意 |\n| 社外秘 | 社内 | 裁断 |\n";
        }
    }
    out
}

fn settings() -> Vec<(String, String)> {
    let mut config = String::from(
        "[handbook]\ntitle = \"計測用ハンドブック\"\norganisation = \"計測株式会社\"\nlanguage = \"ja\"\n\n[[classification]]\nid = \"internal\"\nname = \"社外秘\"\n",
    );
    for (tier, folder, prefix, numbering) in [
        ("policy", "policies", "P", "numbering = \"articles\"\n"),
        ("control", "controls", "C", ""),
        ("procedure", "procedures", "S", ""),
    ] {
        config += &format!(
            "\n[tiers.{tier}]\nfolder = \"{folder}\"\nprefix = \"{prefix}\"\napprover = \"ciso\"\nminor_approver = \"office\"\nreview_every = \"10 years\"\nclassification = \"internal\"\n{numbering}"
        );
    }
    let roles = "[[role]]\nid = \"office\"\nname = \"事務局\"\n\n[[role]]\nid = \"ciso\"\nname = \"最高情報セキュリティ責任者\"\n";
    let person = |id: &str, name: &str, role: &str| {
        format!(
            "[[person]]\nid = \"{id}\"\nname = \"{name}\"\nemails = [\"{id}@example.com\"]\nroles = [{{ role = \"{role}\", from = 2019-04-01 }}]\n\n"
        )
    };
    let people =
        [person("sato", "佐藤", "office"), person("yamada", "山田", "ciso"), person("suzuki", "鈴木", "office")];
    vec![
        ("kitei.toml".to_owned(), config),
        ("records/roles.toml".to_owned(), roles.to_owned()),
        ("records/people.toml".to_owned(), people.concat()),
    ]
}

fn commit(out: &mut impl Write, number: usize, message: &str, files: &[(String, String)]) {
    let time = 1_585_699_200 + number * 30_000;
    let who = format!("佐藤 <sato@example.com> {time} +0900");
    let mut text =
        format!("commit refs/heads/main\nauthor {who}\ncommitter {who}\ndata {}\n{message}\n", message.len());
    for (path, content) in files {
        text += &format!("M 100644 inline {path}\ndata {}\n{content}\n", content.len());
    }
    out.write_all(text.as_bytes()).expect("git reads");
}
