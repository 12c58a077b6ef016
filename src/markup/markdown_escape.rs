//! Words of documents inside Markdown that a forge shows: they mean themselves and do nothing. No markup, no HTML, no
//! link, no mention of a person, no reference to another thread, no command.
//!
//! Forges look for mentions and references in the text that is left when Markdown is read, where escapes are gone; what
//! would be taken for one is broken up by a character without width.

/// A break that nobody sees and no reference survives.
const BREAK: &str = "&#8203;";

/// A text on a line, in a table's cell or behind other words; line breaks stay line breaks.
pub fn escape_markdown(text: &str) -> String {
    let characters: Vec<char> = text.chars().collect();
    let mut out = String::with_capacity(text.len());
    for (at, c) in characters.iter().copied().enumerate() {
        let next = characters.get(at + 1).copied();
        // What comes behind the end is written by others.
        let joined = next.is_none_or(|next| !next.is_whitespace());
        match c {
            '\n' => out.push_str("<br>"),
            c if c.is_control() => out.push(' '),
            // They reverse the reading of what follows, in the forge's own words too.
            '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}' | '\u{2028}' | '\u{2029}' => out.push('\u{fffd}'),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '&' => push_broken(&mut out, "&amp;", joined),
            '$' => push_broken(&mut out, "&#36;", joined),
            '@' | '!' | '%' => push_broken(&mut out, c.encode_utf8(&mut [0; 4]), joined),
            '#' => push_broken(&mut out, "\\#", joined),
            '~' => push_broken(&mut out, "\\~", joined),
            '^' => push_broken(&mut out, "\\^", joined),
            // `:name:` is a picture, and every scheme of an address ends with the sign.
            ':' => push_broken(&mut out, ":", next.is_some_and(|n| n.is_ascii_alphanumeric() || "/+-_".contains(n))),
            '.' => push_broken(&mut out, ".", joined && ends_with(&characters[..at], "www")),
            '-' => push_broken(&mut out, "-", joined && ends_with(&characters[..at], "gh")),
            '\\' | '|' | '*' | '_' | '`' | '[' | ']' => {
                out.push('\\');
                out.push(c);
            }
            c => out.push(c),
        }
        if in_commit_name(&characters, at) {
            out.push_str(BREAK);
        }
    }
    out
}

/// The same where a line or a list entry begins.
pub fn escape_markdown_start(text: &str) -> String {
    let text = escape_markdown(text.trim_start());
    let digits = text.bytes().take_while(u8::is_ascii_digit).count();
    match text[digits..].chars().next() {
        Some('-' | '+' | '=' | '/') if digits == 0 => format!("\\{text}"),
        Some('.' | ')') if digits > 0 => format!("{}\\{}", &text[..digits], &text[digits..]),
        _ => text,
    }
}

fn push_broken(out: &mut String, sign: &str, broken: bool) {
    out.push_str(sign);
    if broken {
        out.push_str(BREAK);
    }
}

fn ends_with(before: &[char], word: &str) -> bool {
    let start = before.len().saturating_sub(word.len());
    before[start..].iter().map(char::to_ascii_lowercase).eq(word.chars())
}

/// Whether a word that reads like the name of a commit is to be broken behind this character: its fourth.
fn in_commit_name(characters: &[char], at: usize) -> bool {
    let hex = |c: &char| matches!(c, '0'..='9' | 'a'..='f');
    if !hex(&characters[at]) || at < 3 || !characters[at - 3..at].iter().all(hex) {
        return false;
    }
    let start = at - 3;
    if start.checked_sub(1).is_some_and(|before| characters[before].is_ascii_alphanumeric()) {
        return false;
    }
    let word = characters[start..].iter().take_while(|c| c.is_ascii_alphanumeric());
    let (length, named) = (word.clone().count(), word.clone().all(hex));
    // Dates and telephone numbers stay whole.
    named && (7..=40).contains(&length) && word.clone().any(char::is_ascii_lowercase)
}

#[cfg(test)]
mod tests {
    use pulldown_cmark::{Event, Options, Parser};

    use super::*;

    /// What stands in the text that a forge looks through.
    fn read(markdown: &str) -> (String, Vec<String>) {
        let mut text = String::new();
        let mut other = Vec::new();
        for event in Parser::new_ext(markdown, Options::all() - Options::ENABLE_SMART_PUNCTUATION) {
            match event {
                Event::Text(words) => text.push_str(&words),
                Event::SoftBreak | Event::HardBreak => text.push('\n'),
                other_event => other.push(format!("{other_event:?}")),
            }
        }
        (text, other)
    }

    const HOSTILE: [&str; 16] = [
        "@octocat にお願いする",
        "<script>alert(1)</script> <img src=x onerror=y>",
        "[押す](javascript:alert(1)) ![図](https://evil.example/x.png)",
        "closes #123, GH-12, org/repo#9, !45, ~bug, %1, &7, $3, ^x",
        "https://evil.example/ www.evil.example ftp://evil.example a@evil.example",
        "| 列 | を | 増やす |\n|---|---|---|",
        "`code` ``` fence ~~~ fence **太字** _斜体_ ~~消す~~",
        "\u{202e}逆さ\u{2066}",
        "# 見出し",
        "- 箇条",
        "1. 箇条",
        "+++\n/approve\n/merge",
        "[^1] [x]: https://evil.example",
        ":tada: :+1:",
        "deadbeef 8c7d5f1a2b",
        "$x$ $$y$$ &lt; &#64;octocat",
    ];

    #[test]
    fn what_a_document_says_stays_its_words() {
        for hostile in HOSTILE {
            let (text, other) = read(&format!("- {}\n", escape_markdown_start(hostile)));
            let shown: Vec<_> = other
                .iter()
                .filter(|e| !e.contains("List") && !e.contains("Item") && !e.contains("InlineHtml(Borrowed(\"<br>\"))"))
                .collect();
            assert!(shown.is_empty(), "{hostile}: {shown:?}");
            let visible = text.replace(['\u{200b}', '\n'], "");
            let expected: String = hostile
                .chars()
                .filter(|c| *c != '\n')
                .map(|c| if ('\u{202a}'..='\u{2069}').contains(&c) { '\u{fffd}' } else { c })
                .collect();
            assert_eq!(visible, expected, "{hostile}");
            for sign in ["@oct", "@evil", "#1", "#9", "GH-1", "!4", "~bug", "&7", "$3", "://", "www.e", ":tada", ":+1"]
            {
                assert!(!text.contains(sign), "{hostile}: {sign} in {text}");
            }
            assert!(!text.contains("deadbeef") && !text.contains("8c7d5f1"), "{text}");
        }
    }

    #[test]
    fn ordinary_words_stay_as_they_are() {
        for plain in ["第3条（適用範囲）", "電話 03-1234-5678、20260401", "C-5.12 情報の分類", "2.0 版"]
        {
            assert_eq!(escape_markdown(plain), plain);
        }
        assert_eq!(escape_markdown_start("2.0 版"), "2\\.0 版");
    }
}
