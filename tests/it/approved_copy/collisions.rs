//! Pairs of texts that read differently and once had one digest: each has two copies, or is refused at the line.

use std::path::Path;

use super::{Files, Given, copied, places};

/// The one pair whose texts are the same for every reader.
const SAME: &str = "control-same";

#[test]
fn no_pair_that_reads_differently_has_one_copy() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/it/approved_copy/collisions");
    let mut names: Vec<String> = std::fs::read_dir(&folder)
        .expect("the pairs")
        .map(|entry| entry.expect("a pair").file_name().to_string_lossy().into_owned())
        .collect();
    names.sort();
    assert!(names.len() >= 26 && names.iter().any(|name| name == SAME), "{names:?}");
    let documents = [("policies/information-security-policy.md".to_owned(), "P-01".to_owned())].into();
    let files = Files { documents, ..Files::default() };
    for name in &names {
        let text = |which: &str| std::fs::read_to_string(folder.join(name).join(which)).expect("a text");
        let (approved, evil) = (text("approved.md"), text("evil.md"));
        let copy = |text: &str| copied("policies/data.md", text, &Given::usual(), &files);
        let (first, second) = (copy(&approved), copy(&evil));
        if name == SAME {
            assert_eq!(first.unwrap(), second.unwrap());
            continue;
        }
        if let (Ok(first), Ok(second)) = (&first, &second) {
            assert_ne!(first.text, second.text, "{name}");
        }
        let at = approved.lines().zip(evil.lines()).take_while(|(a, b)| a == b).count() + 1;
        let refused = places(&evil, &second.expect_err(name));
        assert!(refused.iter().any(|(line, _)| *line == at), "{name}: line {at} is not among {refused:?}");
    }
}
