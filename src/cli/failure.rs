//! Why a command ended early, from the errors of the library: `?` turns each into the words that a person reads.

use crate::evidence::EvidenceError;
use crate::history::HistoryError;
use crate::locale::Text;
use crate::markup::template::TemplateError;
use crate::publish::PublishError;
use crate::serve::ServeError;
use crate::site::SiteError;
use crate::starter::StarterError;
use crate::workspace::WorkspaceError;

/// Why a command ended early.
#[derive(Debug)]
pub enum Failure {
    /// It could not run: exit code 2.
    CannotRun(Text),
    /// It refused, for reasons that were already reported: exit code 1.
    Refused,
}

impl Failure {
    /// A reason why a command could not run.
    pub fn new(text: Text) -> Self {
        Self::CannotRun(text)
    }
}

/// Errors that have a message of their own.
macro_rules! from_message {
    ($($error:ty),+) => {$(
        impl From<$error> for Failure {
            fn from(error: $error) -> Self {
                Self::CannotRun(error.text())
            }
        }
    )+};
}

from_message!(
    EvidenceError,
    HistoryError,
    &HistoryError,
    PublishError,
    ServeError,
    SiteError,
    StarterError,
    TemplateError,
    WorkspaceError
);

/// Errors of libraries that write a format, in their own words.
macro_rules! from_writer {
    ($($error:ty),+) => {$(
        impl From<$error> for Failure {
            fn from(error: $error) -> Self {
                Self::CannotRun(Text::new("output-failed").arg("reason", error.to_string()))
            }
        }
    )+};
}

from_writer!(std::io::Error, csv::Error, rust_xlsxwriter::XlsxError, serde_json::Error, zip::result::ZipError);
