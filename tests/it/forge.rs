//! The workflows that `kitei init` writes, run step by step as commands: somebody who has only the forge's web page edits,
//! gets the comment on the impact, records the approval by form, merges and sees it published.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::process::Command;

use yaml_rust2::{Yaml, YamlLoader};

use crate::support::program;
use crate::support::{finish, scratch};

const DAY: &str = "2026-04-01";

/// An organisation: its repository at the forge, and the working copy of whoever clones it.
struct Organisation {
    folder: tempfile::TempDir,
}

/// What a forge puts into a job's environment.
type Names = BTreeMap<String, String>;

fn names(pairs: &[(&str, &str)]) -> Names {
    pairs.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned())).collect()
}

impl Organisation {
    /// A small handbook whose first documents are approved and in force, at the forge.
    fn new() -> Self {
        let this = Self { folder: scratch() };
        let work = this.at("work");
        this.shell(this.folder.path(), "git init -q --bare -b main forge && mkdir tools", &Names::new());
        let line = format!("kitei init work --organisation 例示商事 --as-of {DAY} --quiet");
        this.shell(this.folder.path(), &line, &Names::new());
        let approve = |ids: &str, approver: &str| {
            format!(
                "kitei approve {ids} --on {DAY} --effective {DAY} --as-of {DAY} --approver {approver} --drafter p003 --changes 制定 --yes"
            )
        };
        let lines = [
            "git add -A && git commit -qm start".to_owned(),
            approve("P-01", "p001"),
            approve("C-6.8 S-01", "p002"),
            "git add -A && git commit -qm approve".to_owned(),
            "git remote add origin ../forge && git push -q -u origin main".to_owned(),
        ];
        for line in lines {
            this.shell(&work, &line, &Names::new());
        }
        this
    }

    fn at(&self, path: &str) -> PathBuf {
        self.folder.path().join(path)
    }

    /// Runs a line in a shell as a forge's runner does; what was said, and whether it went well.
    fn run(&self, folder: &Path, line: &str, env: &Names) -> (bool, String) {
        let mut command = program::shell(folder, line);
        let found = command.get_envs().find_map(|(name, value)| value.filter(|_| name == "PATH")).unwrap();
        let path = format!("{}:{}", self.at("tools").display(), found.to_str().unwrap());
        command.env("PATH", path).env("HOME", self.folder.path()).envs(env);
        if !env.contains_key("CI") {
            for who in ["AUTHOR", "COMMITTER"] {
                command.env(format!("GIT_{who}_NAME"), "p003").env(format!("GIT_{who}_EMAIL"), "p003@example.com");
            }
        }
        let run = finish(&mut command);
        (run.code == 0, run.words())
    }

    fn shell(&self, folder: &Path, line: &str, env: &Names) -> String {
        let (good, words) = self.run(folder, line, env);
        assert!(good, "{line}\n{words}");
        words
    }

    /// What the forge holds at a path of a branch.
    fn held(&self, branch: &str, path: &str) -> String {
        self.shell(&self.at("forge"), &format!("git show {branch}:{path}"), &Names::new())
    }

    /// What somebody does in the forge's web page: a branch with one file changed.
    fn edit(&self, branch: &str, change: &str) {
        let line = format!(
            "git clone -q forge edit && cd edit && git switch -q -c {branch} && {change} && git commit -qam edit && git push -q origin {branch} && cd .. && rm -rf edit"
        );
        self.shell(self.folder.path(), &line, &Names::new());
    }

    /// A runner's checkout of a branch, or of the result of merging one into main.
    fn checkout(&self, folder: &str, branch: &str, merged: bool) -> PathBuf {
        let base = if merged { "main" } else { branch };
        let mut line = format!("rm -rf {folder} && git clone -q -b {base} forge {folder}");
        if merged {
            line +=
                &format!(" && cd {folder} && git switch -q --detach && git merge -q --no-ff -m merge origin/{branch}");
        }
        self.shell(self.folder.path(), &line, &Names::new());
        self.at(folder)
    }

    /// The forge's merge button.
    fn merge(&self, branch: &str) {
        let folder = self.checkout("merging", branch, true);
        self.shell(&folder, "git push -q origin HEAD:refs/heads/main", &Names::new());
    }

    /// Puts a program in the place of one that would talk to the network; it keeps what it was given.
    fn fake(&self, name: &str, script: &str) {
        let path = self.at("tools").join(name);
        std::fs::write(&path, format!("#!/bin/bash\n{script}")).unwrap();
        self.shell(self.folder.path(), &format!("chmod +x tools/{name}"), &Names::new());
    }

    /// Every command of a workflow's job, in order, each with its environment. Expressions get their values from `known`.
    fn workflow(&self, folder: &Path, file: &str, job: &str, known: &Names, env: &Names) -> (bool, String) {
        let text = std::fs::read_to_string(folder.join(".github/workflows").join(file)).unwrap();
        let workflow = one(&text);
        let job = &workflow["jobs"][job];
        let mut whole = String::new();
        let mut good = true;
        for step in job["steps"].as_vec().unwrap() {
            let Some(line) = step["run"].as_str() else { continue };
            assert!(!line.contains("${{"), "an expression inside a command: {line}");
            let always = step["if"].as_str().is_some_and(|when| when.contains("!cancelled()"));
            if !good && !always {
                continue;
            }
            let mut env = env.clone();
            for given in [&job["env"], &step["env"]].into_iter().filter_map(Yaml::as_hash) {
                for (name, value) in given {
                    env.insert(name.as_str().unwrap().to_owned(), evaluated(value.as_str().unwrap(), known));
                }
            }
            let (went, words) = self.run(folder, line, &env);
            good &= went;
            whole += &words;
        }
        (good, whole)
    }

    /// The commands of a job of the pipeline, as one script, which is how the runner takes them.
    fn pipeline(&self, folder: &Path, job: &str, env: &Names) -> (bool, String) {
        let pipeline = one(&std::fs::read_to_string(folder.join(".gitlab-ci.yml")).unwrap());
        let mut env = env.clone();
        env.insert("CI_PROJECT_DIR".to_owned(), folder.display().to_string());
        let job = &pipeline[job];
        let before = if job["extends"].as_str() == Some(".kitei") { &pipeline[".kitei"]["before_script"] } else { job };
        let lines = [before, &job["script"]].into_iter().filter_map(Yaml::as_vec).flatten();
        let script: Vec<&str> = lines.map(|line| line.as_str().unwrap()).collect();
        let script = format!("export CARGO_HOME=\"$CI_PROJECT_DIR/.cargo-home\"\n{}", script.join("\n"));
        self.run(folder, &script, &env)
    }
}

fn one(text: &str) -> Yaml {
    YamlLoader::load_from_str(text).unwrap().remove(0)
}

/// A value with its expressions put in; variables and secrets that an organisation has not set are empty.
fn evaluated(value: &str, known: &Names) -> String {
    let Some(inner) = value.strip_prefix("${{").and_then(|rest| rest.strip_suffix("}}")) else {
        return value.to_owned();
    };
    let name = inner.trim();
    let unset = (name.starts_with("vars.") || name.starts_with("secrets.")).then(String::new);
    known.get(name).cloned().or(unset).unwrap_or_else(|| panic!("no value for {name}"))
}

/// A change of what binds the reader: the text, and the version with it.
const CHANGE: &str = "sed -i 's/^version = .*/version = \"2.0\"/; s/年1回、また組織/年2回、また組織/' policies/information-security-policy.md";

/// The form of an approval.
fn form(changes: &str) -> Names {
    names(&[
        ("inputs.ids", "P-01"),
        ("inputs.approved_on", "2026-04-02"),
        ("inputs.effective", "2026-04-01"),
        ("inputs.approver", "p001"),
        ("inputs.chair", ""),
        ("inputs.drafters", "p003"),
        ("inputs.checked_by", "p002"),
        ("inputs.recorded_by", ""),
        ("inputs.changes", changes),
        ("inputs.decision", "経営会議 2026-04-02"),
        ("github.actor", "office-ex"),
        ("github.actor_id", "42"),
        ("github.ref_name", "draft"),
    ])
}

/// What must come out of a form as it was typed.
const HOSTILE: &str = r#"見直しを年2回に"; touch pwned; echo " $(touch pwned) `touch pwned` ${{ x }} '"#;

#[test]
fn somebody_with_only_the_web_page_edits_is_told_records_and_publishes() {
    let organisation = Organisation::new();
    let ci = names(&[("CI", "true")]);
    // The 附則 of a new version says from when it is in force.
    organisation.edit("draft", CHANGE);

    // The check and the impact, on the result of the merge.
    let runner = organisation.checkout("runner", "draft", true);
    let (good, words) = organisation.workflow(&runner, "handbook-check.yml", "check", &Names::new(), &ci);
    assert!(good, "{words}");
    let report = std::fs::read_to_string(runner.join("impact/impact.md")).unwrap();
    assert!(report.contains("P-01") && report.contains("[[approval]]") && report.contains("2.0"), "{report}");

    // The comment: no checkout, only the report, to the change that the commit belongs to.
    organisation
        .fake("gh", "if [ \"$1\" = api ]; then echo 7; else printf '%s ' \"$@\" > asked; cat \"$5\" > posted; fi\n");
    let bare = organisation.at("bare");
    std::fs::create_dir(&bare).unwrap();
    std::fs::create_dir_all(bare.join(".github/workflows")).unwrap();
    let comment = ".github/workflows/handbook-comment.yml";
    std::fs::copy(runner.join(comment), bare.join(comment)).unwrap();
    std::fs::copy(runner.join("impact/impact.md"), bare.join("impact.md")).unwrap();
    let known = names(&[
        ("github.token", "secret"),
        ("github.repository", "example/handbook"),
        ("github.event.workflow_run.head_sha", "0123"),
    ]);
    let (good, words) = organisation.workflow(&bare, "handbook-comment.yml", "comment", &known, &ci);
    assert!(good, "{words}");
    assert_eq!(std::fs::read_to_string(bare.join("posted")).unwrap(), report);
    let asked = std::fs::read_to_string(bare.join("asked")).unwrap();
    assert!(asked.starts_with("pr comment 7 --body-file"), "{asked}");

    // The form: refused where the approval could not stand, and then nothing is pushed.
    let before = organisation.held("draft", "records/ledger/P-01.toml");
    let runner = organisation.checkout("runner", "draft", false);
    let mut wrong = form("見直しを年2回に");
    wrong.insert("inputs.approver".to_owned(), "p003".to_owned());
    let (good, words) = organisation.workflow(&runner, "handbook-approve.yml", "approve", &wrong, &ci);
    assert!(!good, "{words}");
    assert_eq!(organisation.held("draft", "records/ledger/P-01.toml"), before);

    // Recorded as it was typed.
    let mut typed = form(HOSTILE);
    typed.insert("inputs.effective".to_owned(), DAY.to_owned());
    typed.insert("inputs.approved_on".to_owned(), DAY.to_owned());
    let (good, words) = organisation.workflow(&runner, "handbook-approve.yml", "approve", &typed, &ci);
    assert!(good, "{words}");
    assert!(!runner.join("pwned").exists(), "what was typed was run");
    let ledger: toml::Table = organisation.held("draft", "records/ledger/P-01.toml").parse().unwrap();
    let entry = &ledger["approval"].as_array().unwrap()[1];
    assert_eq!(entry["version"].as_str(), Some("2.0"));
    assert_eq!(entry["changes"].as_str(), Some(HOSTILE));
    let author = organisation.shell(&organisation.at("forge"), "git log -1 --format='%an %s' draft", &Names::new());
    assert_eq!(author.trim(), "office-ex 承認を記録: P-01");

    // Merged and published: the new wording, whole.
    organisation.merge("draft");
    let runner = organisation.checkout("runner", "main", false);
    let (good, words) = organisation.workflow(&runner, "handbook-publish.yml", "build", &Names::new(), &ci);
    assert!(good, "{words}");
    let page = std::fs::read_to_string(runner.join("public/documents/P-01.html")).unwrap();
    assert!(page.contains("年2回、また組織"), "{page}");
}

#[test]
fn two_changes_that_both_become_the_same_version_are_caught_on_the_merge_result() {
    let organisation = Organisation::new();
    let ci = names(&[("CI", "true")]);
    for branch in ["draft", "other"] {
        let change = if branch == "draft" { CHANGE.to_owned() } else { CHANGE.replace("年2回", "年3回") };
        organisation.edit(branch, &change);
        let runner = organisation.checkout("runner", branch, false);
        let mut typed = form("見直しの回数");
        typed.insert("inputs.effective".to_owned(), DAY.to_owned());
        typed.insert("inputs.approved_on".to_owned(), DAY.to_owned());
        typed.insert("github.ref_name".to_owned(), branch.to_owned());
        let (good, words) = organisation.workflow(&runner, "handbook-approve.yml", "approve", &typed, &ci);
        assert!(good, "{words}");
    }
    organisation.merge("draft");
    // The forge lets somebody settle the conflict with both entries and one of the texts.
    let line = "git clone -q -b other forge settle && cd settle && (git merge -q origin/main || true) && git checkout -q --ours policies && sed -i '/^[<=>][<=>]*\\( .*\\)*$/d' records/ledger/P-01.toml && git commit -qam settled && git push -q origin other";
    organisation.shell(organisation.folder.path(), line, &Names::new());
    let runner = organisation.checkout("runner", "other", true);
    let (good, words) = organisation.workflow(&runner, "handbook-check.yml", "check", &Names::new(), &ci);
    assert!(!good && words.contains("::error"), "{words}");
    // The report is made all the same.
    assert!(runner.join("impact/impact.md").exists());
}

#[test]
fn the_pipeline_checks_the_merge_result_comments_records_and_publishes() {
    let organisation = Organisation::new();
    organisation.edit("draft", CHANGE);
    let mut env = names(&[("CI", "true"), ("CI_MERGE_REQUEST_TARGET_BRANCH_NAME", "main")]);
    let runner = organisation.checkout("runner", "draft", false);
    let commit = organisation.shell(&runner, "git rev-parse HEAD", &Names::new());
    env.insert("CI_COMMIT_SHA".to_owned(), commit.trim().to_owned());
    // Meanwhile main goes on: what is checked holds both.
    organisation
        .edit("meanwhile", "sed -i 's/3年間/5年間/; s/^version = .*/version = \"2.0\"/' procedures/incident-report.md");
    organisation.merge("meanwhile");
    let (good, words) = organisation.pipeline(&runner, "check", &env);
    assert!(good, "{words}");
    let report = std::fs::read_to_string(runner.join("impact.md")).unwrap();
    assert!(report.contains("P-01") && !report.contains("incident-report"), "{report}");
    assert!(std::fs::read_to_string(runner.join("procedures/incident-report.md")).unwrap().contains("5年間"));
    let quality: serde_json::Value =
        serde_json::from_str(&std::fs::read_to_string(runner.join("codequality.json")).unwrap()).unwrap();
    assert!(quality.is_array());

    organisation.fake("curl", "printf '%s\\n' \"$@\" > posted\n");
    let comment = names(&[
        ("CI", "true"),
        ("HANDBOOK_COMMENT_TOKEN", "secret"),
        ("CI_API_V4_URL", "https://git.example.com/api/v4"),
        ("CI_PROJECT_ID", "3"),
        ("CI_MERGE_REQUEST_IID", "7"),
    ]);
    let (good, words) = organisation.pipeline(&runner, "comment", &comment);
    assert!(good, "{words}");
    let posted = std::fs::read_to_string(runner.join("posted")).unwrap();
    assert!(
        posted.contains("body@impact.md\nhttps://git.example.com/api/v4/projects/3/merge_requests/7/notes"),
        "{posted}"
    );

    let runner = organisation.checkout("runner", "draft", false);
    let forge = organisation.folder.path().display().to_string();
    let typed = names(&[
        ("CI", "true"),
        ("IDS", "P-01"),
        ("APPROVED_ON", DAY),
        ("EFFECTIVE", DAY),
        ("APPROVER", "p001"),
        ("DRAFTERS", "p003"),
        ("CHANGES", HOSTILE),
        ("GITLAB_USER_NAME", "office-ex"),
        ("GITLAB_USER_EMAIL", "office@example.com"),
        ("HANDBOOK_PUSH_TOKEN", "secret"),
        ("CI_COMMIT_REF_NAME", "draft"),
        ("CI_SERVER_URL", &format!("file://{forge}")),
        ("CI_PROJECT_PATH", "forge"),
    ]);
    std::os::unix::fs::symlink("forge", organisation.at("forge.git")).unwrap();
    let (good, words) = organisation.pipeline(&runner, "approve", &typed);
    assert!(good, "{words}");
    assert!(!runner.join("pwned").exists(), "what was typed was run");
    let ledger: toml::Table = organisation.held("draft", "records/ledger/P-01.toml").parse().unwrap();
    assert_eq!(ledger["approval"].as_array().unwrap()[1]["changes"].as_str(), Some(HOSTILE));

    organisation.merge("draft");
    let runner = organisation.checkout("runner", "main", false);
    for job in ["pages", "handbook"] {
        let (good, words) = organisation.pipeline(&runner, job, &names(&[("CI", "true")]));
        assert!(good, "{words}");
        assert!(std::fs::read_to_string(runner.join("public/documents/P-01.html")).unwrap().contains("年2回"));
    }
}

#[test]
fn what_may_write_checks_nothing_out_and_what_checks_out_may_only_read() {
    let organisation = Organisation::new();
    let folder = organisation.at("work/.github/workflows");
    let read = |name: &str| std::fs::read_to_string(folder.join(name)).unwrap();
    let check = one(&read("handbook-check.yml"));
    assert_eq!(check["permissions"].as_hash().unwrap().len(), 1);
    assert_eq!(check["permissions"]["contents"].as_str(), Some("read"));
    let comment = read("handbook-comment.yml");
    assert!(!comment.contains("actions/checkout"), "{comment}");
    assert_eq!(one(&comment)["permissions"]["contents"], Yaml::BadValue);
    let publish = one(&read("handbook-publish.yml"));
    assert_eq!(publish["permissions"]["contents"].as_str(), Some("read"));
    assert_eq!(publish["on"]["schedule"][0]["cron"].as_str(), Some("5 15 * * *"));
    for name in ["handbook-check.yml", "handbook-comment.yml", "handbook-approve.yml", "handbook-publish.yml"] {
        let workflow = one(&read(name));
        assert!(workflow["permissions"].as_hash().is_some(), "{name}");
        for (_, job) in workflow["jobs"].as_hash().unwrap() {
            for step in job["steps"].as_vec().unwrap() {
                let Some(action) = step["uses"].as_str() else { continue };
                assert!(action.contains("@v"), "{name}: {action}");
                if action.starts_with("actions/checkout") {
                    assert_eq!(step["with"]["fetch-depth"].as_i64(), Some(0), "{name}");
                }
            }
        }
    }
}

#[test]
fn without_a_source_the_program_is_not_got_from_anywhere() {
    let organisation = Organisation::new();
    let script = organisation.at("work/.ci/install-kitei");
    let mut command = Command::new("/bin/bash");
    command.arg(&script).env_clear().env("PATH", "/usr/bin:/bin").env("HOME", organisation.folder.path());
    let run = finish(&mut command);
    assert!(run.code == 2 && run.stderr.contains("KITEI_SOURCE"), "{}", run.words());
}

#[test]
fn the_program_comes_from_a_file_that_fits_its_sum_or_from_a_tag_or_a_commit() {
    let organisation = Organisation::new();
    let (script, home) = (organisation.at("work/.ci/install-kitei"), organisation.at("home"));
    let at = |path: &str| organisation.at(path);
    // What would be fetched, and a curl and a cargo that write down what they are asked for.
    let prepare = "mkdir -p home fake pack/kitei-1-x && printf '#!/bin/sh\\necho kitei 1\\n' >pack/kitei-1-x/kitei && \
        tar -czf pack.tar.gz -C pack kitei-1-x && \
        printf '#!/bin/bash\\ncat >../asked; while [ \"$1\" != --output ]; do shift; done; cp ../pack.tar.gz \"$2\"' >fake/curl && \
        printf '#!/bin/bash\\necho \"$*\" >../asked; mkdir -p \"$HOME/.cargo/bin\"; cp ../pack/kitei-1-x/kitei \"$HOME/.cargo/bin\"; chmod +x \"$HOME/.cargo/bin/kitei\"' >fake/cargo && \
        chmod +x fake/* && sha256sum pack.tar.gz >sum";
    organisation.shell(organisation.folder.path(), prepare, &Names::new());
    let sum = std::fs::read_to_string(at("sum")).unwrap()[..64].to_owned();
    let run = |pairs: &[(&str, &str)]| {
        let _ = std::fs::remove_file(at("asked"));
        let _ = std::fs::remove_dir_all(at("home/.cargo"));
        let mut command = Command::new("/bin/bash");
        command.arg(&script).current_dir(at("work")).env_clear().env("HOME", &home);
        command.env("PATH", format!("{}:/usr/bin:/bin", at("fake").display())).envs(pairs.iter().copied());
        let output = command.output().unwrap();
        let asked = std::fs::read_to_string(at("asked")).unwrap_or_default();
        (output.status.success(), String::from_utf8_lossy(&output.stdout).into_owned(), asked)
    };
    let address = "https://store.example.com/kitei-1-x.tar.gz";
    let binary = [("KITEI_BINARY_URL", address), ("KITEI_BINARY_SHA256", sum.as_str())];
    assert_eq!(run(&binary), (true, "kitei 1\n".to_owned(), String::new()));
    let secret = [&binary[..], &[("KITEI_BINARY_HEADER", "PRIVATE-TOKEN: x")]].concat();
    assert_eq!(run(&secret), (true, "kitei 1\n".to_owned(), "header = \"PRIVATE-TOKEN: x\"".to_owned()));
    let other = "0".repeat(64);
    assert!(!run(&[("KITEI_BINARY_URL", address), ("KITEI_BINARY_SHA256", &other)]).0, "another file is refused");
    assert!(!at("home/.cargo/bin/kitei").exists());
    let commit = "0123456789abcdef0123456789abcdef01234567";
    for (version, which) in [("v1.0.0", "--tag v1.0.0".to_owned()), (commit, format!("--rev {commit}"))] {
        let (good, _, asked) = run(&[("KITEI_SOURCE", "https://git.example.com/kitei"), ("KITEI_VERSION", version)]);
        assert!(good && asked.contains(&which), "{asked}");
    }
}
