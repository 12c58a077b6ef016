//! The program, run as a person would: in a folder, without the machine's language, and never without an end.

use std::io::Read;
use std::path::Path;
use std::process::{Command, Stdio};
use std::thread::JoinHandle;
use std::time::{Duration, Instant};

/// Stops a run that would never end. Far above what any run needs, so that a busy machine fails no test.
const PATIENCE: Duration = Duration::from_secs(240);

/// What a run came to.
pub struct Run {
    /// Exit code.
    pub code: i32,
    /// Standard output.
    pub stdout: String,
    /// Standard error.
    pub stderr: String,
}

impl Run {
    /// Everything it said.
    pub fn words(&self) -> String {
        format!("{}{}", self.stdout, self.stderr)
    }
}

/// The program in a folder, ready to be started.
pub fn command(folder: &Path, arguments: &[&str]) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_kitei"));
    command.args(arguments).current_dir(folder);
    for name in ["LANG", "LC_ALL", "LC_MESSAGES"] {
        command.env_remove(name);
    }
    command
}

/// Runs the program in a folder.
pub fn kitei(folder: &Path, arguments: &[&str]) -> Run {
    finish(&mut command(folder, arguments))
}

/// The same, expecting exit code 0; returns what it prints.
pub fn good(folder: &Path, arguments: &[&str]) -> String {
    let run = kitei(folder, arguments);
    assert_eq!(run.code, 0, "kitei {arguments:?}\n{}", run.words());
    run.stdout
}

/// A line for a shell, which ends at the first command that fails and finds the program by its name, with nothing else of
/// the machine's environment.
pub fn shell(folder: &Path, line: &str) -> Command {
    let program = Path::new(env!("CARGO_BIN_EXE_kitei")).parent().expect("a folder");
    let path = std::env::var("PATH").expect("a search path");
    let mut command = Command::new("bash");
    command
        .args(["--noprofile", "--norc", "-eo", "pipefail", "-c", line])
        .current_dir(folder)
        .env_clear()
        .env("PATH", format!("{}:{path}", program.display()))
        .env("HOME", folder)
        .env("GIT_CONFIG_GLOBAL", "/dev/null")
        .env("GIT_CONFIG_NOSYSTEM", "1");
    command
}

/// Runs a command to its end, with nothing on its standard input.
pub fn finish(command: &mut Command) -> Run {
    let started = command.stdin(Stdio::null()).stdout(Stdio::piped()).stderr(Stdio::piped()).spawn();
    let mut child = started.unwrap_or_else(|error| panic!("{command:?}: {error}"));
    let stdout = reader(child.stdout.take().expect("it is piped"));
    let stderr = reader(child.stderr.take().expect("it is piped"));
    let since = Instant::now();
    let status = loop {
        if let Some(status) = child.try_wait().expect("a child can be waited for") {
            break status;
        }
        if since.elapsed() > PATIENCE {
            let _ = child.kill();
            let _ = child.wait();
            panic!("{command:?} does not end");
        }
        std::thread::sleep(Duration::from_millis(2));
    };
    let text = |bytes: JoinHandle<Vec<u8>>| {
        String::from_utf8(bytes.join().expect("its output is read")).expect("its output is UTF-8")
    };
    let (stdout, stderr) = (text(stdout), text(stderr));
    let code = status.code().unwrap_or_else(|| panic!("{command:?}: {status}\n{stderr}"));
    Run { code, stdout, stderr }
}

fn reader(mut pipe: impl Read + Send + 'static) -> JoinHandle<Vec<u8>> {
    std::thread::spawn(move || {
        let mut bytes = Vec::new();
        pipe.read_to_end(&mut bytes).expect("a pipe can be read");
        bytes
    })
}
