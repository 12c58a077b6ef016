//! Links that lead somewhere: what a site publishes, the function `link(address, words)` by which its templates make
//! links, and the check of pages that an organisation's own templates had a part in.
//!
//! A link to a page that this edition leaves out is its words alone. What a template writes as HTML of its own is beyond
//! that function: such a page is read by a tokenizer as a browser reads it, and a dead link refuses the whole site. It is
//! not taken out quietly, because the author of the template alone knows what should stand there instead.

use std::collections::BTreeSet;
use std::sync::Arc;

use html5gum::{State as Tokens, Token, Tokenizer};
use minijinja::value::{Kwargs, Value};
use minijinja::{Error, ErrorKind, State};
use rayon::prelude::*;

use super::pages::is_page;
use crate::markup::html::{escape, escaped};
use crate::parse::reference::percent_decode;
use crate::paths;
use crate::publish::Artifacts;

/// Schemes of addresses outside the site.
const OUTSIDE: [&str; 4] = ["http", "https", "mailto", "tel"];

/// What a site publishes, by path.
#[derive(Debug, Default)]
pub struct Published {
    paths: BTreeSet<String>,
}

impl Published {
    /// Of these paths.
    pub fn new(paths: impl IntoIterator<Item = String>) -> Self {
        Self { paths: paths.into_iter().collect() }
    }

    /// Whether an address relative to the site leads to something that is published.
    pub fn holds(&self, address: &str) -> bool {
        self.paths.contains(&percent_decode(address.split(['#', '?']).next().unwrap_or("")))
    }

    /// The function `link` of a page from which `root` leads to the start of the site.
    pub fn function(self: &Arc<Self>, root: &str) -> Value {
        let (published, root) = (Arc::clone(self), root.to_owned());
        Value::from_function(
            move |state: &mut State<'_, '_>, address: Value, words: Option<Value>, attributes: Kwargs| {
                let words = match (words, attributes.get::<Option<Value>>("caller")?) {
                    (Some(words), None) => words,
                    (None, Some(caller)) => caller.call(state, &[])?,
                    _ => return Err(fault("link takes an address and words, or words that it is called with")),
                };
                published.link(&root, &address, &words, &attributes).map(Value::from_safe_string)
            },
        )
    }

    /// A link as HTML, or its words where there is no address or nothing is published at it.
    fn link(&self, root: &str, address: &Value, words: &Value, attributes: &Kwargs) -> Result<String, Error> {
        let text = words.as_str().ok_or_else(|| fault("the words of a link are no text"))?;
        let words = if words.is_safe() { text.to_owned() } else { escaped(text) };
        if address.is_none() {
            return Ok(words);
        }
        let address = address.as_str().ok_or_else(|| fault("the address of a link is no text"))?;
        let before = match scheme(address) {
            Some(scheme) if OUTSIDE.contains(&scheme.to_ascii_lowercase().as_str()) => "",
            Some(scheme) => return Err(fault(&format!("a link must not lead to {scheme}:"))),
            None if address.starts_with('#') => "",
            None if !self.holds(address) => return Ok(format!("<span>{words}</span>")),
            None => root,
        };
        let mut out = format!("<a href=\"{}{}\"", escaped(before), escaped(address));
        for name in attributes.args().filter(|name| *name != "caller") {
            let value: Value = attributes.get(name)?;
            if !value.is_none() {
                out.push_str(&format!(" {}=\"", name.replace('_', "-")));
                escape(&mut out, &value.to_string());
                out.push('"');
            }
        }
        Ok(out + ">" + &words + "</a>")
    }

    /// The first link of a page that leads nowhere. `base` is the path of the site on its host, `/` at both ends.
    pub fn dead_link(&self, path: &str, html: &str, base: &str) -> Option<String> {
        let mut tokens = Tokenizer::new(html);
        while let Some(Ok(token)) = tokens.next() {
            let Token::StartTag(tag) = token else { continue };
            match tag.name.as_slice() {
                // What stands inside is text.
                b"script" => tokens.set_state(Tokens::ScriptData),
                b"style" => tokens.set_state(Tokens::RawText),
                b"title" | b"textarea" => tokens.set_state(Tokens::RcData),
                b"link" => continue,
                _ => {}
            }
            for name in [&b"href"[..], b"xlink:href"] {
                let Some(address) = tag.attributes.get(name) else { continue };
                let address = String::from_utf8_lossy(address);
                if !self.leads_somewhere(path, &address, base) {
                    return Some(address.into_owned());
                }
            }
        }
        None
    }

    /// Whether an address leads out of the site or to something that is published, as a browser reads it.
    fn leads_somewhere(&self, path: &str, address: &str, base: &str) -> bool {
        let address: String =
            address.trim_matches(|c: char| c <= ' ').chars().filter(|c| !matches!(c, '\t' | '\n' | '\r')).collect();
        if scheme(&address).is_some() {
            return true;
        }
        let address = address.split(['#', '?']).next().unwrap_or("").replace('\\', "/");
        let mut target = percent_decode(&address);
        if target.ends_with('/') {
            target.push_str("index.html");
        }
        // Of what else lies on its host a site knows nothing; only what would be a page of a handbook must be one.
        if target.starts_with('/') {
            let inside = target.strip_prefix(base).filter(|_| !target.starts_with("//"));
            return inside
                .and_then(|inside| paths::resolve("", inside))
                .is_none_or(|page| !is_page(&page) || self.paths.contains(&page));
        }
        paths::resolve(path, &target).is_none_or(|target| self.paths.contains(&target))
    }
}

/// The first page, by path, with a link that leads nowhere, and that link.
pub fn first_dead_link(site: &Artifacts, base: &str) -> Option<(String, String)> {
    let published = Published::new(site.iter().map(|(path, _)| path.to_owned()));
    let pages: Vec<_> = site.iter().filter(|(path, _)| path.ends_with(".html")).collect();
    let dead = |(path, html): &(&str, &[u8])| {
        let address = published.dead_link(path, &String::from_utf8_lossy(html), base)?;
        Some(((*path).to_owned(), address))
    };
    pages.par_iter().find_map_first(dead)
}

fn fault(detail: &str) -> Error {
    Error::new(ErrorKind::InvalidOperation, detail.to_owned())
}

/// The scheme of an address that has one.
fn scheme(address: &str) -> Option<&str> {
    let (scheme, _) = address.split_once(':')?;
    let is_one = scheme.starts_with(|c: char| c.is_ascii_alphabetic())
        && scheme.chars().all(|c| c.is_ascii_alphanumeric() || "+-.".contains(c));
    is_one.then_some(scheme)
}

#[cfg(test)]
mod tests {
    use minijinja::{Environment, context};

    use super::*;

    fn published() -> Arc<Published> {
        let paths = ["index.html", "documents/P-01.html", "files/0a/図 1.pdf"];
        Arc::new(Published::new(paths.map(str::to_owned)))
    }

    #[test]
    fn a_link_leads_to_what_is_published_and_is_its_words_otherwise() {
        let render = |source: &str| {
            let mut environment: Environment<'_> = crate::markup::template::pages();
            environment.add_template_owned("x.html", source.to_owned()).unwrap();
            let context = context! { link => published().function("../"), page => context! { address => () } };
            crate::markup::template::render(&environment, "x.html", context)
        };
        for (source, expected) in [
            (
                "link('index.html', 'A & B', class='x', aria_current=none)",
                "<a href=\"../index.html\" class=\"x\">A &amp; B</a>",
            ),
            (
                "link('documents/P-01.html#a', 'A', aria_current='page')",
                "<a href=\"../documents/P-01.html#a\" aria-current=\"page\">A</a>",
            ),
            ("link('files/0a/%E5%9B%B3%201.pdf', 'A')", "<a href=\"../files/0a/%E5%9B%B3%201.pdf\">A</a>"),
            ("link('my.html', '<b>')", "<span>&lt;b&gt;</span>"),
            ("link('documents/P-02.html#a', 'A', class='x')", "<span>A</span>"),
            ("link(page.address, 'A')", "A"),
            ("link('#a', 'A')", "<a href=\"#a\">A</a>"),
            ("link('https://example.com/?a&b', 'A')", "<a href=\"https://example.com/?a&amp;b\">A</a>"),
        ] {
            assert_eq!(render(&format!("{{{{ {source} }}}}")).unwrap(), expected, "{source}");
        }
        let called = "{% call link('index.html', class='x') %}<b>{{ 'a&b' }}</b>{% endcall %}";
        assert_eq!(render(called).unwrap(), "<a href=\"../index.html\" class=\"x\"><b>a&amp;b</b></a>");
        for wrong in ["link('javascript:x', 'A')", "link('index.html')", "link(page.nothing, 'A')", "link('a', 1)"] {
            assert!(render(&format!("{{{{ {wrong} }}}}")).is_err(), "{wrong}");
        }
    }

    #[test]
    fn a_dead_link_is_found_in_every_spelling() {
        let dead = |tag: &str| published().dead_link("documents/P-01.html", &format!("<p>x {tag}x</a>"), "/isms/");
        for tag in [
            "<a href=\"../my.html\">",
            "<a class=\"x\" href='../my.html'>",
            "<a\nhref=../my.html>",
            "<A HREF = \"../my.html\">",
            "<a data-x='>' href=\"../my.html#a\">",
            "<a/href=\"../my.html?x=1\">",
            "<a href=\"&#46;&#46;/my.html\">",
            "<a href=\"%2e%2e/my.html\">",
            "<a href=\"..\\my.html\">",
            "<a href=\" ../m\ny.html \">",
            "<a href=\"P-02.html\">",
            "<a href=\"../documents/\">",
            "<a href=\"/isms/my.html\">",
            "<a href=\"/isms/documents/P-02.html\">",
            "<area href=\"../my.html\">",
            "<svg><a xlink:href=\"../my.html\">",
            "<title></title><a href=\"../my.html\">",
            "<script>var x = \"<a href='\";</script><a href=\"../my.html\">",
            "<!-- ' --><a href=\"../my.html\">",
        ] {
            assert!(dead(tag).is_some(), "{tag}");
        }
        for tag in [
            "<a href=\"../index.html\">",
            "<a href=\"../\">",
            "<a href=\"./P-01.html#x\">",
            "<a href=\"#x\">",
            "<a href=\"\">",
            "<a href=\"/isms/index.html\">",
            "<a href=\"/portal/\">",
            "<a href=\"/isms/portal.html\">",
            "<a href=\"../../portal/\">",
            "<a href=\"//example.com/my.html\">",
            "<a href=\"https://example.com/my.html\">",
            "<a href=\"MAILTO:a@example.com\">",
            "<a href=\"../files/0a/%E5%9B%B3%201.pdf\">",
            "<a id=\"x\">",
            "<link href=\"../my.html\">",
            "<!-- <a href=\"../my.html\"> -->",
            "<script>\"<a href='../my.html'>\"</script>",
            "<textarea><a href=\"../my.html\"></textarea>",
        ] {
            assert_eq!(dead(tag), None, "{tag}");
        }
    }
}
