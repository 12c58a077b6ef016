//! `kitei explain`: the page of a rule, the list of all rules, or all pages.

use super::arguments::Explain;
use super::{Context, Failure, Outcome};
use crate::check::{RULES, Rule, Severity, find, page};
use crate::locale::Text;

/// Runs the command.
pub fn run(context: &mut Context, arguments: Explain) -> Result<Outcome, Failure> {
    let language = context.catalogue.language();
    if arguments.all {
        let pages: Vec<String> = RULES.iter().map(|rule| shown(context, rule)).collect();
        context.output.result(&pages.join("\n"));
        return Ok(Outcome::Good);
    }
    let Some(name) = arguments.rule else {
        let mut lines = String::new();
        for rule in RULES {
            let level = level(context, rule);
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
    context.output.result(&shown(context, rule));
    Ok(Outcome::Good)
}

/// The level that a rule has by itself, in words.
fn level(context: &Context, rule: &Rule) -> String {
    let level = Severity::of(rule.level).map_or("allow", Severity::name);
    context.catalogue.get(&format!("severity-{level}"))
}

/// A rule's page under its code, name, level and basis.
fn shown(context: &Context, rule: &Rule) -> String {
    let basis = context.catalogue.text(&rule.basis.text());
    let head = Text::new("explain-head")
        .arg("code", rule.code)
        .arg("name", rule.name)
        .arg("level", level(context, rule))
        .arg("basis", basis);
    format!("{}\n\n{}", context.catalogue.text(&head), page::shown(rule, context.catalogue.language()))
}
