//! All definitions together: those that kitei brings and the organisation's own. Names that lead from one definition to
//! another are looked up here, expressions become code, and circles of computed fields are refused.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::LazyLock;

use include_dir::{Dir, include_dir};

use super::definition::reader::{self, Read};
use super::definition::{Choices, Definition, Expression, Field, FieldType, KindRef, Personal};
use super::expression::checker::{Checker, type_of};
use super::expression::{ExpressionFault, parse};
use super::finding::{Fault, RegisterFinding};
use crate::locale::Text;
use crate::parse::Problem;
use crate::source::{FileId, Place, Span};

static EMBEDDED: Dir<'_> = include_dir!("$CARGO_MANIFEST_DIR/src/register/definitions");

/// The definitions that kitei brings, as read; a test holds them free of faults.
static BUILT_IN: LazyLock<Vec<Definition>> = LazyLock::new(|| {
    let mut found: Vec<Definition> =
        texts().filter_map(|(name, text)| reader::definition(FileId::DETACHED, name, text, &[]).definition).collect();
    found.sort_by(|a, b| a.id.value.cmp(&b.id.value));
    found
});

/// Name and text of each definition that kitei brings.
pub fn texts() -> impl Iterator<Item = (&'static str, &'static str)> {
    EMBEDDED.files().filter_map(|file| {
        let name = file.path().file_name()?.to_str()?.strip_suffix(".toml")?;
        Some((name, file.contents_utf8()?))
    })
}

/// Whether a definition came with kitei under this id.
pub fn is_built_in(id: &str) -> bool {
    BUILT_IN.iter().any(|known| known.id.value == id)
}

/// Definitions that know each other.
#[derive(Debug, Default)]
pub struct Library {
    /// By id.
    pub definitions: Vec<Definition>,
    /// Registers whose definition is at fault: their rows cannot be judged.
    pub faulty: BTreeSet<String>,
}

/// A definition of the organisation: its file, its name and its text.
#[derive(Debug, Clone, Copy)]
pub struct OwnDefinition<'t> {
    /// The file.
    pub file: FileId,
    /// The file's name without its ending.
    pub name: &'t str,
    /// Its text.
    pub text: &'t str,
}

/// What came of putting definitions together.
pub struct Built {
    /// The definitions.
    pub library: Library,
    /// Faults of form.
    pub problems: Vec<Problem>,
    /// What the definitions say wrongly.
    pub findings: Vec<RegisterFinding>,
}

impl Library {
    /// Those that kitei brings, and an organisation's own.
    pub fn build(own: &[OwnDefinition<'_>]) -> Built {
        let mut definitions = BUILT_IN.clone();
        let (mut problems, mut findings, mut faulty) = (Vec::new(), Vec::new(), BTreeSet::new());
        for OwnDefinition { file, name, text } in own {
            let Read { definition, problems: form, findings: said } = reader::definition(*file, name, text, &BUILT_IN);
            if !form.is_empty() || !said.is_empty() || definition.is_none() {
                faulty.insert((*name).to_owned());
            }
            problems.extend(form);
            findings.extend(said);
            let Some(definition) = definition else { continue };
            let id = &definition.id;
            let place = Place { file: *file, span: id.span };
            let extended = definitions.iter_mut().find(|known| definition.extended && known.id.value == id.value);
            if let Some(base) = extended.filter(|base| !base.extended) {
                *base = definition;
                continue;
            }
            let taken = if is_built_in(&id.value) {
                Some("definition-built-in")
            } else if RESERVED.contains(&id.value.as_str()) {
                Some("definition-read-otherwise")
            } else {
                definitions.iter().any(|known| known.id.value == id.value).then_some("definition-twice")
            };
            match taken {
                Some(key) => findings.push(fault(place, Text::new(key).arg("id", &id.value))),
                None => definitions.push(definition),
            }
        }
        definitions.sort_by(|a, b| a.id.value.cmp(&b.id.value));
        let mut library = Self { definitions, faulty };
        let linked = library.link();
        for finding in &linked {
            library.mark(finding.place.file);
        }
        findings.extend(linked);
        Built { library, problems, findings }
    }

    /// The register of an id.
    pub fn position(&self, id: &str) -> Option<usize> {
        self.definitions.binary_search_by(|known| known.id.value.as_str().cmp(id)).ok()
    }

    /// The definition of a register.
    pub fn get(&self, id: &str) -> Option<&Definition> {
        self.position(id).map(|at| &self.definitions[at])
    }

    /// Whether a register's definition is at fault.
    pub fn is_faulty(&self, register: usize) -> bool {
        self.faulty.contains(&self.definitions[register].id.value)
    }

    /// The register whose rows a type of values stands for.
    pub fn provider(&self, of: &str) -> Option<usize> {
        self.definitions.iter().position(|known| known.provides.as_deref() == Some(of))
    }

    fn mark(&mut self, file: FileId) {
        let at_fault = self.definitions.iter().filter(|known| known.file == file && !known.is_built_in());
        self.faulty.extend(at_fault.map(|known| known.id.value.clone()));
    }

    /// Looks up what definitions name of each other, then makes code of expressions.
    fn link(&mut self) -> Vec<RegisterFinding> {
        let mut findings = self.link_rows();
        findings.extend(self.link_providers());
        findings.extend(self.link_expressions());
        findings.extend(self.circles());
        findings
    }

    /// The kind that a field's `of` means: one of its own register, or another register's.
    fn kind_of(&self, register: usize, written: &str) -> Option<KindRef> {
        if let Some(kind) = self.definitions[register].kind(written) {
            return Some(KindRef { register, kind });
        }
        let (name, kind) = written.split_once('.').map_or((written, None), |(name, kind)| (name, Some(kind)));
        let register = self.position(name)?;
        let definition = &self.definitions[register];
        let kind = match kind {
            Some(kind) => definition.kind(kind)?,
            None => (definition.kinds.len() == 1).then_some(0)?,
        };
        Some(KindRef { register, kind })
    }

    fn link_rows(&mut self) -> Vec<RegisterFinding> {
        let mut findings = Vec::new();
        for register in 0..self.definitions.len() {
            let mut fields = self.take_fields(register);
            let file = self.definitions[register].file;
            for field in fields.iter_mut().flatten() {
                let items = match &mut field.value {
                    FieldType::List(items) => items.iter_mut().collect(),
                    single => vec![single],
                };
                for item in items {
                    let FieldType::Row(target) = item else { continue };
                    target.to = self.kind_of(register, &target.written.value);
                    if target.to.is_none() {
                        let text = Text::new("definition-row-unknown").arg("written", &target.written.value);
                        findings.push(fault(Place { file, span: target.written.span }, text));
                    }
                }
            }
            self.put_fields(register, fields);
        }
        findings
    }

    /// The fields of a register, its head first and then each kind, so that they can change while others are read.
    fn take_fields(&mut self, register: usize) -> Vec<Vec<Field>> {
        let definition = &mut self.definitions[register];
        let head = std::mem::take(&mut definition.head);
        let kinds = definition.kinds.iter_mut().map(|kind| std::mem::take(&mut kind.fields));
        [head].into_iter().chain(kinds).collect()
    }

    fn put_fields(&mut self, register: usize, fields: Vec<Vec<Field>>) {
        let definition = &mut self.definitions[register];
        let mut fields = fields.into_iter();
        definition.head = fields.next().unwrap_or_default();
        for (kind, fields) in definition.kinds.iter_mut().zip(fields) {
            kind.fields = fields;
        }
    }

    /// Two registers cannot stand for one type of values, and a register that says nothing of persons names none.
    fn link_providers(&self) -> Vec<RegisterFinding> {
        let mut findings = Vec::new();
        for (at, definition) in self.definitions.iter().enumerate() {
            let place = |span: Span| Place { file: definition.file, span };
            if let Some(of) = &definition.provides
                && let Some(first) = self.provider(of)
                && first != at
            {
                let text = Text::new("definition-provides-twice").arg("type", of);
                findings.push(fault(place(definition.id.span), text.arg("id", &self.definitions[first].id.value)));
            }
            let fields = definition.head.iter().chain(definition.kinds.iter().flat_map(|kind| &kind.fields));
            for field in fields.filter(|_| matches!(definition.personal, Personal::None | Personal::Counts)) {
                let names_people = |value: &FieldType| matches!(value, FieldType::Person(_));
                let named = match &field.value {
                    FieldType::List(items) => items.iter().any(names_people),
                    single => names_people(single),
                };
                if named {
                    findings.push(fault(place(field.span), Text::new("definition-personal").arg("field", &field.path)));
                }
            }
        }
        findings
    }

    fn link_expressions(&mut self) -> Vec<RegisterFinding> {
        let mut findings = Vec::new();
        let mut made: Vec<(Slot, super::expression::Code)> = Vec::new();
        for (register, definition) in self.definitions.iter().enumerate() {
            // What was not read cannot be looked up.
            if self.is_faulty(register) {
                continue;
            }
            let mut check = |slot: Slot, expression: &Expression, group: &str, needed: Option<&Field>| {
                let this = slot.kind.map(|kind| KindRef { register, kind });
                match self.code(this, group, expression, slot.purpose, needed) {
                    Ok(code) => made.push((Slot { register, ..slot }, code)),
                    Err(found) => {
                        findings.push(fault(expression.place(&found.at, definition), found.kind.text()));
                    }
                }
            };
            for (kind, fields) in definition
                .kinds
                .iter()
                .enumerate()
                .map(|(at, kind)| (Some(at), &kind.fields))
                .chain([(None, &definition.head)])
            {
                for (at, field) in fields.iter().enumerate() {
                    let group = &field.path[..field.group];
                    let slot = |purpose| Slot { register, kind, at, purpose };
                    if let Some(expression) = &field.required_if {
                        check(slot(Purpose::RequiredIf), expression, group, None);
                    }
                    if let Some(expression) = &field.computed {
                        check(slot(Purpose::Computed), expression, group, Some(field));
                    }
                    if let FieldType::Choice(Choices::Bands(expression)) = &field.value {
                        check(slot(Purpose::Bands), expression, group, None);
                    }
                }
            }
            for (at, rule) in definition.rules.iter().enumerate() {
                check(Slot { register, kind: Some(rule.kind), at, purpose: Purpose::Rule }, &rule.condition, "", None);
            }
        }
        for (slot, code) in made {
            self.put_code(slot, code);
        }
        findings
    }

    fn code(
        &self,
        this: Option<KindRef>,
        group: &str,
        expression: &Expression,
        purpose: Purpose,
        field: Option<&Field>,
    ) -> Result<super::expression::Code, ExpressionFault> {
        let node = parse(&expression.text.value)?;
        // In the head of a file there is no row whose keys the names could be.
        let checker = Checker::new(&self.definitions, this, group);
        match (purpose, field) {
            (Purpose::RequiredIf | Purpose::Rule, _) => checker.condition(&node),
            (Purpose::Bands, _) => checker.of_type(&node, &super::expression::Type::Bands),
            (Purpose::Computed, field) => match field {
                Some(field) => checker.of_type(&node, &type_of(field)),
                None => checker.any(&node).map(|(code, _)| code),
            },
        }
    }

    fn put_code(&mut self, slot: Slot, code: super::expression::Code) {
        let definition = &mut self.definitions[slot.register];
        if slot.purpose == Purpose::Rule {
            definition.rules[slot.at].condition.code = Some(code);
            return;
        }
        let fields = match slot.kind {
            Some(kind) => &mut definition.kinds[kind].fields,
            None => &mut definition.head,
        };
        let field = &mut fields[slot.at];
        let place = match (slot.purpose, &mut field.value) {
            (Purpose::Bands, FieldType::Choice(Choices::Bands(expression))) => Some(&mut **expression),
            (Purpose::RequiredIf, _) => field.required_if.as_mut(),
            _ => field.computed.as_mut(),
        };
        if let Some(place) = place {
            place.code = Some(code);
        }
    }

    /// Computed fields that need each other, within a register or across several.
    fn circles(&self) -> Vec<RegisterFinding> {
        let mut needs: BTreeMap<(KindRef, usize), BTreeSet<(KindRef, usize)>> = BTreeMap::new();
        for (register, definition) in self.definitions.iter().enumerate() {
            for (kind, fields) in definition.kinds.iter().enumerate() {
                for (at, field) in fields.fields.iter().enumerate() {
                    let Some(code) = field.computed.as_ref().and_then(|computed| computed.code.as_ref()) else {
                        continue;
                    };
                    let read = needs.entry((KindRef { register, kind }, at)).or_default();
                    code.fields(&mut |kind, field| {
                        read.insert((kind, field));
                    });
                }
            }
        }
        let mut findings = Vec::new();
        for start in needs.keys() {
            let Some(way) = way_back(*start, &needs) else { continue };
            let (kind, field) = *start;
            let definition = &self.definitions[kind.register];
            let names: Vec<String> = way.iter().map(|(kind, field)| self.field_name(*kind, *field)).collect();
            let computed = definition.kinds[kind.kind].fields[field].computed.as_ref();
            let place = computed.map(|computed| match computed.file == definition.file {
                true => Place { file: definition.file, span: computed.text.span },
                false => Place { file: definition.file, span: definition.id.span },
            });
            let place = place.unwrap_or(Place { file: definition.file, span: definition.id.span });
            findings.push(fault(place, Text::new("definition-circle").arg("fields", names.join(" → "))));
        }
        findings
    }

    /// `register.kind.field`.
    fn field_name(&self, kind: KindRef, field: usize) -> String {
        let definition = &self.definitions[kind.register];
        let kind = &definition.kinds[kind.kind];
        format!("{}.{}.{}", definition.id.value, kind.name.value, kind.fields[field].path)
    }
}

/// Registers that kitei reads by code of its own.
const RESERVED: [&str; 9] =
    ["roles", "people", "terms", "exceptions", "contacts", "year-plan", "ciso-practices", "risk-plan", "quizzes"];

/// What an expression is for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Purpose {
    RequiredIf,
    Computed,
    Bands,
    Rule,
}

/// Where an expression stands.
#[derive(Debug, Clone, Copy)]
struct Slot {
    register: usize,
    kind: Option<usize>,
    at: usize,
    purpose: Purpose,
}

fn fault(place: Place, message: Text) -> RegisterFinding {
    RegisterFinding::new(Fault::Definition, place, message, Text::new("invalid-definition-help"))
}

/// A shortest way from a field through what it needs back to itself.
fn way_back(
    start: (KindRef, usize),
    needs: &BTreeMap<(KindRef, usize), BTreeSet<(KindRef, usize)>>,
) -> Option<Vec<(KindRef, usize)>> {
    let mut came_from: BTreeMap<(KindRef, usize), (KindRef, usize)> = BTreeMap::new();
    let mut open = std::collections::VecDeque::from([start]);
    while let Some(at) = open.pop_front() {
        for next in needs.get(&at).into_iter().flatten() {
            if *next == start {
                let mut way = vec![start, at];
                let mut last = at;
                while last != start {
                    last = came_from[&last];
                    way.push(last);
                }
                way.reverse();
                return Some(way);
            }
            if needs.contains_key(next) && !came_from.contains_key(next) {
                came_from.insert(*next, at);
                open.push_back(*next);
            }
        }
    }
    None
}
