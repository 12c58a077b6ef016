//! Signatures of every commit that arrived in the period.

use rayon::prelude::*;

use crate::evidence::grade::{Basis, Claim};
use crate::evidence::material::Material;
use crate::evidence::signature::{Checked, Form, Verdict, check};
use crate::evidence::table::{Column, Draft, Table, code, date, object, text};
use crate::history::Commit;

const COLUMNS: &[Column] = &[
    object("commit"),
    text("summary"),
    text("committer"),
    date("committed_on"),
    code("form", "evidence-signature"),
    code("verdict", "evidence-verdict"),
    text("key"),
    text("principals"),
];

/// The table.
pub fn table(material: &Material<'_>) -> Table {
    let mut table = Table::new("signatures", COLUMNS);
    let commits: Vec<&Commit> =
        material.timelines.commits().iter().filter(|commit| material.is_within(commit.id)).collect();
    let checked: Vec<Checked> = commits
        .par_iter()
        .map(|commit| {
            // A commit that could be walked can be read again.
            let signature = material.repository.signature(commit.id).ok().flatten();
            check(commit, signature.as_ref(), material.signers.as_ref())
        })
        .collect();
    for (commit, checked) in commits.into_iter().zip(checked) {
        table.push(row(material, commit, checked));
    }
    table
}

fn row(material: &Material<'_>, commit: &Commit, checked: Checked) -> Draft {
    let basis = || Basis { commit: Some(commit.id.to_string()), ..Basis::default() };
    let row = Draft::default()
        .set("commit", commit.id)
        .set("summary", &commit.summary)
        .set("committer", format!("{} <{}>", commit.committer.name, commit.committer.email))
        .set("committed_on", material.day(commit))
        .set("form", checked.form.name())
        .set("verdict", checked.verdict.name())
        .set("key", checked.key)
        .set("principals", checked.principals);
    match (checked.form, checked.verdict) {
        (Form::None, _) => row.claim(Claim::proved("unsigned", basis())),
        (_, verdict) if verdict.fits() => {
            let row = row.claim(Claim::proved("signed", basis()));
            match verdict {
                Verdict::Good => row.claim(Claim::asserted("key-owner", basis(), "signers")),
                _ => row.claim(Claim::not_provable("key-owner", "signers-silent")),
            }
        }
        (_, Verdict::Bad) => row.claim(Claim::proved("signature-bad", basis())),
        (Form::Ssh, _) => row.claim(Claim::not_provable("signed", "no-signers")),
        _ => row.claim(Claim::not_provable("signed", "form-not-checked")),
    }
}
