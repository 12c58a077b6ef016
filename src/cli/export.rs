//! `kitei export`: files for other tools.

use super::arguments::{Export, ExportRegister, ExportSchema, ExportWhat, RegisterFormat};
use super::open::{open_when, report_history};
use super::{Context, Failure, Outcome};
use crate::check::codeowners::codeowners;
use crate::export::register::{self, Register};
use crate::export::schema::schema;
use crate::locale::Text;
use crate::publish::{outside_sources, write_atomic};
use crate::workspace::Snapshot;

/// Runs the command.
pub fn run(context: &mut Context, arguments: Export) -> Result<Outcome, Failure> {
    match arguments.what {
        ExportWhat::Codeowners(arguments) => {
            let snapshot = open_when(context, &arguments.when)?;
            report_history(context, &snapshot, arguments.when.as_of);
            context.output.result(&codeowners(&snapshot));
            Ok(Outcome::Good)
        }
        ExportWhat::Register(arguments) => export_register(context, &arguments),
        ExportWhat::Schema(arguments) => export_schema(context, &arguments),
    }
}

fn export_register(context: &mut Context, arguments: &ExportRegister) -> Result<Outcome, Failure> {
    let out = arguments.out.as_ref().map(|out| context.path(out));
    if arguments.format == RegisterFormat::Xlsx && out.is_none() {
        return Err(Failure::new(Text::new("compare-needs-out")));
    }
    let snapshot = open_when(context, &arguments.when)?;
    if let Some(out) = &out {
        outside_sources(out, snapshot.root(), &snapshot.config.source_folders())?;
    }
    let register = Register::of(&snapshot, &arguments.register, arguments.period.as_deref())
        .ok_or_else(|| unknown_register(&snapshot, &arguments.register))?;
    let bytes = match arguments.format {
        RegisterFormat::Json => {
            // What the working tree holds need not be what a commit holds.
            let commit = arguments.when.rev.as_ref().and_then(|_| snapshot.commit()).map(|commit| commit.to_string());
            register::json(&register, commit.as_deref(), &context.catalogue).into_bytes()
        }
        RegisterFormat::Csv => register::csv(&register, kind(&register, arguments.kind.as_deref())?)?.into_bytes(),
        RegisterFormat::Xlsx => register::sheet(&register, &context.catalogue)?,
    };
    match out {
        Some(out) => {
            write_atomic(&out, &bytes)?;
            let done = Text::new("compare-written").arg("path", out.display().to_string());
            context.output.progress(&context.catalogue.text(&done));
        }
        None => context.output.result(&String::from_utf8_lossy(&bytes)),
    }
    if !register.is_unread() {
        return Ok(Outcome::Good);
    }
    // Rows that are there must not pass for all of them.
    let incomplete = Text::new("export-register-incomplete").arg("id", &arguments.register);
    context.output.complain(&context.catalogue.text(&incomplete));
    Ok(Outcome::Errors)
}

/// The schema of one register, or of all of them by their ids. A definition that is at fault has none.
fn export_schema(context: &mut Context, arguments: &ExportSchema) -> Result<Outcome, Failure> {
    let snapshot = open_when(context, &arguments.when)?;
    let library = &snapshot.register_set.library;
    let language = context.catalogue.language();
    let sound = |register: &usize| !library.is_faulty(*register);
    let schemas = match &arguments.register {
        Some(id) => {
            let register = library.position(id).ok_or_else(|| unknown_register(&snapshot, id))?;
            if !sound(&register) {
                return Err(Failure::new(Text::new("export-schema-faulty").arg("id", id)));
            }
            schema(&snapshot, &library.definitions[register], language)
        }
        None => {
            let registers = (0..library.definitions.len()).filter(sound).map(|at| &library.definitions[at]);
            registers.map(|known| (known.id.value.clone(), schema(&snapshot, known, language))).collect()
        }
    };
    context.output.result(&serde_json::to_string_pretty(&schemas)?);
    Ok(Outcome::Good)
}

/// The kind of row that is meant: the named one, or the only one.
fn kind(register: &Register<'_>, named: Option<&str>) -> Result<usize, Failure> {
    let definition = register.definition();
    let found = match (named, definition.kinds.len()) {
        (Some(name), _) => definition.kind(name),
        (None, 1) => Some(0),
        (None, _) => None,
    };
    found.ok_or_else(|| {
        let kinds: Vec<&str> = definition.kinds.iter().map(|kind| kind.name.value.as_str()).collect();
        Failure::new(Text::new("export-register-kind").arg("id", &definition.id.value).arg("kinds", kinds.join(", ")))
    })
}

fn unknown_register(snapshot: &Snapshot, id: &str) -> Failure {
    let known = snapshot.register_set.library.definitions.iter().map(|definition| definition.id.value.as_str());
    let known: Vec<&str> = known.collect();
    Failure::new(Text::new("export-register-unknown").arg("id", id).arg("known", known.join(", ")))
}
