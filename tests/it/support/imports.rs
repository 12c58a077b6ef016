//! What the files of a library import of each other, read from their text: `use` declarations and paths in code. Tests
//! are left out.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

/// A word of a source file: an identifier, or a sign. Comments, texts and signs in quotes are none.
#[derive(Debug, Clone, PartialEq, Eq)]
enum Token {
    Word(String),
    /// `::`.
    Path,
    Sign(char),
}

/// One file of a library.
#[derive(Debug)]
struct Source {
    /// Paths that it names: the absolute ones of `use` and of code, as segments below the crate.
    paths: BTreeSet<Vec<String>>,
    /// Names that it re-exports or imports, each with its path.
    names: BTreeMap<String, Vec<String>>,
}

/// The files of a library by module path: `check::rules`; the root is empty.
#[derive(Debug)]
pub struct Sources(BTreeMap<String, Source>);

impl Sources {
    /// The files below a folder.
    pub fn read(src: &Path) -> Self {
        let mut files = Vec::new();
        let mut folders = vec![src.to_owned()];
        while let Some(folder) = folders.pop() {
            for entry in std::fs::read_dir(&folder).unwrap() {
                let path = entry.unwrap().path();
                if path.is_dir() {
                    folders.push(path);
                } else if path.extension().is_some_and(|extension| extension == "rs") {
                    let text = std::fs::read_to_string(&path).unwrap();
                    files.push((path.strip_prefix(src).unwrap().to_str().unwrap().replace('\\', "/"), text));
                }
            }
        }
        Self::of(files.into_iter())
    }

    /// Files by path below `src`.
    pub fn of(files: impl Iterator<Item = (String, String)>) -> Self {
        let texts: BTreeMap<String, Vec<Token>> = files
            .filter(|(path, _)| path != "main.rs")
            .map(|(path, text)| (module(&path), without_tests(tokens(&text))))
            .collect();
        let declared: BTreeSet<String> = texts.iter().flat_map(|(of, tokens)| modules(of, tokens)).collect();
        // A file right below the root is a room whether or not an example bothers to declare it.
        let is_there = |of: &str| !of.contains("::") || declared.contains(of);
        let mut sources = BTreeMap::new();
        for (of, tokens) in &texts {
            if ancestors(of).all(is_there) {
                sources.insert(of.clone(), source(of, tokens, &declared));
            }
        }
        Self(sources)
    }

    /// Of each room, the rooms that it imports.
    pub fn rooms(&self) -> BTreeMap<String, BTreeSet<String>> {
        let mut rooms: BTreeMap<String, BTreeSet<String>> = BTreeMap::new();
        for (from, to) in self.files() {
            let own = room(&from).to_owned();
            let others = to.iter().map(|to| room(to).to_owned()).filter(|to| *to != own);
            rooms.entry(own.clone()).or_default().extend(others);
        }
        rooms.remove("");
        rooms
    }

    /// Of each file, the files that it imports.
    pub fn files(&self) -> BTreeMap<String, BTreeSet<String>> {
        let of = |(from, source): (&String, &Source)| {
            let targets = source.paths.iter().filter_map(|path| self.defining(path, 0));
            (from.clone(), targets.filter(|to| to != from && !to.is_empty()).collect())
        };
        self.0.iter().map(of).collect()
    }

    /// The paths by which one module, or what is below it, imports another.
    pub fn imports(&self, from: &str, to: &str) -> Vec<String> {
        let below =
            |file: &str, of: &str| file == of || file.strip_prefix(of).is_some_and(|rest| rest.starts_with("::"));
        let mut found = Vec::new();
        for (file, source) in self.0.iter().filter(|(file, _)| below(file, from)) {
            for path in &source.paths {
                if self.defining(path, 0).is_some_and(|target| below(&target, to)) {
                    found.push(format!("{} ({file})", path.join("::")));
                }
            }
        }
        found
    }

    /// The file that defines what a path names.
    fn defining(&self, path: &[String], depth: usize) -> Option<String> {
        let length = (0..=path.len()).rev().find(|length| self.0.contains_key(&path[..*length].join("::")))?;
        let file = path[..length].join("::");
        let Some(name) = path.get(length) else { return Some(file) };
        match self.0[&file].names.get(name) {
            // A chain of re-exports has an end.
            Some(target) if depth < 8 => {
                let rest = path.iter().skip(length + 1).cloned();
                self.defining(&target.iter().cloned().chain(rest).collect::<Vec<_>>(), depth + 1)
            }
            _ => Some(file),
        }
    }
}

/// Things that lead from one to the next and from the last to the first, if there are such.
pub fn circle(graph: &BTreeMap<String, BTreeSet<String>>) -> Option<Vec<String>> {
    fn visit<'g>(
        graph: &'g BTreeMap<String, BTreeSet<String>>,
        at: &'g str,
        path: &mut Vec<&'g str>,
        done: &mut BTreeSet<&'g str>,
    ) -> Option<Vec<String>> {
        if let Some(start) = path.iter().position(|seen| *seen == at) {
            return Some(path[start..].iter().map(|name| (*name).to_owned()).collect());
        }
        if !done.contains(at) {
            path.push(at);
            for to in graph.get(at).into_iter().flatten() {
                if let Some(found) = visit(graph, to, path, done) {
                    return Some(found);
                }
            }
            path.pop();
            done.insert(at);
        }
        None
    }
    let mut done = BTreeSet::new();
    graph.keys().find_map(|start| visit(graph, start, &mut Vec::new(), &mut done))
}

fn room(module: &str) -> &str {
    module.split("::").next().unwrap_or(module)
}

/// `check/mod.rs` → `check`, `check/rules/x.rs` → `check::rules::x`, `lib.rs` → nothing.
fn module(path: &str) -> String {
    let path = path.strip_suffix(".rs").unwrap_or(path);
    let path = path.strip_suffix("/mod").unwrap_or(path);
    if path == "lib" { String::new() } else { path.replace('/', "::") }
}

/// A module and those that it lies in, but the root.
fn ancestors(module: &str) -> impl Iterator<Item = &str> {
    let ends = module.match_indices("::").map(|(at, _)| at).chain([module.len()]);
    ends.map(|end| &module[..end])
}

fn word(token: Option<&Token>) -> Option<&str> {
    match token {
        Some(Token::Word(word)) => Some(word),
        _ => None,
    }
}

/// The modules that a file declares.
fn modules(of: &str, tokens: &[Token]) -> Vec<String> {
    let declared = tokens.windows(3).filter_map(|three| match three {
        [Token::Word(keyword), Token::Word(name), Token::Sign(';')] if keyword == "mod" => Some(name),
        _ => None,
    });
    declared.map(|name| if of.is_empty() { name.clone() } else { format!("{of}::{name}") }).collect()
}

fn source(of: &str, tokens: &[Token], declared: &BTreeSet<String>) -> Source {
    let own: Vec<String> = of.split("::").filter(|part| !part.is_empty()).map(str::to_owned).collect();
    // Segments below the crate, where a path leads into it.
    let absolute = |path: &[String]| -> Option<Vec<String>> {
        let mut from = own.clone();
        let mut rest = path;
        match path.first()?.as_str() {
            "crate" => {
                from.clear();
                rest = &path[1..];
            }
            "self" => rest = &path[1..],
            "super" => {
                while rest.first().is_some_and(|segment| segment == "super") {
                    from.pop()?;
                    rest = &rest[1..];
                }
            }
            child => {
                let path = [of, child].join("::");
                declared.contains(path.trim_start_matches("::")).then_some(())?;
            }
        }
        from.extend_from_slice(rest);
        Some(from)
    };
    let mut source = Source { paths: BTreeSet::new(), names: BTreeMap::new() };
    let mut at = 0;
    while at < tokens.len() {
        let is_use = word(tokens.get(at)) == Some("use");
        at += usize::from(is_use);
        let mut found = Vec::new();
        let starts = word(tokens.get(at)).is_some() && (at == 0 || tokens[at - 1] != Token::Path);
        match is_use {
            true => at = tree(tokens, at, &[], &mut found),
            false if starts && tokens.get(at + 1) == Some(&Token::Path) => at = plain(tokens, at, &mut found),
            false => at += 1,
        }
        for (name, path) in found {
            if let Some(path) = absolute(&path) {
                if is_use {
                    source.names.insert(name, path.clone());
                }
                source.paths.insert(path);
            }
        }
    }
    source
}

/// Reads a path of code: `crate::markup::html::escaped`.
fn plain(tokens: &[Token], mut at: usize, found: &mut Vec<(String, Vec<String>)>) -> usize {
    let mut path = Vec::new();
    while let Some(segment) = word(tokens.get(at)) {
        path.push(segment.to_owned());
        at += 1;
        if tokens.get(at) != Some(&Token::Path) {
            break;
        }
        at += 1;
    }
    found.push((String::new(), path));
    at
}

/// Reads a tree of `use`: each leaf with the name it gets and its whole path.
fn tree(tokens: &[Token], mut at: usize, above: &[String], found: &mut Vec<(String, Vec<String>)>) -> usize {
    let mut path = above.to_vec();
    loop {
        match tokens.get(at) {
            Some(Token::Word(segment)) => {
                path.push(segment.clone());
                at += 1;
            }
            Some(Token::Sign('{')) => {
                at += 1;
                while at < tokens.len() && tokens[at] != Token::Sign('}') {
                    at = tree(tokens, at, &path, found);
                    at += usize::from(tokens.get(at) == Some(&Token::Sign(',')));
                }
                return at + 1;
            }
            Some(Token::Sign('*')) => {
                found.push((String::new(), path));
                return at + 1;
            }
            _ => return at + 1,
        }
        if tokens.get(at) == Some(&Token::Path) {
            at += 1;
            continue;
        }
        if path.last().is_some_and(|last| last == "self") {
            path.pop();
        }
        let mut name = path.last().cloned().unwrap_or_default();
        if word(tokens.get(at)) == Some("as") {
            name = word(tokens.get(at + 1)).unwrap_or_default().to_owned();
            at += 2;
        }
        found.push((name, path));
        return at;
    }
}

/// Leaves out what is compiled for tests alone.
fn without_tests(tokens: Vec<Token>) -> Vec<Token> {
    let test = [
        Token::Sign('#'),
        Token::Sign('['),
        Token::Word("cfg".to_owned()),
        Token::Sign('('),
        Token::Word("test".to_owned()),
        Token::Sign(')'),
        Token::Sign(']'),
    ];
    let mut out = Vec::new();
    let mut at = 0;
    while at < tokens.len() {
        if !tokens[at..].starts_with(&test) {
            out.push(tokens[at].clone());
            at += 1;
            continue;
        }
        // To the end of the item: a semicolon, or the brace that closes its first.
        let mut depth = 0_usize;
        while at < tokens.len() {
            match tokens[at] {
                Token::Sign('{') => depth += 1,
                Token::Sign('}') => depth -= 1,
                _ => {}
            }
            at += 1;
            if depth == 0 && matches!(tokens[at - 1], Token::Sign('}' | ';')) {
                break;
            }
        }
    }
    out
}

/// The words and signs of a text.
fn tokens(text: &str) -> Vec<Token> {
    let mut out = Vec::new();
    let mut rest = text;
    while let Some(c) = rest.chars().next() {
        let length = match c {
            _ if rest.starts_with("//") => rest.find('\n').unwrap_or(rest.len()),
            _ if rest.starts_with("/*") => block_comment(rest),
            '"' => quoted(rest),
            'r' | 'b' | 'c' if literal_prefix(rest).is_some() => literal_prefix(rest).unwrap_or(1),
            '\'' => character(rest),
            _ if c.is_alphabetic() || c == '_' => {
                let end = rest.find(|c: char| !c.is_alphanumeric() && c != '_').unwrap_or(rest.len());
                out.push(Token::Word(rest[..end].to_owned()));
                end
            }
            _ if rest.starts_with("::") => {
                out.push(Token::Path);
                2
            }
            _ => {
                if !c.is_whitespace() {
                    out.push(Token::Sign(c));
                }
                c.len_utf8()
            }
        };
        rest = &rest[length..];
    }
    out
}

fn block_comment(text: &str) -> usize {
    let (mut depth, mut at) = (0_usize, 0);
    while at < text.len() {
        let rest = &text[at..];
        if rest.starts_with("/*") {
            depth += 1;
            at += 2;
        } else if rest.starts_with("*/") {
            depth -= 1;
            at += 2;
            if depth == 0 {
                return at;
            }
        } else {
            at += rest.chars().next().map_or(1, char::len_utf8);
        }
    }
    at
}

fn quoted(text: &str) -> usize {
    let mut escaped = false;
    for (at, c) in text.char_indices().skip(1) {
        match c {
            _ if escaped => escaped = false,
            '\\' => escaped = true,
            '"' => return at + 1,
            _ => {}
        }
    }
    text.len()
}

/// The length of a literal with a prefix: `r"…"`, `br#"…"#`, `b"…"`, `b'…'`.
fn literal_prefix(text: &str) -> Option<usize> {
    let letters = text.bytes().take_while(|byte| matches!(byte, b'r' | b'b' | b'c')).count();
    let hashes = text[letters..].bytes().take_while(|byte| *byte == b'#').count();
    let body = &text[letters + hashes..];
    if text[..letters].ends_with('r') && body.starts_with('"') {
        let end = format!("\"{}", "#".repeat(hashes));
        let length = body[1..].find(&end).map_or(body.len(), |at| 1 + at + end.len());
        return Some(letters + hashes + length);
    }
    match (letters, hashes) {
        (1, 0) if body.starts_with('"') => Some(1 + quoted(body)),
        (1, 0) if text.starts_with("b'") => Some(1 + character(body)),
        _ => None,
    }
}

/// The length of `'x'`, or of the sign that begins a lifetime.
fn character(text: &str) -> usize {
    let mut chars = text.char_indices().skip(1);
    match chars.next() {
        Some((_, '\\')) => {
            text[2..].char_indices().skip(1).find(|(_, c)| *c == '\'').map_or(text.len(), |(at, _)| at + 3)
        }
        Some(_) => match chars.next() {
            Some((at, '\'')) => at + 1,
            _ => 1,
        },
        None => 1,
    }
}
