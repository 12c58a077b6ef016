//! What makes a forge check, comment, record and publish: workflows for GitHub, a pipeline for GitLab, and the script
//! with which both get the program.
//!
//! Whatever a person types into a form reaches the shell as an environment variable and never as part of a command.

use jiff::Timestamp;
use jiff::civil::{Date, time};
use jiff::tz::TimeZone;
use minijinja::context;

use super::template::Templates;
use super::{Settings, StarterError};
use crate::publish::Artifacts;

/// The forges for which files are written.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Forges {
    /// GitHub, and what runs the same workflows.
    pub github: bool,
    /// GitLab.
    pub gitlab: bool,
}

impl Forges {
    /// Whether there is one at all.
    pub fn any(self) -> bool {
        self.github || self.gitlab
    }
}

/// The forges' files and their templates below `site/starters/forge/`.
const INSTALL: (&str, &str) = (".ci/install-kitei", "install-kitei");
const GITHUB: [(&str, &str); 4] = [
    (".github/workflows/handbook-check.yml", "github/handbook-check.yml"),
    (".github/workflows/handbook-comment.yml", "github/handbook-comment.yml"),
    (".github/workflows/handbook-approve.yml", "github/handbook-approve.yml"),
    (".github/workflows/handbook-publish.yml", "github/handbook-publish.yml"),
];
const GITLAB: (&str, &str) = (".gitlab-ci.yml", "gitlab/gitlab-ci.yml");

/// Adds the files of the forges.
pub fn add(settings: &Settings, templates: &Templates, artifacts: &mut Artifacts) -> Result<(), StarterError> {
    let (cron, local) = just_after_midnight(&settings.timezone, settings.today);
    let values = context! { cron, local };
    let forges = settings.forges;
    let install = forges.any().then_some(INSTALL);
    let github = GITHUB.into_iter().filter(|_| forges.github);
    let gitlab = forges.gitlab.then_some(GITLAB);
    for (path, template) in install.into_iter().chain(github).chain(gitlab) {
        artifacts.insert(path, templates.render(&format!("forge/{template}"), values.clone())?)?;
    }
    Ok(())
}

/// The minute and hour in UTC, as cron writes them, at which it is 00:05 in a time zone, and the hour and minute there.
/// Where clocks are put forward it is later in that part of the year: a forge's schedule knows UTC alone, and an earlier
/// hour would build the day before.
fn just_after_midnight(zone: &str, today: Date) -> (String, String) {
    let zone = TimeZone::get(zone).unwrap_or(TimeZone::UTC);
    let offset_on = |month: i8| {
        let day = Date::new(today.year(), month, 1).unwrap_or(today);
        let moment = day
            .to_datetime(time(12, 0, 0, 0))
            .to_zoned(TimeZone::UTC)
            .map_or(Timestamp::UNIX_EPOCH, |at| at.timestamp());
        zone.to_offset(moment).seconds() / 60
    };
    let offsets: Vec<i32> = (1..=12).map(offset_on).collect();
    let least = offsets.iter().copied().min().unwrap_or(0);
    let most = offsets.iter().copied().max().unwrap_or(0);
    let minutes = (5 - least).rem_euclid(24 * 60);
    let late = 5 + most - least;
    let local = if late == 5 { "00:05".to_owned() } else { format!("00:05 / {:02}:{:02}", late / 60, late % 60) };
    (format!("{} {} * * *", minutes % 60, minutes / 60), local)
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    use super::*;
    use crate::locale::Language;

    #[test]
    fn the_handbook_is_built_when_the_day_has_begun() {
        let cron = |zone: &str| just_after_midnight(zone, date(2026, 11, 20));
        assert_eq!(cron("Asia/Tokyo"), ("5 15 * * *".to_owned(), "00:05".to_owned()));
        assert_eq!(cron("UTC"), ("5 0 * * *".to_owned(), "00:05".to_owned()));
        assert_eq!(cron("Asia/Kolkata"), ("35 18 * * *".to_owned(), "00:05".to_owned()));
        // In summer it is an hour later there; the hour before would still be yesterday in winter.
        assert_eq!(cron("Europe/Berlin"), ("5 23 * * *".to_owned(), "00:05 / 01:05".to_owned()));
        assert_eq!(cron("America/New_York"), ("5 5 * * *".to_owned(), "00:05 / 01:05".to_owned()));
    }

    #[test]
    fn every_name_is_filled_in_and_nothing_typed_into_a_form_is_part_of_a_command() {
        for language in Language::ALL {
            let settings = Settings {
                organisation: "例示商事".to_owned(),
                language,
                timezone: "Asia/Tokyo".to_owned(),
                today: date(2026, 4, 1),
                forges: Forges { github: true, gitlab: true },
            };
            let mut artifacts = Artifacts::default();
            add(&settings, &Templates::new(&settings).unwrap(), &mut artifacts).unwrap();
            assert_eq!(artifacts.len(), 6);
            for (path, bytes) in artifacts.iter() {
                let text = std::str::from_utf8(bytes).unwrap();
                assert!(!text.contains("@{ ") && !text.contains("@% ") && !text.contains("forge-"), "{path}");
                // Inside a command an expression would be put in before the shell reads it.
                let mut inside: Option<usize> = None;
                for line in text.lines() {
                    let depth = line.len() - line.trim_start().len();
                    inside = inside.filter(|outer| line.trim().is_empty() || depth > *outer);
                    assert!(inside.is_none() || !line.contains("${{"), "{path}: {line}");
                    if let Some(command) = line.trim_start().strip_prefix("run:") {
                        assert!(!command.contains("${{"), "{path}: {line}");
                        inside = Some(depth);
                    }
                }
            }
        }
    }
}
