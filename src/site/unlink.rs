//! Links of an edition that leaves pages out: what leads to a page that is not there becomes plain text.

use std::fmt::Write as _;

/// A page without links to pages that are not there. `path` is the page's own, relative to the site; `is_there` knows
/// every path of the site. Works on what the templates make: text has no bare `<`, and links are never nested.
pub(super) fn unlinked(html: &str, path: &str, is_there: &dyn Fn(&str) -> bool) -> String {
    let mut out = String::with_capacity(html.len());
    let mut rest = html;
    while let Some(start) = rest.find("<a ") {
        let (before, from) = rest.split_at(start);
        out.push_str(before);
        let Some(end) = from.find('>') else { break };
        let (tag, after) = from.split_at(end + 1);
        rest = after;
        if leads_somewhere(tag, path, is_there) {
            out.push_str(tag);
            continue;
        }
        let (words, behind) = after.split_once("</a>").unwrap_or((after, ""));
        let _ = write!(out, "<span>{words}</span>");
        rest = behind;
    }
    out.push_str(rest);
    out
}

fn leads_somewhere(tag: &str, path: &str, is_there: &dyn Fn(&str) -> bool) -> bool {
    let Some((_, address)) = tag.split_once("href=\"") else { return true };
    let address = address.split('"').next().unwrap_or("");
    let target = address.split(['#', '?']).next().unwrap_or("");
    // Scheme, host, or a place on this page.
    if target.is_empty() || target.contains(':') || target.starts_with('/') {
        return true;
    }
    let folder = path.rsplit_once('/').map_or("", |(folder, _)| folder);
    let mut parts: Vec<&str> = folder.split('/').filter(|part| !part.is_empty()).collect();
    for part in target.split('/') {
        match part {
            ".." => drop(parts.pop()),
            "." => {}
            part => parts.push(part),
        }
    }
    is_there(&parts.join("/"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_links_to_pages_that_are_not_there_become_text() {
        let there = ["index.html", "documents/P-01.html"];
        let is_there = |path: &str| there.contains(&path);
        let show = |html: &str| unlinked(html, "documents/P-01/compare.html", &is_there);
        let kept = "<p><a href=\"../../index.html\">A</a> <a href=\"#x\">B</a> <a href=\"https://example.com/\">C</a> \
                    <a class=\"d\" href=\"../P-01.html#y\">D</a></p>";
        assert_eq!(show(kept), kept);
        assert_eq!(
            show(
                "<a class=\"x\" href=\"../../roles.html#ciso\"><b>責任者</b></a>と<a href=\"../P-02.html\">規程</a>。"
            ),
            "<span><b>責任者</b></span>と<span>規程</span>。"
        );
    }
}
