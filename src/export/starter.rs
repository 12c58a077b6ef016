//! The text of a new document: the next id of its tier, and the sections that such a document has.

use crate::handbook::Handbook;
use crate::locale::{Catalogue, Language};
use crate::model::document::{Numbering, Tier};
use crate::model::id::DocumentId;
use crate::model::outline::HeadingKind;
use crate::parse;
use crate::source::SourceDb;

/// What a new document states.
#[derive(Debug, Clone)]
pub struct NewDocument {
    /// Its tier.
    pub tier: Tier,
    /// Its id.
    pub id: DocumentId,
    /// Its title.
    pub title: String,
    /// Owner (role id).
    pub owner: String,
    /// Ids of what it implements.
    pub implements: Vec<String>,
    /// Annex A controls.
    pub annex_a: Vec<String>,
}

/// The next id of a tier: one more than the highest number ever used, with as many digits; `used` are ids that were in
/// history. An Annex A control's standard takes the control's number.
pub fn next_id(handbook: &Handbook, tier: Tier, annex: Option<&str>, used: &[String]) -> Option<DocumentId> {
    let usual = ["P", "C", "S"][tier as usize].to_owned();
    let prefix = handbook.config.tier(tier).prefix.map_or(usual, |prefix| prefix.value);
    if let Some(number) = annex {
        return DocumentId::parse(&format!("{prefix}-{number}"));
    }
    let known = handbook.by_id().map(|(id, _)| id.to_string());
    let known = known.chain(handbook.ledgers.keys().map(ToString::to_string)).chain(used.iter().cloned());
    let numbers: Vec<String> = known
        .filter_map(|id| id.to_ascii_uppercase().strip_prefix(&format!("{prefix}-")).map(str::to_owned))
        .filter(|rest| !rest.is_empty() && rest.bytes().all(|b| b.is_ascii_digit()))
        .collect();
    let highest = numbers.iter().filter_map(|number| number.parse::<u64>().ok()).max().unwrap_or(0);
    let width = numbers.iter().map(String::len).max().unwrap_or(2);
    DocumentId::parse(&format!("{prefix}-{:0width$}", highest.checked_add(1)?))
}

/// The document's text. The organisation's own `site/starters/<tier>.<language>.md` replaces the usual sections.
pub fn text(handbook: &Handbook, document: &NewDocument) -> String {
    let mut front = format!(
        "+++\nid = {}\ntitle = {}\nversion = \"1.0\"\nowner = {}\n",
        quoted(document.id.as_str()),
        quoted(&document.title),
        quoted(&document.owner)
    );
    for (key, values) in [("implements", &document.implements), ("annex_a", &document.annex_a)] {
        if !values.is_empty() {
            let values: Vec<String> = values.iter().map(|value| quoted(value)).collect();
            front.push_str(&format!("{key} = [{}]\n", values.join(", ")));
        }
    }
    front.push_str("+++\n\n");
    let sections = sections(handbook, document.tier).replace("OWNER", &document.owner);
    required(handbook, document.tier, front + &sections)
}

/// The text with every section that the tier demands: those it lacks are added, before 附則 where there are any.
fn required(handbook: &Handbook, tier: Tier, text: String) -> String {
    let config = handbook.config.tier(tier);
    let mut sources = SourceDb::default();
    let file = sources.add("", text.clone());
    let (parsed, _) = parse::document::document(file, "", &text, tier, config.numbering);
    let lacking = config.required_sections.iter().filter(|id| parsed.outline.heading(&id.value).is_none());
    let mark = if config.numbering == Numbering::Articles { "###" } else { "##" };
    // The usual sections of a procedure speak to the reader; mixed manners would be a finding.
    let prompt = if tier == Tier::Procedure { "new-section-polite" } else { "new-section" };
    let prompt = Catalogue::new(handbook.config.language).get(prompt);
    let added: String = lacking
        .map(|id| format!("{mark} {} {{#{}}}\n\n{prompt}\n\n", heading(handbook, tier, &id.value), id.value))
        .collect();
    let supplement = parsed.outline.headings.iter().find(|heading| heading.kind == HeadingKind::Supplement);
    match supplement.map(|heading| heading.span.start) {
        _ if added.is_empty() => text,
        Some(at) => format!("{}{added}{}", &text[..at], &text[at..]),
        None => format!("{}\n\n{}\n", text.trim_end(), added.trim_end()),
    }
}

/// The words of a demanded section: those that a document of the tier has for it, or its id.
fn heading(handbook: &Handbook, tier: Tier, id: &str) -> String {
    let same = handbook.documents.iter().filter(|document| document.tier == tier);
    let known = same.filter_map(|document| document.outline.heading(id)).map(|heading| heading.text.clone()).next();
    known.unwrap_or_else(|| id.to_owned())
}

fn quoted(text: &str) -> String {
    toml::Value::String(text.to_owned()).to_string()
}

fn sections(handbook: &Handbook, tier: Tier) -> String {
    let language = handbook.config.language;
    let name = format!("starters/{}.{}.md", tier.name(), language.code());
    let own = handbook.site.get(&name).and_then(|bytes| String::from_utf8(bytes.clone()).ok());
    own.unwrap_or_else(|| {
        let usual = match (tier, language) {
            (Tier::Policy, Language::Ja) => include_str!("../../site/starters/policy.ja.md"),
            (Tier::Policy, Language::En) => include_str!("../../site/starters/policy.en.md"),
            (Tier::Control, Language::Ja) => include_str!("../../site/starters/control.ja.md"),
            (Tier::Control, Language::En) => include_str!("../../site/starters/control.en.md"),
            (Tier::Procedure, Language::Ja) => include_str!("../../site/starters/procedure.ja.md"),
            (Tier::Procedure, Language::En) => include_str!("../../site/starters/procedure.en.md"),
        };
        usual.to_owned()
    })
}
