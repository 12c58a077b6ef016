//! The files of a new handbook, in memory: what `kitei init` writes. Settings in, files out; reads no disk and no clock.
//!
//! | file | holds |
//! |---|---|
//! | `example` | the example company with its past, for `--example` |
//! | `handbook` | the reference handbook inside the program |
//! | `forge` | what makes a forge check, comment, record and publish |
//! | `template` | the templates of its files, and what the settings put into them |
//! | `small` | the small handbook to start from |
//! | `level`, `document`, `register` | a level of it as a handbook of one's own |

mod document;
pub mod example;
pub mod forge;
mod handbook;
mod level;
mod register;
mod small;
mod template;

use jiff::civil::Date;

pub use self::document::Plain;
use crate::locale::{Language, Text};
use crate::markup::template::TemplateError;
use crate::model::document::StartLevel;
use crate::publish::{Artifacts, PublishError};

/// What a new handbook is made from.
#[derive(Debug, Clone)]
pub struct Settings {
    /// Name of the organisation.
    pub organisation: String,
    /// Language of the documents.
    pub language: Language,
    /// IANA time zone in which "today" is meant.
    pub timezone: String,
    /// For which forges files are written.
    pub forges: forge::Forges,
    /// The day on which it is begun: appointments and 附則 start with it.
    pub today: Date,
}

/// The first page: the forge shows it, and it says what to do next.
pub const FIRST_PAGE: &str = "README.md";

/// Where the first page goes in a repository that has one of its own.
pub const FIRST_PAGE_BESIDE: &str = "GETTING-STARTED.md";

/// What git leaves alone.
pub const IGNORED: &str = ".gitignore";

/// How git writes files: the same bytes on every system.
pub const ATTRIBUTES: &str = ".gitattributes";

/// A new handbook.
#[derive(Debug)]
pub struct Started {
    /// Its files.
    pub artifacts: Artifacts,
    /// Documents of the reference handbook that are not taken.
    pub left_out: Vec<LeftOut>,
    /// References to them, which became plain text.
    pub plain: Vec<Plain>,
}

/// Why a new handbook cannot be made: a fault of the program's own files, which its tests find.
#[derive(Debug)]
pub enum StarterError {
    /// A template is wrong.
    Template(TemplateError),
    /// Two files have the same name.
    Publish(PublishError),
}

impl StarterError {
    /// The error in words.
    pub fn text(&self) -> Text {
        match self {
            Self::Template(error) => error.text(),
            Self::Publish(error) => error.text(),
        }
    }
}

impl From<TemplateError> for StarterError {
    fn from(error: TemplateError) -> Self {
        Self::Template(error)
    }
}

impl From<PublishError> for StarterError {
    fn from(error: PublishError) -> Self {
        Self::Publish(error)
    }
}

/// A document of the reference handbook that is not taken.
#[derive(Debug, Clone, PartialEq, Eq, serde::Serialize)]
pub struct LeftOut {
    /// Its id there.
    pub id: String,
    /// Its title.
    pub title: String,
}

/// The files of a new handbook: of a level of the reference handbook, or the small one with one document a tier. All of
/// its documents are drafts.
///
/// # Errors
/// Where the program's own files are at fault.
pub fn new_handbook(settings: &Settings, level: Option<StartLevel>) -> Result<Started, StarterError> {
    let templates = template::Templates::new(settings)?;
    let mut started = match level {
        Some(level) => level::files(settings, &templates, level)?,
        None => Started { artifacts: small::files(settings, &templates)?, left_out: Vec::new(), plain: Vec::new() },
    };
    forge::add(settings, &templates, &mut started.artifacts)?;
    Ok(started)
}

/// Whether a name can stand in the documents: one line of text.
pub fn is_name(name: &str) -> bool {
    !name.trim().is_empty() && name.chars().count() <= 100 && !name.contains(char::is_control)
}
