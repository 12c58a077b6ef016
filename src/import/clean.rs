//! A line of Markdown without what converters put there: escapes that mean nothing here, bookmarks, spans, underlines.
//! Every word stays.

use super::words::Words;

/// Marks of HTML that only say how words look or where a bookmark stands.
const LOOKS: [&str; 11] = ["u", "span", "ins", "div", "a", "font", "p", "center", "small", "figure", "figcaption"];

/// Characters that mean something in Markdown wherever they stand; their escapes stay.
const MEANT: &str = "\\`*_[]<~&";

/// A line as words; a forced line break is `\n`.
pub(super) fn clean(line: &str, at: usize) -> Words {
    let mut out = Words::default();
    let mut rest = line;
    // Where brackets that may hold a span were opened.
    let mut open: Vec<usize> = Vec::new();
    while let Some(c) = rest.chars().next() {
        let here = at + (line.len() - rest.len());
        if c == '\\' {
            match rest[1..].chars().next() {
                Some(next) if next.is_ascii_punctuation() => {
                    if MEANT.contains(next) {
                        out.push('\\', here);
                    }
                    out.push(next, here + 1);
                    rest = &rest[1 + next.len_utf8()..];
                }
                None => {
                    out.push('\n', here);
                    rest = "";
                }
                Some(_) => {
                    out.push(c, here);
                    rest = &rest[1..];
                }
            }
            continue;
        }
        // Between brackets behind a link or a picture stands an address.
        if !line[..line.len() - rest.len()].ends_with("](")
            && let Some((name, length)) = tag(rest)
        {
            if name == "br" {
                out.push('\n', here);
            }
            rest = &rest[length..];
            continue;
        }
        if c == '[' {
            open.push(out.as_str().len());
        } else if c == ']'
            && let Some(start) = open.pop()
            && let Some(length) = attributes(&rest[1..])
        {
            let inner = out.slice(start + 1..out.as_str().len());
            out = out.slice(0..start);
            out.append(&inner);
            rest = &rest[1 + length..];
            continue;
        }
        out.push(c, here);
        rest = &rest[c.len_utf8()..];
    }
    out
}

/// The name and length of a tag that may go: an opening or closing one of [`LOOKS`], `<br>`, or a comment without words.
fn tag(rest: &str) -> Option<(&str, usize)> {
    let end = near(rest.strip_prefix('<')?).find('>')? + 1;
    let inner = &rest[1..end];
    if inner.starts_with("!--") && inner.ends_with("--") {
        let words = inner.trim_start_matches(['!', '-']).trim_end_matches('-');
        return words.trim().is_empty().then_some(("!", end + 1));
    }
    let inner = inner.strip_prefix('/').unwrap_or(inner);
    let name = inner.split(|c: char| c.is_whitespace() || c == '/').next()?;
    (name == "br" || LOOKS.contains(&name)).then_some((name, end + 1))
}

/// How far the end of a tag, a link or its attributes is looked for, in bytes: so that no line takes quadratic time.
pub(super) const NEAR: usize = 2000;

/// The beginning of a text, as far as ends are looked for.
pub(super) fn near(text: &str) -> &str {
    &text[..text.floor_char_boundary(NEAR)]
}

/// The length of `{.underline}`, `{#_Toc1 .anchor}` behind a span.
fn attributes(rest: &str) -> Option<usize> {
    let inner = rest.strip_prefix('{').filter(|inner| inner.starts_with(['.', '#']))?;
    Some(near(inner).find('}')? + 2)
}

/// The length of a heading's text without the attributes behind it.
pub(super) fn without_attributes(text: &str) -> usize {
    let end = text.trim_end();
    match end.rfind('{') {
        Some(at) if end.ends_with('}') && attributes(&end[at..]) == Some(end.len() - at) => end[..at].trim_end().len(),
        _ => end.len(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_converters_add_goes_and_words_stay() {
        for (line, cleaned) in [
            (r"\(2\) 委託先\*の\'社員\'", r"(2) 委託先\*の'社員'"),
            (r"2\. 文\", "2. 文\n"),
            ("[]{#_Toc5 .anchor}第1条（目的）", "第1条（目的）"),
            ("[下線]{.underline}の[注](#x)", "下線の[注](#x)"),
            ("<span id=\"_Toc1\" class=\"anchor\"></span><u>下線</u>の文<br />次", "下線の文\n次"),
            ("<!-- -->", ""),
            ("![図](<a b.png>)<a id=\"x\"></a>", "![図](<a b.png>)"),
            ("<b>太字</b> a < b > c", "<b>太字</b> a < b > c"),
            (r"a\b", r"a\b"),
        ] {
            assert_eq!(clean(line, 0).as_str(), cleaned, "{line}");
        }
        let line = r"\(x\) 文";
        let words = clean(line, 10);
        let at = words.as_str().find('文').unwrap();
        assert_eq!(words.span(at..at + 3).start, 10 + line.find('文').unwrap());
        let heading = "第1条 {#a .unnumbered}";
        assert_eq!(&heading[..without_attributes(heading)], "第1条");
        assert_eq!(without_attributes("集合 {1, 2}"), "集合 {1, 2}".len());
    }
}
