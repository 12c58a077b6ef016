//! The styles of a drawing, reduced to properties that draw. At-rules, escapes and addresses that lead out are left out;
//! nothing is understood of a selector but that it can do no more than pick elements.

use super::names::PROPERTIES;

/// Functions of values that name something outside.
const OUTWARD: [&str; 6] = ["src(", "image(", "image-set(", "cross-fade(", "expression(", "paint("];

/// Whether a value names nothing outside the drawing.
pub fn is_inner(value: &str) -> bool {
    let value = value.to_ascii_lowercase();
    let inner = value
        .match_indices("url(")
        .all(|(at, _)| value[at + 4..].trim_start().trim_start_matches(['"', '\'']).starts_with('#'));
    inner && !value.contains(['\\', '@', '<']) && OUTWARD.iter().all(|name| !value.contains(name))
}

/// The declarations of a style that draw.
pub fn declarations(style: &str) -> String {
    let kept = without_comments(style);
    let kept = kept.split(';').filter_map(|declaration| {
        let (name, value) = declaration.split_once(':')?;
        let (name, value) = (name.trim().to_ascii_lowercase(), value.trim());
        let quotes = value.matches(['"', '\'']).count();
        let plain = !value.is_empty() && !value.contains(['{', '}']) && quotes % 2 == 0 && is_inner(value);
        (PROPERTIES.contains(&name.as_str()) && plain).then(|| format!("{name}:{value}"))
    });
    kept.collect::<Vec<_>>().join(";")
}

/// The rules of a style sheet that draw, a line a rule.
pub fn sheet(text: &str) -> String {
    let text = without_comments(text);
    let mut out = String::new();
    let mut rest = text.as_str();
    while let Some(at) = rest.find(['{', ';']) {
        let selector = rest[..at].trim();
        if rest[at..].starts_with(';') {
            rest = &rest[at + 1..];
            continue;
        }
        let Some(end) = block_end(&rest[at..]) else { return out };
        let block = &rest[at + 1..at + end];
        rest = &rest[at + end + 1..];
        if selector.is_empty() || !selector.chars().all(|c| c.is_alphanumeric() || "-_.#,>*+~ \n\t".contains(c)) {
            continue;
        }
        let declarations = declarations(block);
        if !declarations.is_empty() {
            let selector: Vec<&str> = selector.split_whitespace().collect();
            out.push_str(&format!("{}{{{declarations}}}\n", selector.join(" ")));
        }
    }
    out
}

/// Where the block ends that a text begins with: the matching bracket.
fn block_end(text: &str) -> Option<usize> {
    let mut depth = 0usize;
    for (at, c) in text.char_indices() {
        match c {
            '{' => depth += 1,
            '}' => {
                depth -= 1;
                if depth == 0 {
                    return Some(at);
                }
            }
            _ => {}
        }
    }
    None
}

fn without_comments(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    while let Some((before, behind)) = rest.split_once("/*") {
        out.push_str(before);
        let Some((_, behind)) = behind.split_once("*/") else { return out };
        out.push(' ');
        rest = behind;
    }
    out.push_str(rest);
    out
}
