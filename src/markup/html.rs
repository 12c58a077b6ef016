//! Escaping for HTML: the only way by which text of documents, registers and configuration enters a page.

/// Writes text so that it means itself, between tags and inside double-quoted attributes alike.
pub fn escape(out: &mut String, text: &str) {
    let mut done = 0;
    for (at, byte) in text.bytes().enumerate() {
        let entity = match byte {
            b'&' => "&amp;",
            b'<' => "&lt;",
            b'>' => "&gt;",
            b'"' => "&quot;",
            b'\'' => "&#39;",
            _ => continue,
        };
        out.push_str(&text[done..at]);
        out.push_str(entity);
        done = at + 1;
    }
    out.push_str(&text[done..]);
}

/// The escaped text.
pub fn escaped(text: &str) -> String {
    let mut out = String::with_capacity(text.len() + 8);
    escape(&mut out, text);
    out
}

/// A part of an address (a path segment or what stands behind `#`) that needs no further escaping. Letters of any
/// script stay readable; what means something in an address or in HTML is percent-encoded.
pub fn address_part(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        let plain =
            c.is_ascii_alphanumeric() || "-._~:@!$()*+,;=".contains(c) || (!c.is_ascii() && c.is_alphanumeric());
        if plain {
            out.push(c);
            continue;
        }
        let mut buffer = [0; 4];
        for byte in c.encode_utf8(&mut buffer).bytes() {
            out.push('%');
            out.extend([byte >> 4, byte & 15].map(|digit| char::from(b"0123456789ABCDEF"[usize::from(digit)])));
        }
    }
    out
}

/// A text as an `id`: white space, which an `id` must not hold, becomes `_`.
pub fn identifier(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join("_")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn text_means_itself_everywhere() {
        assert_eq!(
            escaped("<a href=\"x\">規程 & 'x'</a>"),
            "&lt;a href=&quot;x&quot;&gt;規程 &amp; &#39;x&#39;&lt;/a&gt;"
        );
        assert_eq!(escaped(""), "");
    }

    #[test]
    fn address_parts_hold_nothing_that_ends_them() {
        assert_eq!(address_part("残留リスク"), "残留リスク");
        assert_eq!(address_part("a b?#%\"<>&'/\\"), "a%20b%3F%23%25%22%3C%3E%26%27%2F%5C");
        assert_eq!(address_part("\u{3000}"), "%E3%80%80");
        assert_eq!(identifier(" a  b\u{3000}c "), "a_b_c");
    }
}
