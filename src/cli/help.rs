//! `kitei help`: the list of topics, a page of the manual, what a register asks for, or the help of a command.

use super::arguments::{Help, command};
use super::{Context, Failure, Outcome};
use crate::export::definition::page;
use crate::locale::Text;
use crate::manual::{TOPICS, topic};
use crate::register::library::Library;

/// Runs the command.
pub fn run(context: &mut Context, arguments: Help) -> Result<Outcome, Failure> {
    let Some(name) = arguments.about.first() else {
        context.output.page(&contents(context));
        return Ok(Outcome::Good);
    };
    if let [_] = arguments.about.as_slice()
        && let Some(topic) = topic(name)
    {
        context.output.page(topic.page(context.catalogue.language()));
        return Ok(Outcome::Good);
    }
    if let [_] = arguments.about.as_slice()
        && let Some(definition) = Library::build(&[]).library.get(name)
    {
        context.output.page(&page(definition, &context.catalogue));
        return Ok(Outcome::Good);
    }
    let mut found = command(&context.catalogue);
    // Usage lines name the whole command.
    found.build();
    for name in &arguments.about {
        found = found.find_subcommand(name).cloned().ok_or_else(|| unknown(context, name))?;
    }
    context.output.page(&found.render_help().to_string());
    Ok(Outcome::Good)
}

/// Topics and commands with a line each.
fn contents(context: &Context) -> String {
    let catalogue = &context.catalogue;
    let mut text = format!("{}\n\n{}\n", catalogue.get("help-lead"), catalogue.get("help-topics"));
    for topic in TOPICS {
        let words = catalogue.get(&format!("help-topic-{}", topic.name));
        text.push_str(&format!("  {:<16}{words}\n", topic.name));
    }
    text.push_str(&format!("\n{}\n", catalogue.get("help-commands")));
    for sub in command(catalogue).get_subcommands() {
        let about = sub.get_about().map(ToString::to_string).unwrap_or_default();
        text.push_str(&format!("  {:<16}{about}\n", sub.get_name()));
    }
    text
}

/// Neither a topic nor a command, with the nearest one.
fn unknown(context: &Context, name: &str) -> Failure {
    let command = command(&context.catalogue);
    let known = TOPICS.iter().map(|topic| topic.name).chain(command.get_subcommands().map(|sub| sub.get_name()));
    let nearest = known.min_by_key(|known| strsim::damerau_levenshtein(known, name)).unwrap_or_default();
    Failure::new(Text::new("help-unknown").arg("name", name).arg("nearest", nearest))
}
