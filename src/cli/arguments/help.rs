//! Help texts: out of the catalogue into what clap knows of commands and arguments.

use clap::{ArgAction, CommandFactory};

use super::Cli;
use crate::locale::{Catalogue, Text};

/// The command line with help texts of a language.
pub fn command(catalogue: &Catalogue) -> clap::Command {
    localise(Cli::command(), catalogue)
}

/// Options that are shown right behind another one, by command, where the keys of a ledger entry are declared in the
/// order of the file and not in that of a person who fills it in.
const SHOWN_BEHIND: [(&str, &str, &str); 5] = [
    ("announce", "on", "means"),
    ("approve", "changes", "recorded_by"),
    ("approve", "provisional", "self_approval"),
    ("approve", "ratify_by", "provisional"),
    ("approve", "original", "adopt"),
];

fn ordered(mut command: clap::Command) -> clap::Command {
    let moved: Vec<_> = SHOWN_BEHIND.into_iter().filter(|(name, ..)| *name == command.get_name()).collect();
    let options = command.get_arguments().filter(|argument| !moved.is_empty() && !argument.is_positional());
    let mut order: Vec<clap::Id> = options.map(|argument| argument.get_id().clone()).collect();
    for (_, option, before) in moved {
        order.retain(|id| id != option);
        let at = order.iter().position(|id| id == before).map_or(order.len(), |at| at + 1);
        order.insert(at, clap::Id::from(option));
    }
    for (at, id) in order.into_iter().enumerate() {
        command = command.mut_arg(id, |argument| argument.display_order(at));
    }
    command
}

fn localise(command: clap::Command, catalogue: &Catalogue) -> clap::Command {
    let mut command = ordered(command);
    let name = command.get_name().to_owned();
    let arguments: Vec<clap::Id> = command.get_arguments().map(|argument| argument.get_id().clone()).collect();
    for id in arguments {
        let key = id.as_str().replace('_', "-");
        let own = format!("cli-{name}-{key}");
        let help = catalogue.get(if catalogue.has(&own) { &own } else { "" });
        let help = if help.is_empty() { catalogue.get(&format!("cli-arg-{key}")) } else { help };
        command = command.mut_arg(id, |argument| {
            let heading = catalogue.get(match (argument.is_positional(), argument.is_global_set()) {
                (true, _) => "cli-heading-arguments",
                (_, true) => "cli-heading-global-options",
                _ => "cli-heading-options",
            });
            // What the library would add about values and defaults is in English only.
            let help = with_values(&help, &argument, catalogue);
            let takes_value = argument.get_action().takes_values();
            let argument = argument.help(help).help_heading(heading);
            if takes_value { argument.hide_possible_values(true).hide_default_value(true) } else { argument }
        });
    }
    let help = clap::Arg::new("help").short('h').long("help").action(ArgAction::Help);
    let options = catalogue.get("cli-heading-options");
    // Each command has the option itself: a manual page takes it apart from the others.
    command = command
        .disable_help_flag(true)
        .arg(help.help(catalogue.get("cli-arg-help")).help_heading(options.clone()))
        .subcommand_help_heading(catalogue.get("cli-heading-commands"))
        .help_template(format!(
            "{{about}}\n\n{}: {{usage}}\n\n{{all-args}}{{after-help}}",
            catalogue.get("cli-heading-usage")
        ));
    if name == "kitei" {
        let version = clap::Arg::new("version").short('V').long("version").action(ArgAction::Version);
        command = command
            .arg(version.help(catalogue.get("cli-arg-version")).help_heading(options))
            .about(catalogue.get("cli-kitei"))
            .after_help(format!("\n{}", catalogue.get("cli-kitei-after")));
    } else {
        command = command.about(catalogue.get(&format!("cli-{name}")));
    }
    let names: Vec<String> = command.get_subcommands().map(|sub| sub.get_name().to_owned()).collect();
    for sub in names {
        command = command.mut_subcommand(sub, |sub| localise(sub, catalogue));
    }
    command
}

/// A help text with the values that can be chosen and the one taken by default.
fn with_values(help: &str, argument: &clap::Arg, catalogue: &Catalogue) -> String {
    let takes_value = argument.get_action().takes_values();
    let values: Vec<String> = argument
        .get_possible_values()
        .iter()
        .filter(|_| takes_value)
        .map(|value| value.get_name().to_owned())
        .collect();
    let default = argument.get_default_values().first().filter(|_| takes_value).map(|value| value.to_string_lossy());
    let mut text = help.to_owned();
    if values.len() > 1 {
        text += &catalogue.text(&Text::new("cli-values").arg("values", values.join(", ")));
    }
    if let Some(default) = default {
        text += &catalogue.text(&Text::new("cli-default").arg("value", default.into_owned()));
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::locale::Language;

    #[test]
    fn every_command_and_argument_has_words_in_both_languages() {
        for language in Language::ALL {
            let catalogue = Catalogue::new(language);
            let command = command(&catalogue);
            command.clone().debug_assert();
            let mut open = vec![command];
            while let Some(command) = open.pop() {
                let about = command.get_about().map(ToString::to_string).unwrap_or_default();
                assert!(!about.is_empty() && !about.starts_with("cli-"), "{language}: {}", command.get_name());
                for argument in command.get_arguments() {
                    let help = argument.get_help().map(ToString::to_string).unwrap_or_default();
                    let name = format!("{language}: {} {}", command.get_name(), argument.get_id());
                    assert!(!help.is_empty() && !help.starts_with("cli-"), "{name}");
                }
                // As on a manual page of its own.
                command.clone().debug_assert();
                open.extend(command.get_subcommands().cloned());
            }
        }
    }
}
