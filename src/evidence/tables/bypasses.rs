//! Changes that bypassed approval: texts that stood on the main line under a version that was approved with another
//! text, and whatever the rules find wrong with an approval. An organisation may silence a rule or waive a finding;
//! evidence tells it all the same.

use super::changes::{arrived_on, standing};
use crate::check::{self, RULES, Rule};
use crate::evidence::grade::{Basis, Claim};
use crate::evidence::material::Material;
use crate::evidence::table::{Column, Draft, Table, code, date, document, object, text};

const COLUMNS: &[Column] = &[
    text("id"),
    document("document"),
    code("kind", "evidence-bypass"),
    text("detail"),
    text("rule"),
    text("version"),
    object("commit"),
    text("author"),
    date("arrived_on"),
    object("ended_with"),
    date("ended_on"),
    text("path"),
    text("line"),
];

/// The rules that judge whether what is in force was approved, and by whom.
const JUDGES: [&str; 13] = [
    "approved-text-missing",
    "approver-lacks-role",
    "approver-out-of-office",
    "duplicate-version",
    "effective-before-approval",
    "ledger-malformed",
    "ledger-rewritten",
    "minor-change-too-large",
    "overtaken-approval",
    "ratification-overdue",
    "self-approval",
    "unapproved-change",
    "wrong-approver-rank",
];

/// The table.
pub fn table(material: &Material<'_>) -> Table {
    let mut table = Table::new("bypasses", COLUMNS);
    texts(material, &mut table);
    findings(material, &mut table);
    table
}

fn texts(material: &Material<'_>, table: &mut Table) {
    for (id, wordings) in material.documents() {
        for (at, wording) in wordings.iter().enumerate() {
            let commit = wording.revision.commit;
            if !material.is_within(commit) {
                continue;
            }
            let (standing, _) = standing(material, id, wording);
            if !standing.is_bypass() {
                continue;
            }
            // The text stood until the next one that came into the main line with another commit.
            let arrival = material.arrival(commit).map(|arrival| arrival.id);
            let ended = wordings[..at].iter().rev().find_map(|next| {
                let next = material.arrival(next.revision.commit)?.id;
                (Some(next) != arrival).then_some(next)
            });
            let author = material.timelines.commit(commit).map(|commit| &commit.author);
            table.push(
                Draft::default()
                    .set("id", format!("{id}/text/{commit}"))
                    .set("document", id.as_str())
                    .set("kind", standing.name())
                    .set("version", wording.version.map(|version| version.to_string()))
                    .set("commit", commit)
                    .set("author", author.map(|author| format!("{} <{}>", author.name, author.email)))
                    .set("arrived_on", arrived_on(material, commit))
                    .set("ended_with", ended)
                    .set("ended_on", ended.and_then(|ended| arrived_on(material, ended)))
                    .set("path", wording.revision.path.as_ref().map(ToString::to_string))
                    .claim(Claim::proved("bypass", material.text_basis(wording)))
                    .claim(Claim::asserted(
                        "when",
                        Basis { commit: Some(commit.to_string()), ..Basis::default() },
                        "dates",
                    )),
            );
        }
    }
}

fn findings(material: &Material<'_>, table: &mut Table) {
    let handbook = material.handbook;
    let rules: Vec<&'static Rule> = RULES.iter().copied().filter(|rule| JUDGES.contains(&rule.name)).collect();
    let sources = &handbook.sources;
    let prefix = format!("{}/ledger/", handbook.config.records_path);
    let mut counts: std::collections::BTreeMap<String, usize> = std::collections::BTreeMap::new();
    for finding in check::find_regardless(handbook, &rules) {
        let file = sources.file(finding.place.file);
        let path = file.path();
        let ledger = path.strip_prefix(&prefix).and_then(|name| name.strip_suffix(".toml"));
        let stated = handbook.documents.iter().find(|document| document.file == finding.place.file);
        let document = ledger.map(str::to_owned).or_else(|| stated.and_then(|d| d.id()).map(|id| id.to_string()));
        let name = format!("{}/finding/{}", document.as_deref().unwrap_or(path), finding.rule.code);
        let count = counts.entry(name.clone()).or_default();
        *count += 1;
        let line = file.position(finding.place.span.start).line;
        let basis = material.register_basis(path, format!("{}:{line}", path));
        table.push(
            Draft::default()
                .set("id", format!("{name}/{count}"))
                .set("document", document)
                .set("kind", "finding")
                .set("detail", material.catalogue.text(&finding.message.shortened()))
                .set("rule", format!("{} {}", finding.rule.code, finding.rule.name))
                .set("path", path)
                .set("line", i64::try_from(line).unwrap_or(i64::MAX))
                .claim(Claim::asserted("finding", basis, "names")),
        );
    }
}
