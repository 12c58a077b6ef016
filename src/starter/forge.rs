//! What makes a forge check, comment, record and publish: workflows for GitHub, a pipeline for GitLab, and the script
//! with which both get the program.
//!
//! Whatever a person types into a form reaches the shell as an environment variable and never as part of a command.

use jiff::Timestamp;
use jiff::civil::{Date, time};
use jiff::tz::TimeZone;

use super::Settings;
use super::fill::Values;
use crate::locale::{Catalogue, Language};
use crate::publish::{Artifacts, PublishError};

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

const INSTALL: (&str, &str) = (".ci/install-kitei", include_str!("../../site/starters/forge/install-kitei"));
const RECORD: &str = include_str!("../../site/starters/forge/record.sh");
const GITHUB: [(&str, &str); 4] = [
    (".github/workflows/handbook-check.yml", include_str!("../../site/starters/forge/github/handbook-check.yml")),
    (".github/workflows/handbook-comment.yml", include_str!("../../site/starters/forge/github/handbook-comment.yml")),
    (".github/workflows/handbook-approve.yml", include_str!("../../site/starters/forge/github/handbook-approve.yml")),
    (".github/workflows/handbook-publish.yml", include_str!("../../site/starters/forge/github/handbook-publish.yml")),
];
const GITLAB: (&str, &str) = (".gitlab-ci.yml", include_str!("../../site/starters/forge/gitlab/gitlab-ci.yml"));

/// Adds the files of the forges.
pub fn add(forges: Forges, settings: &Settings, artifacts: &mut Artifacts) -> Result<(), PublishError> {
    let catalogue = Catalogue::new(settings.language);
    let mut values = Values::of(settings);
    for (key, message) in WORDS {
        // A message may itself name a value, such as the time zone.
        values.part(*key, catalogue.get(message));
    }
    let (cron, local) = just_after_midnight(&settings.timezone, settings.today);
    values.word("CRON", cron);
    values.word("LOCAL", local);
    let mut insert = |(path, text): (&str, &str), indent: usize| {
        let mut values = values.clone();
        values.part("RECORD", indented(RECORD, indent));
        artifacts.insert(path, values.fill(path, text))
    };
    if forges.any() {
        insert(INSTALL, 0)?;
    }
    if forges.github {
        GITHUB.into_iter().try_for_each(|file| insert(file, 10))?;
    }
    if forges.gitlab {
        insert(GITLAB, 6)?;
    }
    Ok(())
}

/// What the first page says about these files.
pub fn first_page(settings: &Settings) -> &'static str {
    match settings.language {
        _ if !settings.forges.any() => "",
        Language::Ja => include_str!("../../site/starters/forge/first-page.ja.md"),
        Language::En => include_str!("../../site/starters/forge/first-page.en.md"),
    }
}

fn indented(text: &str, by: usize) -> String {
    let lines: Vec<String> = text.lines().map(|line| format!("{:by$}{line}", "")).collect();
    lines.join("\n")
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

/// Names in the files and the messages that stand in their place.
const WORDS: &[(&str, &str)] = &[
    ("install-what", "forge-install-what"),
    ("install-how", "forge-install-how"),
    ("install-source", "forge-install-source"),
    ("install-binary", "forge-install-binary"),
    ("install-missing", "forge-install-missing"),
    ("check-name", "forge-check-name"),
    ("check-what", "forge-check-what"),
    ("check-trust", "forge-check-trust"),
    ("where-to-set", "forge-where-to-set"),
    ("full-depth", "forge-full-depth"),
    ("impact-base", "forge-impact-base"),
    ("comment-name", "forge-comment-name"),
    ("comment-what", "forge-comment-what"),
    ("comment-trust", "forge-comment-trust"),
    ("comment-number", "forge-comment-number"),
    ("comment-limit", "forge-comment-limit"),
    ("approve-name", "forge-approve-name"),
    ("approve-what", "forge-approve-what"),
    ("approve-how", "forge-approve-how"),
    ("approve-token", "forge-approve-token"),
    ("inputs-by-env", "forge-inputs-by-env"),
    ("input-ids", "forge-input-ids"),
    ("input-on", "forge-input-on"),
    ("input-effective", "forge-input-effective"),
    ("input-approver", "forge-input-approver"),
    ("input-chair", "forge-input-chair"),
    ("input-drafters", "forge-input-drafters"),
    ("input-checked", "forge-input-checked"),
    ("input-recorded", "forge-input-recorded"),
    ("input-changes", "forge-input-changes"),
    ("input-decision", "forge-input-decision"),
    ("commit-message", "forge-commit-message"),
    ("publish-name", "forge-publish-name"),
    ("publish-what", "forge-publish-what"),
    ("publish-pages", "forge-publish-pages"),
    ("publish-cron", "forge-publish-cron"),
    ("gitlab-what", "forge-gitlab-what"),
    ("gitlab-schedule", "forge-gitlab-schedule"),
    ("where-to-set-gitlab", "forge-where-to-set-gitlab"),
    ("publish-pages-gitlab", "forge-publish-pages-gitlab"),
    ("gitlab-form", "forge-gitlab-form"),
    ("gitlab-merge", "forge-gitlab-merge"),
    ("gitlab-comment-trust", "forge-gitlab-comment-trust"),
    ("gitlab-approve-token", "forge-gitlab-approve-token"),
];

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    use super::*;

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
            add(settings.forges, &settings, &mut artifacts).unwrap();
            assert_eq!(artifacts.len(), 6);
            for (path, bytes) in artifacts.iter() {
                let text = std::str::from_utf8(bytes).unwrap();
                for (key, _) in WORDS {
                    assert!(!text.contains(&format!("@{key}@")), "{path}: {key}");
                }
                assert!(!text.contains("@CRON@") && !text.contains("@RECORD@") && !text.contains("forge-"), "{path}");
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
