//! secret-in-text: a private key or an access token in a file of the repository. Git keeps it for ever.

use crate::check::registry::rule;
use crate::check::{Basis, Sink};
use crate::handbook::Handbook;
use crate::locale::Text;
use crate::source::{Place, Span};

rule!("SEC001", "secret-in-text", Basis::AnnexA("5.17"), Deny);

/// How tokens of well-known services begin, and how many letters, digits, `_` and `-` follow at least.
const TOKENS: [(&str, usize); 14] = [
    ("AKIA", 16),
    ("ASIA", 16),
    ("ghp_", 36),
    ("gho_", 36),
    ("ghu_", 36),
    ("ghs_", 36),
    ("github_pat_", 40),
    ("glpat-", 20),
    ("xoxb-", 20),
    ("xoxp-", 20),
    ("sk_live_", 20),
    ("AIza", 35),
    ("npm_", 36),
    ("eyJhbGciOi", 40),
];

fn check(handbook: &Handbook, sink: &mut Sink) {
    for (file, source) in handbook.sources.files() {
        // Texts from history cannot be corrected.
        let (_, commit) = source.path().rsplit_once('@').unwrap_or_default();
        if commit.len() >= 7 && commit.bytes().all(|b| b.is_ascii_hexdigit()) {
            continue;
        }
        for (span, what) in secrets(source.text()) {
            sink.report(Place { file, span }, Text::new(what)).help(Text::new("secret-in-text-help"));
        }
    }
}

/// Every secret in a text, with the message that names its kind. The message does not repeat the secret.
fn secrets(text: &str) -> Vec<(Span, &'static str)> {
    let mut found = Vec::new();
    for (at, begin) in text.match_indices("-----BEGIN ") {
        let line = text[at..].lines().next().unwrap_or("");
        let header = line[begin.len()..].split("-----").next().unwrap_or("");
        if header.ends_with("PRIVATE KEY") || header.ends_with("PRIVATE KEY BLOCK") {
            found.push((Span::new(at, at + begin.len() + header.len()), "secret-in-text-key"));
        }
    }
    let is_part = |c: char| c.is_ascii_alphanumeric() || matches!(c, '_' | '-');
    for (start, least) in TOKENS {
        for (at, _) in text.match_indices(start) {
            let rest = &text[at + start.len()..];
            let length = rest.find(|c| !is_part(c)).unwrap_or(rest.len());
            let begins = !text[..at].ends_with(is_part);
            // A row of one character stands for a token in an instruction and is none.
            let varied = rest[..length].chars().any(|c| !rest.starts_with(c));
            if begins && length >= least && varied {
                found.push((Span::new(at, at + start.len() + length), "secret-in-text"));
            }
        }
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tokens_are_told_from_words_and_placeholders() {
        // Put together here so that no scanner takes this file for a leak.
        let token = format!("{}{}", "ghp_", "a1B2".repeat(9));
        assert_eq!(secrets(&format!("値は{token}。")).len(), 1);
        assert!(secrets(&format!("x{token}")).is_empty());
        assert!(secrets(&format!("{}{}", "ghp_", "x".repeat(36))).is_empty());
        assert!(secrets("ghp_ で始まる値 -----BEGIN CERTIFICATE-----").is_empty());
    }
}
