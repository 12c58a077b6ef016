//! What makes releases: the workflow is pinned and names what exists, and nothing is released without an address.

use std::path::Path;
use std::process::Command;

use yaml_rust2::{Yaml, YamlLoader};

fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

#[test]
fn the_release_workflow_is_pinned_and_its_commands_can_be_read() {
    let text = std::fs::read_to_string(root().join(".github/workflows/release.yml")).unwrap();
    let workflow = YamlLoader::load_from_str(&text).expect("YAML").remove(0);
    let jobs = workflow["jobs"].as_hash().expect("jobs");
    let (mut actions, mut commands) = (0, 0);
    for (name, job) in jobs {
        let name = name.as_str().unwrap();
        for step in job["steps"].as_vec().expect("steps") {
            if let Some(action) = step["uses"].as_str() {
                let (_, pin) = action.split_once('@').expect("a pin");
                assert!(pin.len() == 40 && pin.bytes().all(|byte| byte.is_ascii_hexdigit()), "{name}: {action}");
                actions += 1;
            }
            if let Some(command) = step["run"].as_str() {
                assert!(
                    !command.contains("${{"),
                    "{name}: a value would be put in before the shell reads it: {command}"
                );
                let read = Command::new("bash").args(["-n", "-c", command]).status().expect("bash");
                assert!(read.success(), "{name}: {command}");
                for script in command
                    .split_whitespace()
                    .filter(|word| word.starts_with("packaging/") || word.starts_with("tests/packages/"))
                {
                    assert!(root().join(script).exists(), "{name}: {script}");
                }
                commands += 1;
            }
        }
        // Only the last job may write, and it waits for all others.
        let writes = !job["permissions"].is_badvalue();
        assert_eq!(writes, name == "release", "{name}");
    }
    assert!(actions >= 10 && commands >= 10, "{actions} {commands}");
    let waits = jobs[&Yaml::from_str("release")]["needs"].as_vec().expect("needs").len();
    assert_eq!(waits, jobs.len() - 1);
}

#[test]
fn nothing_is_released_without_address_tag_and_changelog() {
    let temp = tempfile::tempdir().unwrap();
    std::fs::create_dir(temp.path().join("packaging")).unwrap();
    std::fs::copy(root().join("packaging/ready"), temp.path().join("packaging/ready")).unwrap();
    let address = "https://git.example.com/isms/kitei";
    let ready = |cargo: &str, changes: &str, tag: &str| {
        std::fs::write(temp.path().join("Cargo.toml"), cargo).unwrap();
        std::fs::write(temp.path().join("CHANGELOG.md"), changes).unwrap();
        let output =
            Command::new("bash").arg("packaging/ready").args([tag, address]).current_dir(temp.path()).output().unwrap();
        let text = |bytes: &[u8]| String::from_utf8_lossy(bytes).into_owned();
        (output.status.success(), text(&output.stdout), text(&output.stderr))
    };
    let cargo = format!("[package]\nversion = \"1.2.3\"\nrepository = \"{address}\"\n[lib]\n");
    let changes = "# Changelog\n\n## 1.2.3 - 2026-12-01\n";
    assert_eq!(ready(&cargo, changes, "v1.2.3"), (true, "version=1.2.3\n".to_owned(), String::new()));
    for (cargo, changes, tag, reason) in [
        (cargo.as_str(), changes, "v1.2.4", "the tag"),
        ("[package]\nversion = \"1.2.3\"\n", changes, "v1.2.3", "no repository"),
        ("[package]\nversion = \"1.2.3\"\nrepository = \"https://other\"\n", changes, "v1.2.3", "and this is"),
        (cargo.as_str(), "# Changelog\n\n## Unreleased\n", "v1.2.3", "no section"),
    ] {
        let (good, said, complaint) = ready(cargo, changes, tag);
        assert!(!good && said.is_empty() && complaint.contains(reason), "{reason}: {complaint}");
    }
}

#[test]
fn the_makers_of_packages_are_scripts_that_bash_reads() {
    for script in
        ["packaging/build", "packaging/deb", "packaging/ready", "tests/packages/run", "tests/packages/newcomer"]
    {
        let read = Command::new("bash").arg("-n").arg(root().join(script)).status().expect("bash");
        assert!(read.success(), "{script}");
    }
}
