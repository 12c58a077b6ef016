//! The rule reference: one page a rule, from the page that `kitei explain` prints and the tests run.

use minijinja::value::Value;
use pulldown_cmark::{CodeBlockKind, Event, HeadingLevel, Tag, TagEnd};
use serde::Serialize;

use super::Page;
use crate::check::{RULES, Rule, Severity, level, page};
use crate::markup::html::{escape, escaped};
use crate::parse::markdown::events;
use crate::site::Site;

#[derive(Serialize)]
struct RulesPage {
    groups: Vec<Group>,
    total: usize,
}

#[derive(Serialize)]
struct Group {
    /// The letters of its codes.
    id: &'static str,
    /// What they are about.
    name: String,
    rules: Vec<RuleView>,
}

#[derive(Serialize)]
struct RuleView {
    code: &'static str,
    name: &'static str,
    title: &'static str,
    address: String,
    /// `error`, `warning`, `note`, `allow`: as the organisation has set it.
    level: &'static str,
    /// What it rests on, in words.
    basis: String,
    /// The organisation's reason for its own level.
    reason: Option<String>,
}

#[derive(Serialize)]
struct RulePage {
    rule: RuleView,
    body: Value,
}

/// Where a rule's page is, relative to the site.
pub(in crate::site) fn address(rule: &Rule) -> String {
    format!("rules/{}.html", rule.name)
}

fn view(site: &Site<'_, '_>, rule: &'static Rule) -> RuleView {
    let handbook = site.edition.handbook;
    let reason = handbook.config.rules.get(rule.name).and_then(|setting| setting.reason.as_ref());
    RuleView {
        code: rule.code,
        name: rule.name,
        title: page::title(rule, site.options.language),
        address: address(rule),
        level: Severity::of(level(handbook, rule)).map_or("allow", Severity::name),
        basis: site.catalogue.text(&rule.basis.text()),
        reason: reason.map(|reason| reason.value.clone()),
    }
}

/// `rules.html`.
pub(super) fn rules(site: &Site<'_, '_>) -> Page {
    let mut groups: Vec<Group> = Vec::new();
    for rule in RULES {
        let id = rule.code.trim_end_matches(|c: char| c.is_ascii_digit());
        if groups.last().is_none_or(|group| group.id != id) {
            let key = format!("site-rules-{id}");
            let name = if site.catalogue.has(&key) { site.catalogue.get(&key) } else { id.to_owned() };
            groups.push(Group { id, name, rules: Vec::new() });
        }
        if let Some(group) = groups.last_mut() {
            group.rules.push(view(site, rule));
        }
    }
    Page::new("rules.html", "overview", RulesPage { groups, total: RULES.len() })
}

/// The page of one rule.
pub(in crate::site) fn rule(site: &Site<'_, '_>, rule: &'static Rule) -> Page {
    let text = page::shown(rule, site.options.language);
    let label = escaped(&site.catalogue.get("site-code"));
    let page = RulePage { rule: view(site, rule), body: Value::from_safe_string(html(&text, &label)) };
    Page { root: "../".to_owned(), ..Page::new("rule.html", "overview", page) }
}

/// The Markdown of a rule's page below its title. It is our own text; what it holds beyond this is a fault of the page.
fn html(text: &str, code: &str) -> String {
    let mut blocks = 0_usize;
    let mut out = String::new();
    let mut skipped = false;
    for (event, _) in events(text) {
        match event {
            Event::Start(Tag::Heading { level: HeadingLevel::H1, .. }) => skipped = true,
            Event::End(TagEnd::Heading(HeadingLevel::H1)) => skipped = false,
            _ if skipped => {}
            Event::Start(tag) => {
                // Numbered, so that no two regions of a page have one name.
                blocks += usize::from(matches!(tag, Tag::CodeBlock(_)));
                start(&mut out, &tag, &format!("{code} {blocks}"));
            }
            Event::End(tag) => out.push_str(end(tag)),
            Event::Text(text) | Event::Html(text) | Event::InlineHtml(text) => escape(&mut out, &text),
            Event::Code(text) => out.push_str(&format!("<code>{}</code>", escaped(&text))),
            Event::SoftBreak => out.push('\n'),
            Event::HardBreak => out.push_str("<br>"),
            _ => {}
        }
    }
    out
}

fn start(out: &mut String, tag: &Tag<'_>, code: &str) {
    match tag {
        Tag::CodeBlock(kind) => {
            let info = match kind {
                CodeBlockKind::Fenced(info) => info.as_ref(),
                CodeBlockKind::Indented => "",
            };
            let file = info.split_whitespace().find_map(|word| word.strip_prefix("file=")).unwrap_or("");
            if !file.is_empty() {
                out.push_str(&format!("<p class=\"file-name\"><code>{}</code></p>\n", escaped(file)));
            }
            out.push_str(&format!(
                "<pre lang=\"ja\" tabindex=\"0\" role=\"region\" aria-label=\"{code} {}\"><code>",
                escaped(file)
            ));
        }
        Tag::Heading { level, .. } => out.push_str(if *level == HeadingLevel::H2 { "<h2>" } else { "<h3>" }),
        Tag::Paragraph => out.push_str("<p>"),
        Tag::List(None) => out.push_str("<ul>\n"),
        Tag::List(Some(_)) => out.push_str("<ol>\n"),
        Tag::Item => out.push_str("<li>"),
        Tag::Strong => out.push_str("<strong>"),
        Tag::Emphasis => out.push_str("<em>"),
        Tag::Table(_) => out.push_str("<div class=\"table\"><table>\n"),
        Tag::TableHead => out.push_str("<tr>"),
        Tag::TableRow => out.push_str("<tr>"),
        Tag::TableCell => out.push_str("<td>"),
        _ => {}
    }
}

fn end(tag: TagEnd) -> &'static str {
    match tag {
        TagEnd::CodeBlock => "</code></pre>\n",
        TagEnd::Heading(HeadingLevel::H2) => "</h2>\n",
        TagEnd::Heading(_) => "</h3>\n",
        TagEnd::Paragraph => "</p>\n",
        TagEnd::List(false) => "</ul>\n",
        TagEnd::List(true) => "</ol>\n",
        TagEnd::Item => "</li>\n",
        TagEnd::Strong => "</strong>",
        TagEnd::Emphasis => "</em>",
        TagEnd::Table => "</table></div>\n",
        TagEnd::TableHead | TagEnd::TableRow => "</tr>\n",
        TagEnd::TableCell => "</td>",
        _ => "",
    }
}
