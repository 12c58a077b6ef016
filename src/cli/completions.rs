//! `kitei completions` and `kitei man`: from the same definition of the command line.

use super::arguments::{Completions, Man, command};
use super::{Context, Failure, Outcome};
use crate::publish::write_atomic;

/// Prints a completion script.
pub fn completions(context: &mut Context, arguments: Completions) -> Result<Outcome, Failure> {
    let mut script = Vec::new();
    clap_complete::generate(arguments.shell, &mut command(&context.catalogue), "kitei", &mut script);
    context.output.result(&String::from_utf8_lossy(&script));
    Ok(Outcome::Good)
}

/// Prints the manual page, or writes one page for each command into a folder.
pub fn man(context: &mut Context, arguments: Man) -> Result<Outcome, Failure> {
    let whole = command(&context.catalogue);
    let page = |command: clap::Command| {
        let mut bytes = Vec::new();
        clap_mangen::Man::new(command).render(&mut bytes).map(|()| bytes)
    };
    let Some(folder) = arguments.out.map(|out| context.path(&out)) else {
        context.output.result(&String::from_utf8_lossy(&page(whole)?));
        return Ok(Outcome::Good);
    };
    let mut pages = vec![("kitei.1".to_owned(), whole.clone())];
    for sub in whole.get_subcommands() {
        let name = format!("kitei-{}", sub.get_name());
        pages.push((format!("{name}.1"), sub.clone().name(name)));
    }
    for (name, command) in pages {
        let bytes = page(command)?;
        write_atomic(&folder.join(name), &bytes)?;
    }
    Ok(Outcome::Good)
}
