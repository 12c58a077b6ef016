//! The small handbook: a policy, a control standard and a procedure with what belongs around them.

use include_dir::{Dir, include_dir};

use super::Settings;
use super::fill::Values;
use crate::locale::Language;
use crate::publish::{Artifacts, PublishError};

static JA: Dir<'_> = include_dir!("$CARGO_MANIFEST_DIR/site/starters/handbook.ja");
static EN: Dir<'_> = include_dir!("$CARGO_MANIFEST_DIR/site/starters/handbook.en");

/// Its files with the settings filled in.
pub fn files(settings: &Settings) -> Result<Artifacts, PublishError> {
    let mut artifacts = Artifacts::default();
    let dir = match settings.language {
        Language::Ja => &JA,
        Language::En => &EN,
    };
    add(dir, &Values::of(settings), &mut artifacts)?;
    Ok(artifacts)
}

fn add(dir: &Dir<'_>, values: &Values, artifacts: &mut Artifacts) -> Result<(), PublishError> {
    for file in dir.files() {
        let path = file.path().to_string_lossy().replace('\\', "/");
        let text = String::from_utf8_lossy(file.contents());
        let filled = values.fill(&path, &text);
        artifacts.insert(path, filled)?;
    }
    dir.dirs().try_for_each(|dir| add(dir, values, artifacts))
}
