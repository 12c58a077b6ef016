//! The small handbook: a policy, a control standard and a procedure with what belongs around them.

use minijinja::value::Value;

use super::template::{Templates, below};
use super::{Settings, StarterError};
use crate::publish::Artifacts;

/// Its files with the settings filled in.
pub fn files(settings: &Settings, templates: &Templates) -> Result<Artifacts, StarterError> {
    let mut artifacts = Artifacts::default();
    let folder = format!("handbook.{}", settings.language.code());
    for path in below(&folder) {
        let text = templates.render(&format!("{folder}/{path}"), Value::UNDEFINED)?;
        artifacts.insert(path, text)?;
    }
    Ok(artifacts)
}
