//! The command `kitei`: hands its arguments to the library and returns its exit code.

fn main() -> std::process::ExitCode {
    kitei::cli::run(std::env::args_os())
}
