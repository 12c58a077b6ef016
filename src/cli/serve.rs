//! `kitei serve`: the working tree in the browser, drafts marked, with its findings on every page.

use std::path::PathBuf;
use std::sync::Arc;

use jiff::civil::Date;

use super::arguments::Serve;
use super::open::{open_at, root};
use super::output::Output;
use super::{Context, Failure, Outcome};
use crate::check::{self, Severity};
use crate::clock::Stopwatch;
use crate::emit::Banner;
use crate::handbook::edition::Edition;
use crate::handbook::integrity::Fault;
use crate::handbook::past::Past;
use crate::locale::{Catalogue, Language, Text};
use crate::serve::{Later, Options, Rebuilt, Server};
use crate::site;

/// Runs the command until Ctrl-C.
pub fn run(context: &mut Context, arguments: Serve) -> Result<Outcome, Failure> {
    let root = root(context)?;
    let mut preview = Preview {
        root: root.clone(),
        as_of: arguments.as_of,
        language: context.language_fixed.then(|| context.catalogue.language()),
        output: context.output.clone(),
        past: None,
        told: None,
    };
    // Bound before the first build: what is saved meanwhile calls for the next one.
    let options = Options {
        port: arguments.port,
        watch: vec![root.clone()],
        ignore: vec![root.join("public")],
        language: context.catalogue.language(),
        ..Options::default()
    };
    let server = Server::bind(&options).map_err(|error| Failure::new(error.text()))?;
    let first = preview.build()?;
    let url = server.url();
    context.output.result(&url);
    if arguments.open && open::that_detached(&url).is_err() {
        context.output.complain(&context.catalogue.get("serve-no-browser"));
    }
    let (output, catalogue) = (context.output.clone(), Catalogue::new(context.catalogue.language()));
    let rebuild = move |_: &[PathBuf]| preview.build().unwrap_or_else(|failure| preview.broken(failure));
    server
        .run(first, rebuild, move |text| output.progress(&catalogue.text(&text)))
        .map_err(|error| Failure::new(error.text()))?;
    Ok(Outcome::Good)
}

/// What a rebuild needs, and what it keeps from the last one.
struct Preview {
    root: PathBuf,
    as_of: Option<Date>,
    language: Option<Language>,
    output: Output,
    /// The walk over history, kept while the head stays.
    past: Option<Arc<Past>>,
    /// What was said of history; said again where it is something else.
    told: Option<Vec<Fault>>,
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
        let mut opened = open_at(&mut context, self.root.clone(), self.as_of, None, self.past.take())?;
        self.past = Some(opened.past.clone());
        opened.handbook.find_former_wordings(opened.past.as_ref(), |_| true);
        let faults = opened.handbook.history_faults();
        if self.told.as_ref() != Some(&faults) {
            opened.tell_faults(&context);
            self.told = Some(faults);
        }
        let catalogue = &context.catalogue;
        let report = check::run(&opened.handbook);
        let (errors, warnings) = (report.count(Severity::Error), report.count(Severity::Warning));
        let edition = Edition::preview(&opened.handbook);
        let options = super::build::options(catalogue, &opened, &edition)?;
        let mut banner = Banner::new(&report, &opened.handbook.sources, catalogue);
        let language = options.language;
        let artifacts = match site::render(&edition, &options, opened.files.as_ref()) {
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
        let handbook = opened.handbook;
        let later = Later::new(site::search::FOLDER, move |go_on| {
            site::search::full_text(&Edition::preview(&handbook), language, go_on).ok().flatten()
        });
        let (errors, later) = (errors + usize::from(artifacts.is_none()), Some(later));
        Ok(Rebuilt { errors, artifacts, later, banner })
    }

    /// A handbook that cannot be read at all: the last good site stays, with the reason on every page.
    fn broken(&self, Failure(text): Failure) -> Rebuilt {
        let words = Catalogue::new(self.language.unwrap_or_default()).text(&text);
        self.output.complain(&words);
        Rebuilt { banner: Banner::of_failure(words), errors: 1, ..Rebuilt::default() }
    }
}
