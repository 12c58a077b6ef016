//! `kitei compare`: two versions of a document side by side.

use super::arguments::{Compare, CompareFormat};
use super::open::{open_when, report_history};
use super::{Context, Failure, Outcome};
use crate::compare::Comparison;
use crate::compare::table::{Layout, Subject, Table};
use crate::compare::{html, markdown, sheet};
use crate::handbook::Handbook;
use crate::handbook::edition::Edition;
use crate::handbook::version::PublishedVersion;
use crate::locale::Text;
use crate::model::id::{DocumentId, Version};
use crate::publish::write_atomic;

/// The version that means the working text.
const TREE: &str = "tree";

/// Runs the command.
pub fn run(context: &mut Context, arguments: Compare) -> Result<Outcome, Failure> {
    let out = arguments.out.as_ref().map(|out| context.path(out));
    if arguments.format == CompareFormat::Xlsx && out.is_none() {
        return Err(Failure::new(Text::new("compare-needs-out")));
    }
    let snapshot = open_when(context, &arguments.when)?;
    let unknown = || Failure::new(Text::new("no-such-document").arg("id", &arguments.id));
    let id = DocumentId::parse(&arguments.id).ok_or_else(unknown)?;
    report_history(context, &snapshot, arguments.when.as_of);
    let handbook = snapshot.handbook();
    if handbook.document(&id).is_none() && !handbook.ledgers.contains_key(&id) {
        return Err(unknown());
    }
    let catalogue = &context.catalogue;
    let edition = Edition::in_force(handbook);
    let old = wording(handbook, &id, &arguments.old)?;
    let new = wording(handbook, &id, &arguments.new)?;
    let comparison = Comparison::new(&edition, &old, &new, catalogue);
    let subject = Subject::new(handbook, &old, &new, catalogue);
    let layout = Layout { style: arguments.style, order: arguments.order, all: arguments.all };
    let table = Table::new(&comparison, &subject, layout, catalogue);
    let bytes = match arguments.format {
        CompareFormat::Html => html::page(&table)?.into_bytes(),
        CompareFormat::Markdown => markdown::markdown(&table).into_bytes(),
        CompareFormat::Xlsx => sheet::sheet(&table, handbook.today)?,
    };
    match out {
        Some(out) => {
            write_atomic(&out, &bytes)?;
            let done = Text::new("compare-written").arg("path", out.display().to_string());
            context.output.progress(&context.catalogue.text(&done));
        }
        None => context.output.result(&String::from_utf8_lossy(&bytes)),
    }
    Ok(Outcome::Good)
}

/// The wording of a version: by the ledger, or the text in the tree.
fn wording<'h>(handbook: &'h Handbook, id: &DocumentId, written: &str) -> Result<PublishedVersion<'h>, Failure> {
    let tree = handbook.document(id);
    let stated = tree.and_then(|document| document.front.version.as_ref()).map(|version| version.value);
    let approvals = handbook.ledgers.get(id).map_or(&[][..], |ledger| &ledger.approvals);
    if written == TREE
        && let Some(document) = tree
    {
        let digest = handbook.index(id).and_then(|index| handbook.digests[index]);
        let approval = approvals.iter().rev().find(|approval| Some(approval.digest) == digest);
        return Ok(PublishedVersion { document, approval, copy: None });
    }
    let version = Version::parse(written);
    // Approved twice, the later entry stands.
    if let Some(approval) = approvals.iter().rev().find(|approval| Some(approval.version) == version) {
        return handbook
            .approved_version(id, approval)
            .ok_or_else(|| Failure::new(Text::new("compare-no-text").arg("id", id.as_str()).arg("version", written)));
    }
    if version.is_some()
        && version == stated
        && let Some(document) = tree
    {
        return Ok(PublishedVersion { document, approval: None, copy: None });
    }
    let mut known: Vec<String> = approvals.iter().map(|approval| approval.version.to_string()).collect();
    known.extend(stated.map(|version| version.to_string()));
    known.extend(tree.map(|_| TREE.to_owned()));
    known.dedup();
    let text = Text::new("compare-no-version").arg("id", id.as_str()).arg("version", written);
    Err(Failure::new(text.arg("all", known.join(", "))))
}
