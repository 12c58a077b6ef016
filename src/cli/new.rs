//! `kitei new`: a document with the next id of its tier and the sections such a document has.

use dialoguer::Input;

use super::arguments::New;
use super::open::open;
use super::{Context, Failure, Outcome};
use crate::export::starter::{NewDocument, next_id, text};
use crate::locale::Text;
use crate::publish::append_atomic;
use crate::standard;

/// Runs the command.
pub fn run(context: &mut Context, arguments: New) -> Result<Outcome, Failure> {
    let snapshot = open(context, None, None)?;
    let handbook = snapshot.handbook();
    if let Some(number) = arguments.annex_a.first().filter(|number| standard::control(number).is_none()) {
        return Err(Failure::new(Text::new("new-no-control").arg("number", number)));
    }
    for id in &arguments.implements {
        if handbook.index_of(id).is_none() {
            return Err(Failure::new(Text::new("no-such-document").arg("id", id)));
        }
    }
    let owner = match arguments.owner {
        Some(owner) => owner,
        None if context.output.interactive() => {
            let prompt = context.catalogue.get("ask-owner");
            let asked: Result<String, _> = Input::new().with_prompt(prompt).interact_text();
            asked.map_err(|_| Failure::new(Text::new("interrupted")))?
        }
        None => return Err(Failure::new(Text::new("flag-needed").arg("flag", "--owner"))),
    };
    if handbook.role(&owner).is_none() {
        return Err(Failure::new(Text::new("approve-unknown-role").arg("role", owner)));
    }
    // Ids are never used again, so those that only history knows count too.
    let used: Vec<String> = match handbook.history().timelines()? {
        Some(timelines) => timelines.documents().map(str::to_owned).collect(),
        None => Vec::new(),
    };
    let annex =
        arguments.annex_a.first().map(String::as_str).filter(|_| arguments.tier == super::arguments::TierName::Control);
    let tier = arguments.tier.tier();
    let id = next_id(handbook, tier, annex, &used)
        .ok_or_else(|| Failure::new(Text::new("new-no-id").arg("tier", tier.name())))?;
    let taken = handbook.document(&id).is_some()
        || handbook.ledgers.contains_key(&id)
        || used.iter().any(|used| used.eq_ignore_ascii_case(id.as_str()));
    if taken {
        return Err(Failure::new(Text::new("new-taken").arg("id", id.as_str())));
    }
    let file =
        arguments.file.unwrap_or_else(|| format!("{}.md", annex.map_or(id.as_str().to_lowercase(), str::to_owned)));
    if file.contains(['/', '\\']) || !file.ends_with(".md") {
        return Err(Failure::new(Text::new("new-bad-file").arg("file", file)));
    }
    let path = format!("{}/{file}", handbook.config.folder(tier));
    let document = NewDocument {
        tier,
        id,
        title: arguments.title,
        owner,
        implements: arguments.implements,
        annex_a: arguments.annex_a,
    };
    let at = snapshot.root().join(&path);
    append_atomic(&at, None, text(handbook, &document).as_bytes())?;
    context.output.result(&path);
    Ok(Outcome::Good)
}
