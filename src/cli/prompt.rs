//! Prompts for what the command line left out: on a terminal it is asked for, elsewhere the flag is named that is
//! needed.

use dialoguer::{Confirm, Input, Select};
use jiff::civil::Date;

use super::{Context, Failure};
use crate::locale::Text;

/// Prompts on the terminal of a context.
#[derive(Clone, Copy)]
pub struct Prompter<'c> {
    context: &'c Context,
}

impl<'c> Prompter<'c> {
    /// Prompts in the context's language.
    pub fn new(context: &'c Context) -> Self {
        Self { context }
    }

    fn prompt(&self, prompt: &Text, flag: &str) -> Result<String, Failure> {
        if !self.context.output.interactive() {
            return Err(Failure::new(Text::new("flag-needed").arg("flag", flag)));
        }
        Ok(self.context.catalogue.text(prompt))
    }

    /// A text that is needed: as given, or asked for.
    pub fn text(&self, given: Option<String>, prompt: Text, flag: &str) -> Result<String, Failure> {
        match filled(given) {
            Some(text) => Ok(text),
            None => {
                let prompt = self.prompt(&prompt, flag)?;
                Input::new().with_prompt(prompt).interact_text().map_err(|_| interrupted())
            }
        }
    }

    /// A text that may be left out: asked for on a terminal alone, where an empty answer leaves it out.
    pub fn optional(&self, given: Option<String>, prompt: Text) -> Result<Option<String>, Failure> {
        if given.is_some() || !self.context.output.interactive() {
            return Ok(filled(given));
        }
        let prompt = self.context.catalogue.text(&prompt);
        let answer: String =
            Input::new().with_prompt(prompt).allow_empty(true).interact_text().map_err(|_| interrupted())?;
        Ok(filled(Some(answer)))
    }

    /// Ids that may be left out, asked for as [`Prompter::optional`] is.
    pub fn list(&self, given: Vec<String>, key: &'static str) -> Result<Vec<String>, Failure> {
        let given = split(given);
        if !given.is_empty() {
            return Ok(given);
        }
        Ok(split(self.optional(None, Text::new(key))?))
    }

    /// A date; off a terminal the proposal is taken where none is given.
    pub fn date(&self, given: Option<Date>, key: &'static str, proposal: Date) -> Result<Date, Failure> {
        match given {
            Some(date) => Ok(date),
            None if !self.context.output.interactive() => Ok(proposal),
            None => {
                let prompt = self.context.catalogue.get(key);
                Input::new().with_prompt(prompt).default(proposal).interact_text().map_err(|_| interrupted())
            }
        }
    }

    /// A date that has no proposal.
    pub fn needed_date(&self, given: Option<Date>, key: &'static str, flag: &str) -> Result<Date, Failure> {
        match given {
            Some(date) => Ok(date),
            None => {
                let prompt = self.prompt(&Text::new(key), flag)?;
                Input::new().with_prompt(prompt).interact_text().map_err(|_| interrupted())
            }
        }
    }

    /// One of several words.
    pub fn choose(&self, key: &'static str, flag: &str, words: &[&str]) -> Result<String, Failure> {
        let prompt = self.prompt(&Text::new(key), flag)?;
        let chosen = Select::new().with_prompt(prompt).items(words).default(0).interact().map_err(|_| interrupted())?;
        Ok(words.get(chosen).copied().unwrap_or_default().to_owned())
    }

    /// Yes or no.
    pub fn confirm(&self, key: &'static str, flag: &str) -> Result<bool, Failure> {
        let prompt = self.prompt(&Text::new(key), flag)?;
        Confirm::new().with_prompt(prompt).default(true).interact().map_err(|_| interrupted())
    }
}

/// A text that says something.
pub fn filled(text: Option<String>) -> Option<String> {
    text.filter(|text| !text.trim().is_empty())
}

/// Ids as typed: several in one text are separated by commas or blanks.
pub fn split(given: impl IntoIterator<Item = String>) -> Vec<String> {
    let given: Vec<String> = given.into_iter().collect();
    let ids = given.iter().flat_map(|text| text.split([',', '、', '，', ' ', '　']));
    ids.filter(|id| !id.is_empty()).map(str::to_owned).collect()
}

fn interrupted() -> Failure {
    Failure::new(Text::new("interrupted"))
}
