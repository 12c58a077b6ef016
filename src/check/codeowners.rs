//! `CODEOWNERS` for the forge: who has to look at a change, from owners, approvers and their forge accounts.
//!
//! The last line that fits a path counts on the forges, so the general lines come first.

use std::collections::BTreeSet;

use crate::handbook::Handbook;
use crate::load::CONFIG_FILE;
use crate::model::document::Tier;

/// The first line, by which a file of ours is recognised.
pub const HEADER: &str = "# Written by `kitei export codeowners`; do not edit by hand.";

/// The file's text for the handbook's date.
pub fn codeowners(handbook: &Handbook) -> String {
    let mut lines = vec![HEADER.to_owned()];
    let records = &handbook.config.records_path;
    for tier in Tier::ALL {
        let approvers = tier_approvers(handbook, tier);
        lines.push(line(handbook, &format!("/{}/", handbook.config.folder(tier)), &approvers));
    }
    let mut documents: Vec<_> = handbook.documents.iter().collect();
    documents.sort_by(|a, b| a.path.cmp(&b.path));
    for document in documents {
        let owner = document.front.owner.as_ref().map(|owner| owner.value.clone());
        let mut roles: Vec<String> = owner.into_iter().collect();
        roles.extend(handbook.approver_of(document, false));
        roles.extend(handbook.approver_of(document, true));
        lines.push(line(handbook, &format!("/{}", document.path), &roles));
    }
    // What decides who may decide is looked at by everyone who approves anything.
    let all: Vec<String> = Tier::ALL.iter().flat_map(|tier| tier_approvers(handbook, *tier)).collect();
    let authority = [
        format!("/{records}/"),
        format!("/{records}/ledger/"),
        format!("/{records}/roles.toml"),
        format!("/{records}/people.toml"),
        format!("/{CONFIG_FILE}"),
        "/site/".to_owned(),
        "/.github/".to_owned(),
        "/.gitlab/".to_owned(),
        "/.gitlab-ci.yml".to_owned(),
        "/.ci/".to_owned(),
        "/CODEOWNERS".to_owned(),
        "/docs/CODEOWNERS".to_owned(),
    ];
    lines.extend(authority.iter().map(|path| line(handbook, path, &all)));
    lines.join("\n") + "\n"
}

fn tier_approvers(handbook: &Handbook, tier: Tier) -> Vec<String> {
    let settings = handbook.config.tier(tier);
    [settings.approver, settings.minor_approver].into_iter().flatten().map(|role| role.value).collect()
}

fn line(handbook: &Handbook, path: &str, roles: &[String]) -> String {
    // A path with a space is written with an escape; `#` would begin a comment.
    let path = path.replace('\\', "\\\\").replace(' ', "\\ ").replace('#', "\\#");
    let accounts: BTreeSet<String> = roles
        .iter()
        .flat_map(|role| handbook.people.iter().filter(move |person| person.holds(role, handbook.today)))
        .filter_map(|person| person.forge.as_ref().map(|forge| format!("@{}", forge.value.trim_start_matches('@'))))
        .collect();
    if accounts.is_empty() { path } else { format!("{path} {}", accounts.into_iter().collect::<Vec<_>>().join(" ")) }
}
