//! Tree → code: what every name means, and whether the types fit. Each fault is one of the definition, at its column.

use super::code::{BandPart, Code, Constant, Function, LINK, MIXED, Over, Type};
use super::tree::{Name, Node, NodeKind, Operator};
use super::{ExpressionFault, FaultKind};
use crate::register::definition::{Choices, Definition, Field, FieldType, Kind, KindRef};

type Checked = Result<(Code, Type), ExpressionFault>;

/// What an expression may speak of.
pub struct Checker<'l> {
    definitions: &'l [Definition],
    /// The row that the expression is of; `None` in the head of a file.
    this: Option<KindRef>,
    /// The group of fields in which it stands: its path with the dot behind it.
    group: &'l str,
}

/// The row whose fields are meant.
#[derive(Clone, Copy)]
struct Scope<'l> {
    here: Option<KindRef>,
    group: &'l str,
}

/// The type of a field's value.
pub fn type_of(field: &Field) -> Type {
    value_type(&field.value)
}

fn value_type(value: &FieldType) -> Type {
    match value {
        FieldType::Id(_) | FieldType::Text(_) => Type::Text,
        FieldType::Number { .. } => Type::Number,
        FieldType::YesNo => Type::YesNo,
        FieldType::Date => Type::Date,
        FieldType::Month => Type::Month,
        FieldType::Choice(Choices::Fixed(words)) => {
            Type::Choice(Some(words.iter().map(|word| word.value.clone()).collect()))
        }
        FieldType::Choice(Choices::Bands(_)) => Type::Band,
        FieldType::List(items) => match items.as_slice() {
            [item] => Type::List(Box::new(value_type(item))),
            _ => Type::List(Box::new(Type::Reference(MIXED))),
        },
        // A row whose kind is unknown is a fault of the definition already.
        FieldType::Row(target) => target.to.map_or(Type::Reference(MIXED), Type::Row),
        FieldType::Person(_) => Type::Reference("person"),
        FieldType::Role => Type::Reference("role"),
        FieldType::Department => Type::Reference("department"),
        FieldType::Document => Type::Reference("document"),
        FieldType::Control => Type::Reference("control"),
        FieldType::Clause => Type::Reference("clause"),
        FieldType::Classification => Type::Reference("classification"),
        FieldType::Term => Type::Reference("term"),
        FieldType::Link => Type::Reference(LINK),
        FieldType::Lookup(keys) => Type::Lookup(keys.len()),
        FieldType::Bands => Type::Bands,
    }
}

fn fault<T>(node: &Node, kind: FaultKind) -> Result<T, ExpressionFault> {
    Err(ExpressionFault::new(node.at.clone(), kind))
}

fn nearest<'a>(name: &str, known: impl Iterator<Item = &'a str>) -> Option<String> {
    let near = known.map(|known| (strsim::damerau_levenshtein(known, name), known));
    near.min().filter(|(distance, known)| *distance <= 1 + known.len() / 4).map(|(_, known)| known.to_owned())
}

/// What a name led to, and how many names of the path it took.
struct Found {
    code: Code,
    value: Type,
    taken: usize,
}

impl<'l> Checker<'l> {
    /// For an expression of a row.
    pub fn new(definitions: &'l [Definition], this: Option<KindRef>, group: &'l str) -> Self {
        Self { definitions, this, group }
    }

    fn scope(&self) -> Scope<'l> {
        Scope { here: self.this, group: self.group }
    }

    /// An expression of any type.
    pub fn any(&self, node: &Node) -> Checked {
        self.node(node, self.scope())
    }

    /// An expression that is true or false.
    pub fn condition(&self, node: &Node) -> Result<Code, ExpressionFault> {
        self.needed(node, &Type::YesNo, self.scope())
    }

    /// An expression whose value a field can hold.
    pub fn of_type(&self, node: &Node, needed: &Type) -> Result<Code, ExpressionFault> {
        self.needed(node, needed, self.scope())
    }

    fn kind(&self, kind: KindRef) -> &'l Kind {
        &self.definitions[kind.register].kinds[kind.kind]
    }

    fn needed(&self, node: &Node, needed: &Type, scope: Scope<'l>) -> Result<Code, ExpressionFault> {
        let (code, found) = self.node(node, scope)?;
        fits(node, needed, &found)?;
        Ok(code)
    }

    fn node(&self, node: &Node, scope: Scope<'l>) -> Checked {
        match &node.kind {
            NodeKind::Number(number) => Ok((Code::Constant(Constant::Number(*number)), Type::Number)),
            NodeKind::Text(text) => {
                let value = Type::Literals(vec![(text.clone(), node.at.clone())]);
                Ok((Code::Constant(Constant::Word(text.clone())), value))
            }
            NodeKind::YesNo(yes) => Ok((Code::Constant(Constant::YesNo(*yes)), Type::YesNo)),
            NodeKind::This => match self.this {
                Some(kind) => Ok((Code::This, Type::Row(kind))),
                None => fault(node, FaultKind::NoRow),
            },
            NodeKind::Path(names) => self.path(node, names, scope),
            NodeKind::List(items) => self.list(items, scope),
            NodeKind::If(parts, other) => self.choice(node, parts, other.as_deref(), scope),
            NodeKind::Not(inner) => Ok((Code::Not(Box::new(self.needed(inner, &Type::YesNo, scope)?)), Type::YesNo)),
            NodeKind::Negative(inner) => {
                Ok((Code::Negative(Box::new(self.needed(inner, &Type::Number, scope)?)), Type::Number))
            }
            NodeKind::Binary(operator, parts) => self.binary(node, *operator, parts, scope),
            NodeKind::Call { function, arguments, condition } => {
                self.call(node, function, arguments, condition.as_deref(), scope)
            }
        }
    }

    fn list(&self, items: &[Node], scope: Scope<'l>) -> Checked {
        let mut codes = Vec::new();
        let mut common: Option<Type> = None;
        for item in items {
            let (code, found) = self.node(item, scope)?;
            codes.push(code);
            common = Some(match common {
                None => found,
                Some(known) => joined(item, known, found)?,
            });
        }
        // The grammar has no empty list.
        let of = common.unwrap_or(Type::Text);
        Ok((Code::List(codes), Type::List(Box::new(of))))
    }

    fn choice(&self, node: &Node, parts: &[Node; 2], other: Option<&Node>, scope: Scope<'l>) -> Checked {
        let [condition, one] = parts;
        let condition = self.needed(condition, &Type::YesNo, scope)?;
        let (one, first) = self.node(one, scope)?;
        let (other, value) = match other {
            None => (Code::Nothing, first),
            Some(other) => {
                let (other, second) = self.node(other, scope)?;
                (other, joined(node, first, second)?)
            }
        };
        Ok((Code::If(Box::new([condition, one, other])), value))
    }

    fn binary(&self, node: &Node, operator: Operator, parts: &[Node; 2], scope: Scope<'l>) -> Checked {
        let [left, right] = parts;
        let (one, first) = self.node(left, scope)?;
        let (other, second) = self.node(right, scope)?;
        let value = match operator {
            Operator::And | Operator::Or => {
                fits(left, &Type::YesNo, &first)?;
                fits(right, &Type::YesNo, &second)?;
                Type::YesNo
            }
            Operator::Plus | Operator::Minus | Operator::Times | Operator::Over => {
                fits(left, &Type::Number, &first)?;
                fits(right, &Type::Number, &second)?;
                Type::Number
            }
            Operator::Equal | Operator::Unequal => {
                comparable(node, &first, &second)?;
                Type::YesNo
            }
            Operator::Less | Operator::AtMost | Operator::More | Operator::AtLeast => {
                if !matches!(first, Type::Number | Type::Date | Type::Month) {
                    return fault(left, FaultKind::WrongType(Type::Number.text(), first.text()));
                }
                fits(right, &first, &second)?;
                Type::YesNo
            }
            Operator::In => {
                let Type::List(of) = &second else {
                    let needed = Type::List(Box::new(first)).text();
                    return fault(right, FaultKind::WrongType(needed, second.text()));
                };
                comparable(node, &first, of)?;
                Type::YesNo
            }
        };
        Ok((Code::Binary(operator, Box::new([one, other])), value))
    }

    /// Follows names from the first one, step by step.
    fn path(&self, node: &Node, names: &[Name], scope: Scope<'l>) -> Checked {
        let Found { mut code, mut value, taken } = self.first(names, scope)?;
        let mut rest = &names[taken..];
        while !rest.is_empty() {
            let found = self.step(code, &value, rest, node)?;
            (code, value) = (found.code, found.value);
            rest = &rest[found.taken..];
        }
        Ok((code, value))
    }

    /// What the first name, or the first few, mean: a field, a key of the file, a kind of this register, a register.
    fn first(&self, names: &[Name], scope: Scope<'l>) -> Result<Found, ExpressionFault> {
        if names[0].text == "this" {
            let kind = self.this.ok_or_else(|| ExpressionFault::new(names[0].at.clone(), FaultKind::NoRow))?;
            return Ok(Found { code: Code::This, value: Type::Row(kind), taken: 1 });
        }
        let mut known: Vec<&str> = Vec::new();
        if let Some(here) = scope.here {
            if !scope.group.is_empty()
                && let Some(found) = self.field(Code::Here, here, names, scope.group)
            {
                return Ok(found);
            }
            if let Some(found) = self.field(Code::Here, here, names, "") {
                return Ok(found);
            }
            let head = &self.definitions[here.register].head;
            if let Some((field, taken)) = longest(head, names, "") {
                let code = Code::Head(Box::new(Code::Here), here, field);
                return Ok(Found { code, value: type_of(&head[field]), taken });
            }
            let fields = &self.kind(here).fields;
            let is_group =
                |field: &Field| field.path.strip_prefix(&names[0].text).is_some_and(|rest| rest.starts_with('.'));
            if fields.iter().any(is_group) && names.len() == 1 {
                return Err(ExpressionFault::new(names[0].at.clone(), FaultKind::Group(names[0].text.clone())));
            }
            known.extend(fields.iter().chain(head).map(|field| field.path.as_str()));
            known.extend(fields.iter().filter_map(|field| field.path.strip_prefix(scope.group)));
        }
        let own = self.this.map(|this| this.register);
        if let Some(register) = own {
            if let Some(kind) = self.definitions[register].kind(&names[0].text) {
                return Ok(self.rows(KindRef { register, kind }, scope, 1));
            }
            known.extend(self.definitions[register].kinds.iter().map(|kind| kind.name.value.as_str()));
        }
        if let Some(register) = self.definitions.iter().position(|found| found.id.value == names[0].text) {
            return self.of_register(register, names);
        }
        known.extend(self.definitions.iter().map(|found| found.id.value.as_str()));
        // A path of fields is known as a whole; of a kind or register its first name alone is.
        let whole = names.iter().map(|name| name.text.as_str()).collect::<Vec<_>>().join(".");
        let near = nearest(&names[0].text, known.iter().copied()).or_else(|| nearest(&whole, known.iter().copied()));
        let at = names[0].at.start..names[names.len() - 1].at.end;
        let at = if known.iter().any(|known| known.starts_with(&format!("{}.", names[0].text))) {
            at
        } else {
            names[0].at.clone()
        };
        let name = if at == names[0].at { names[0].text.clone() } else { whole };
        Err(ExpressionFault::new(at, FaultKind::UnknownName(name, near)))
    }

    /// Rows of a kind of the own register: where each names the row in whose expression it stands, only that row's.
    fn rows(&self, kind: KindRef, scope: Scope<'l>, taken: usize) -> Found {
        let parents: Vec<usize> = (0..)
            .zip(&self.kind(kind).fields)
            .filter(|(_, field)| match &field.value {
                FieldType::Row(target) => target.to.is_some() && target.to == scope.here,
                _ => false,
            })
            .map(|(at, _)| at)
            .collect();
        let code = match parents.as_slice() {
            [parent] if scope.here != Some(kind) => Code::Children(Box::new(Code::Here), kind, *parent),
            _ => Code::Rows(kind),
        };
        Found { code, value: Type::List(Box::new(Type::Row(kind))), taken }
    }

    fn of_register(&self, register: usize, names: &[Name]) -> Result<Found, ExpressionFault> {
        let definition = &self.definitions[register];
        let named = names.get(1).and_then(|name| definition.kind(&name.text));
        let (kind, taken) = match (named, definition.kinds.len()) {
            (Some(kind), _) => (kind, 2),
            (None, 1) => (0, 1),
            (None, _) => {
                let kinds = definition.kinds.iter().map(|kind| kind.name.value.clone()).collect();
                let at = names.get(1).unwrap_or(&names[0]).at.clone();
                let kind = FaultKind::SeveralKinds(definition.id.value.clone(), kinds);
                return Err(ExpressionFault::new(at, kind));
            }
        };
        let kind = KindRef { register, kind };
        Ok(Found { code: Code::Rows(kind), value: Type::List(Box::new(Type::Row(kind))), taken })
    }

    /// The field of a row that names, behind a prefix, are the path of.
    fn field(&self, of: Code, kind: KindRef, names: &[Name], prefix: &str) -> Option<Found> {
        let fields = &self.kind(kind).fields;
        let (field, taken) = longest(fields, names, prefix)?;
        Some(Found { code: Code::Field(Box::new(of), kind, field), value: type_of(&fields[field]), taken })
    }

    /// What a name behind a value means.
    fn step(&self, code: Code, value: &Type, names: &[Name], node: &Node) -> Result<Found, ExpressionFault> {
        match value {
            Type::Row(kind) => self.member(code, *kind, names),
            Type::List(of) => {
                let found = self.step(code, of, names, node)?;
                let value = match found.value {
                    list @ Type::List(_) => list,
                    single => Type::List(Box::new(single)),
                };
                Ok(Found { value, ..found })
            }
            Type::Band => {
                const PARTS: [(&str, BandPart, Type); 3] = [
                    ("id", BandPart::Id, Type::Text),
                    ("from", BandPart::From, Type::Number),
                    ("acceptable", BandPart::Acceptable, Type::YesNo),
                ];
                let found = PARTS.into_iter().find(|(name, ..)| *name == names[0].text);
                let Some((_, part, value)) = found else {
                    let near = nearest(&names[0].text, ["id", "from", "acceptable"].into_iter());
                    let kind = FaultKind::UnknownName(names[0].text.clone(), near);
                    return Err(ExpressionFault::new(names[0].at.clone(), kind));
                };
                Ok(Found { code: Code::BandPart(Box::new(code), part), value, taken: 1 })
            }
            other => {
                let before = node.at.start..names[0].at.start.saturating_sub(1);
                Err(ExpressionFault::new(
                    before,
                    FaultKind::WrongType(Type::Row(KindRef { register: 0, kind: 0 }).text(), other.text()),
                ))
            }
        }
    }

    fn member(&self, code: Code, kind: KindRef, names: &[Name]) -> Result<Found, ExpressionFault> {
        if let Some(found) = self.field(code.clone(), kind, names, "") {
            return Ok(found);
        }
        let head = &self.definitions[kind.register].head;
        if let Some((field, taken)) = longest(head, names, "") {
            return Ok(Found { code: Code::Head(Box::new(code), kind, field), value: type_of(&head[field]), taken });
        }
        let known = self.kind(kind).fields.iter().chain(head).map(|field| field.path.as_str());
        let unknown = FaultKind::UnknownName(names[0].text.clone(), nearest(&names[0].text, known));
        Err(ExpressionFault::new(names[0].at.clone(), unknown))
    }

    fn call(
        &self,
        node: &Node,
        name: &Name,
        arguments: &[Node],
        condition: Option<&Node>,
        scope: Scope<'l>,
    ) -> Checked {
        let Some(function) = Function::from_name(&name.text) else {
            let near = nearest(&name.text, Function::ALL.into_iter().map(|(_, known, _)| known));
            return Err(ExpressionFault::new(name.at.clone(), FaultKind::UnknownFunction(name.text.clone(), near)));
        };
        let wrong_number = || fault(node, FaultKind::Arguments(name.text.clone(), function.form()));
        match (function, arguments) {
            (Function::Exists | Function::Count | Function::Share | Function::Last | Function::Sum, [over])
            | (Function::Max | Function::Min, [over]) => self.over(function, name, over, condition, scope),
            (Function::Exists | Function::Count | Function::Share | Function::Last | Function::Sum, _) => {
                wrong_number()
            }
            (Function::Max | Function::Min, []) => wrong_number(),
            _ if condition.is_some() => fault(node, FaultKind::NeedlessWhere(name.text.clone())),
            _ => match self.plain(function, arguments, scope)? {
                Some(found) => Ok(found),
                None => wrong_number(),
            },
        }
    }

    /// A function over values; `None` where it takes another number of them.
    fn plain(
        &self,
        function: Function,
        arguments: &[Node],
        scope: Scope<'l>,
    ) -> Result<Option<(Code, Type)>, ExpressionFault> {
        let call = |codes: Vec<Code>, value| Ok(Some((Code::Call(function, codes), value)));
        match (function, arguments) {
            (Function::Max | Function::Min, [first, rest @ ..]) => {
                let (code, value) = self.ordered(first, scope)?;
                let mut codes = vec![code];
                for argument in rest {
                    codes.push(self.needed(argument, &value, scope)?);
                }
                call(codes, value)
            }
            (Function::Has, [of]) => call(vec![self.node(of, scope)?.0], Type::YesNo),
            (Function::Today, []) => call(Vec::new(), Type::Date),
            (Function::Days, [from, until]) => {
                let codes = vec![self.needed(from, &Type::Date, scope)?, self.needed(until, &Type::Date, scope)?];
                call(codes, Type::Number)
            }
            (Function::YearsBefore, [date, years]) => {
                let codes = vec![self.needed(date, &Type::Date, scope)?, self.needed(years, &Type::Number, scope)?];
                call(codes, Type::Date)
            }
            (Function::Departments, [who, from, until]) => {
                let (person, found) = self.node(who, scope)?;
                let of = if let Type::List(of) = &found { of } else { &found };
                fits(who, &Type::Reference("person"), of)?;
                let days = [self.needed(from, &Type::Date, scope)?, self.needed(until, &Type::Date, scope)?];
                let value = Type::List(Box::new(Type::Reference("department")));
                call([person].into_iter().chain(days).collect(), value)
            }
            (Function::Band, [bands, figure]) => {
                let codes = vec![self.needed(bands, &Type::Bands, scope)?, self.needed(figure, &Type::Number, scope)?];
                call(codes, Type::Band)
            }
            (Function::Lookup, [table, keys @ ..]) => {
                let (code, found) = self.node(table, scope)?;
                let Type::Lookup(count) = found else {
                    return fault(table, FaultKind::WrongType(Type::Lookup(1).text(), found.text()));
                };
                if keys.len() != count {
                    return Ok(None);
                }
                let mut codes = vec![code];
                for key in keys {
                    let (code, found) = self.node(key, scope)?;
                    if !matches!(
                        found,
                        Type::Number | Type::Choice(_) | Type::Literals(_) | Type::Band | Type::Reference(_)
                    ) {
                        return fault(key, FaultKind::WrongType(Type::Choice(None).text(), found.text()));
                    }
                    codes.push(code);
                }
                call(codes, Type::Number)
            }
            _ => Ok(None),
        }
    }

    /// A figure or a day.
    fn ordered(&self, node: &Node, scope: Scope<'l>) -> Checked {
        let (code, value) = self.node(node, scope)?;
        if !matches!(value, Type::Number | Type::Date | Type::Month) {
            return fault(node, FaultKind::WrongType(Type::Number.text(), value.text()));
        }
        Ok((code, value))
    }

    /// A function over rows, or over what a path through rows leads to.
    fn over(
        &self,
        function: Function,
        name: &Name,
        over: &Node,
        condition: Option<&Node>,
        scope: Scope<'l>,
    ) -> Checked {
        let Some(Rows { rows, kind, value }) = self.rows_of(over, scope)? else {
            // A list that one row holds, such as the ids that it names.
            if condition.is_some() {
                return fault(over, FaultKind::NeedlessWhere(name.text.clone()));
            }
            return self.over_list(function, over, scope);
        };
        let inner = Scope { here: Some(kind), group: "" };
        let condition = condition.map(|node| self.needed(node, &Type::YesNo, inner)).transpose()?;
        let found = value.as_ref().map(|(_, found)| found.clone());
        let figure = |found: Option<Type>| match found {
            Some(value @ (Type::Number | Type::Date | Type::Month)) => Ok(value),
            Some(other) => fault(over, FaultKind::WrongType(Type::Number.text(), other.text())),
            None => fault(over, FaultKind::WrongType(Type::Number.text(), Type::Row(kind).text())),
        };
        let mut order = None;
        let result = match (function, &found) {
            (Function::Exists, None) => Type::YesNo,
            (Function::Count, _) => Type::Number,
            (Function::Share, None) if condition.is_some() => Type::Number,
            (Function::Share, None) => return fault(over, FaultKind::Arguments(name.text.clone(), function.form())),
            (Function::Exists | Function::Share, Some(other)) => {
                return fault(over, FaultKind::WrongType(Type::List(Box::new(Type::Row(kind))).text(), other.text()));
            }
            (Function::Sum, _) => {
                let value = figure(found)?;
                fits(over, &Type::Number, &value)?;
                Type::Number
            }
            (Function::Last, Some(value)) => {
                order = Some(self.date_of(kind, over)?);
                value.clone()
            }
            (Function::Last, None) => return fault(over, FaultKind::Arguments(name.text.clone(), function.form())),
            _ => figure(found)?,
        };
        let value = value.map(|(code, _)| code);
        Ok((Code::Over(Box::new(Over { function, rows, kind, condition, value, order })), result))
    }

    /// The date by which rows of a kind are ordered: the only one, or the one among its keys.
    fn date_of(&self, kind: KindRef, node: &Node) -> Result<usize, ExpressionFault> {
        let definition = self.kind(kind);
        let is_date = |at: &usize| matches!(definition.fields[*at].value, FieldType::Date);
        let keys: Vec<usize> = definition.key.iter().copied().filter(is_date).collect();
        let all: Vec<usize> = (0..definition.fields.len()).filter(is_date).collect();
        match (keys.as_slice(), all.as_slice()) {
            ([only], _) | ([], [only]) => Ok(*only),
            _ => fault(node, FaultKind::NoOrder(definition.name.value.clone())),
        }
    }

    fn over_list(&self, function: Function, over: &Node, scope: Scope<'l>) -> Checked {
        let (code, found) = self.node(over, scope)?;
        let Type::List(of) = found else {
            let needed = Type::List(Box::new(Type::Number)).text();
            return fault(over, FaultKind::WrongType(needed, found.text()));
        };
        let value = match function {
            Function::Count => Type::Number,
            Function::Max | Function::Min if matches!(*of, Type::Number | Type::Date | Type::Month) => *of,
            Function::Sum if *of == Type::Number => Type::Number,
            _ => return fault(over, FaultKind::WrongType(Type::List(Box::new(Type::Number)).text(), of.text())),
        };
        Ok((Code::Call(function, vec![code]), value))
    }

    /// The rows that a path leads to, and what is taken of each; `None` where it leads through no list of rows.
    fn rows_of(&self, node: &Node, scope: Scope<'l>) -> Result<Option<Rows>, ExpressionFault> {
        let NodeKind::Path(names) = &node.kind else { return Ok(None) };
        let Found { mut code, mut value, taken } = self.first(names, scope)?;
        let mut rest = &names[taken..];
        let mut rows: Option<Rows> = None;
        loop {
            if let Type::List(of) = &value
                && let Type::Row(kind) = **of
            {
                rows = Some(Rows { rows: full(rows, code), kind, value: None });
                (code, value) = (Code::Here, Type::Row(kind));
            }
            if rest.is_empty() {
                break;
            }
            let found = self.step(code, &value, rest, node)?;
            (code, value) = (found.code, found.value);
            rest = &rest[found.taken..];
        }
        let Some(mut rows) = rows else { return Ok(None) };
        if code != Code::Here {
            rows.value = Some((code, value));
        }
        Ok(Some(rows))
    }
}

/// Rows and what is taken of each.
struct Rows {
    rows: Code,
    kind: KindRef,
    value: Option<(Code, Type)>,
}

/// The code of rows that are reached through other rows: what was taken of each of those.
fn full(before: Option<Rows>, code: Code) -> Code {
    match before {
        None => code,
        Some(before) => through(code, &before.rows),
    }
}

/// Code in which the row that is looked at is one of several.
fn through(code: Code, rows: &Code) -> Code {
    match code {
        Code::Here => rows.clone(),
        Code::Field(of, kind, field) => Code::Field(Box::new(through(*of, rows)), kind, field),
        Code::Head(of, kind, field) => Code::Head(Box::new(through(*of, rows)), kind, field),
        Code::BandPart(of, part) => Code::BandPart(Box::new(through(*of, rows)), part),
        other => other,
    }
}

/// The field whose path is a prefix and then as many of the names as possible.
fn longest(fields: &[Field], names: &[Name], prefix: &str) -> Option<(usize, usize)> {
    (1..=names.len()).rev().find_map(|count| {
        let path = names[..count].iter().map(|name| name.text.as_str()).collect::<Vec<_>>().join(".");
        let path = format!("{prefix}{path}");
        fields.iter().position(|field| field.path == path).map(|field| (field, count))
    })
}

/// Whether a value of one type can stand where another is needed; words of the expression are looked up in the choice.
fn fits(node: &Node, needed: &Type, found: &Type) -> Result<(), ExpressionFault> {
    match (needed, found) {
        (Type::Choice(Some(allowed)), Type::Literals(words)) => among(words, allowed),
        (Type::Text, Type::Literals(_)) => Ok(()),
        (Type::Choice(Some(allowed)), Type::Choice(Some(words))) if words.iter().all(|word| allowed.contains(word)) => {
            Ok(())
        }
        (Type::List(needed), Type::List(found)) => fits(node, needed, found),
        (needed, found) if needed == found => Ok(()),
        _ => fault(node, FaultKind::WrongType(needed.text(), found.text())),
    }
}

fn among(words: &[(String, super::tree::At)], allowed: &[String]) -> Result<(), ExpressionFault> {
    match words.iter().find(|(word, _)| !allowed.contains(word)) {
        Some((word, at)) => {
            Err(ExpressionFault::new(at.clone(), FaultKind::NoSuchWord(word.clone(), allowed.to_vec())))
        }
        None => Ok(()),
    }
}

/// Whether two values can be the same.
fn comparable(node: &Node, one: &Type, other: &Type) -> Result<(), ExpressionFault> {
    match (one, other) {
        (Type::Choice(Some(allowed)), Type::Literals(words)) | (Type::Literals(words), Type::Choice(Some(allowed))) => {
            among(words, allowed)
        }
        (Type::Text, Type::Literals(_)) | (Type::Literals(_), Type::Text) => Ok(()),
        (Type::Choice(Some(one)), Type::Choice(Some(other))) if one.iter().any(|word| other.contains(word)) => Ok(()),
        // A link leads to any row, and a list of several types may hold any reference.
        (Type::Reference(LINK | MIXED), Type::Row(_) | Type::Reference(_))
        | (Type::Row(_) | Type::Reference(_), Type::Reference(LINK | MIXED)) => Ok(()),
        (Type::Number | Type::Text | Type::YesNo | Type::Date | Type::Month | Type::Row(_) | Type::Reference(_), _)
            if one == other =>
        {
            Ok(())
        }
        _ => fault(node, FaultKind::Unlike(one.text(), other.text())),
    }
}

/// The type that covers the two results of an `if`, or two items of a list.
fn joined(node: &Node, one: Type, other: Type) -> Result<Type, ExpressionFault> {
    match (one, other) {
        (Type::Literals(mut one), Type::Literals(other)) => {
            one.extend(other);
            Ok(Type::Literals(one))
        }
        (Type::Choice(Some(allowed)), Type::Literals(words)) | (Type::Literals(words), Type::Choice(Some(allowed))) => {
            among(&words, &allowed)?;
            Ok(Type::Choice(Some(allowed)))
        }
        (Type::Text, Type::Literals(_)) | (Type::Literals(_), Type::Text) => Ok(Type::Text),
        (one, other) if one == other => Ok(one),
        (one, other) => fault(node, FaultKind::Unlike(one.text(), other.text())),
    }
}
