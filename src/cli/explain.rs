//! `kitei explain`: the page of a rule, or the list of all rules.

use super::arguments::Explain;
use super::{Context, Failure, Outcome};
use crate::check::{RULES, Severity, find, page};
use crate::locale::Text;

/// Runs the command.
pub fn run(context: &mut Context, arguments: Explain) -> Result<Outcome, Failure> {
    let language = context.catalogue.language();
    let Some(name) = arguments.rule else {
        let mut lines = String::new();
        for rule in RULES {
            let level = Severity::of(rule.level).map_or("allow", Severity::name);
            let level = context.catalogue.get(&format!("severity-{level}"));
            lines.push_str(&format!("{}  {:<28}  {level}  {}\n", rule.code, rule.name, page::title(rule, language)));
        }
        context.output.result(&lines);
        return Ok(Outcome::Good);
    };
    let Some(rule) = find(&name) else {
        let nearest =
            RULES.iter().min_by_key(|rule| strsim::damerau_levenshtein(rule.name, &name)).map_or("", |r| r.name);
        return Err(Failure::new(Text::new("no-such-rule").arg("name", name).arg("nearest", nearest)));
    };
    let basis = context.catalogue.text(&rule.basis.text());
    let level = Severity::of(rule.level).map_or("allow", Severity::name);
    let level = context.catalogue.get(&format!("severity-{level}"));
    let head =
        Text::new("explain-head").arg("code", rule.code).arg("name", rule.name).arg("level", level).arg("basis", basis);
    context.output.result(&format!("{}\n\n{}", context.catalogue.text(&head), page::shown(rule, language)));
    Ok(Outcome::Good)
}
