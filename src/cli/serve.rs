//! `kitei serve`: the working tree in the browser, drafts marked, with its findings on every page.

use std::path::PathBuf;
use std::sync::Arc;

use jiff::civil::Date;

use super::arguments::Serve;
use super::open::{enter, report_faults, root};
use super::output::Output;
use super::{Context, Failure, Outcome};
use crate::check::{self, Severity};
use crate::clock::Stopwatch;
use crate::emit::Banner;
use crate::handbook::edition::Edition;
use crate::handbook::integrity::Fault;
use crate::locale::{Catalogue, Language, Text};
use crate::serve::{Later, Options, Rebuilt, Server};
use crate::site;
use crate::workspace::{Snapshot, TreeRef, Workspace};

/// Runs the command until Ctrl-C.
pub fn run(context: &mut Context, arguments: Serve) -> Result<Outcome, Failure> {
    let root = root(context)?;
    let mut preview = Preview {
        root: root.clone(),
        as_of: arguments.as_of,
        language: context.language_fixed.then(|| context.catalogue.language()),
        output: context.output.clone(),
        shown: None,
        reported: None,
    };
    // Bound before the first build: what is saved meanwhile calls for the next one.
    let options = Options {
        port: arguments.port,
        watch: vec![root.clone()],
        ignore: vec![root.join("public")],
        language: context.catalogue.language(),
        ..Options::default()
    };
    let server = Server::bind(&options)?;
    let first = preview.build()?;
    let url = server.url();
    context.output.result(&url);
    if arguments.open && open::that_detached(&url).is_err() {
        context.output.complain(&context.catalogue.get("serve-no-browser"));
    }
    let (output, catalogue) = (context.output.clone(), Catalogue::new(context.catalogue.language()));
    let rebuild = move |_: &[PathBuf]| preview.build().unwrap_or_else(|failure| preview.broken(failure));
    server.run(first, rebuild, move |text| output.progress(&catalogue.text(&text)))?;
    Ok(Outcome::Good)
}

/// What a rebuild needs, and what it keeps from the last one.
struct Preview {
    root: PathBuf,
    as_of: Option<Date>,
    language: Option<Language>,
    output: Output,
    /// The last snapshot, whose history is used again while the head stays.
    shown: Option<Arc<Snapshot>>,
    /// What was reported of history; reported again where it is something else.
    reported: Option<Vec<Fault>>,
}

impl Preview {
    fn build(&mut self) -> Result<Rebuilt, Failure> {
        let watch = Stopwatch::start();
        let mut context = Context {
            catalogue: Catalogue::new(self.language.unwrap_or_default()),
            language_fixed: self.language.is_some(),
            output: self.output.clone(),
            start: self.root.clone(),
        };
        let mut tree = Workspace::open(&self.root)?.at(TreeRef::WorkingTree)?;
        if let Some(earlier) = self.shown.take() {
            tree = tree.sharing_history_of(&earlier);
        }
        let snapshot = Arc::new(enter(&mut context, tree, self.as_of));
        self.shown = Some(Arc::clone(&snapshot));
        let faults = snapshot.history_faults();
        if self.reported.as_ref() != Some(&faults) {
            report_faults(&context, &snapshot, &faults, self.as_of);
            self.reported = Some(faults);
        }
        let catalogue = &context.catalogue;
        let report = check::run(&snapshot);
        let (errors, warnings) = (report.count(Severity::Error), report.count(Severity::Warning));
        let edition = Edition::preview(&snapshot);
        let options = super::build::options(catalogue, &snapshot, &edition)?;
        let mut banner = Banner::new(&report, &snapshot.sources, catalogue);
        let language = options.language;
        let artifacts = match site::render(&edition, &options, snapshot.files()) {
            Ok(artifacts) => Some(artifacts),
            Err(error) => {
                banner.failures.push(catalogue.text(&error.text()));
                None
            }
        };
        let told = Text::new("serve-checked")
            .arg("documents", report.documents)
            .arg("errors", errors)
            .arg("warnings", warnings)
            .arg("millis", usize::try_from(watch.elapsed().as_millis()).unwrap_or(usize::MAX));
        self.output.progress(&catalogue.text(&told));
        // The index of all the text is made from the handbook itself, while its pages are already read.
        let later = Later::new(site::search::FOLDER, move |go_on| {
            site::search::full_text(&Edition::preview(&snapshot), language, go_on).ok().flatten()
        });
        let (errors, later) = (errors + usize::from(artifacts.is_none()), Some(later));
        Ok(Rebuilt { errors, artifacts, later, banner })
    }

    /// A handbook that cannot be read at all: the last good site stays, with the reason on every page.
    fn broken(&self, failure: Failure) -> Rebuilt {
        let words = match failure {
            Failure::CannotRun(text) => Catalogue::new(self.language.unwrap_or_default()).text(&text),
            Failure::Refused => String::new(),
        };
        self.output.complain(&words);
        Rebuilt { banner: Banner::of_failure(words), errors: 1, ..Rebuilt::default() }
    }
}
