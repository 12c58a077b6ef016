//! The rule reference: one page a rule, from the page that `kitei explain` prints and the tests run.

use minijinja::value::Value;
use serde::Serialize;

use super::Page;
use crate::check::{RULES, Rule, Severity, level, page};
use crate::markup::html::{escape, escaped};
use crate::model::content::{Block, Inline, Kind, Step, Words};
use crate::model::document::Numbering;
use crate::parse::content::read;
use crate::site::Site;
use crate::source::Span;

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

/// The text of a rule's page below its title. It is our own; what a page of ours does not use is shown by its words.
fn html(text: &str, code: &str) -> String {
    let content = read(text, Span::new(0, text.len()), Numbering::Plain).content;
    let mut blocks = 0_usize;
    let mut out = String::new();
    let mut walk = content.walk();
    while let Some(step) = walk.next() {
        match step {
            Step::Enter(node) => match node.kind {
                Kind::Block(Block::Heading { level: 1, .. }) => walk.skip_inside(),
                Kind::Block(block) => {
                    // Numbered, so that no two regions of a page have one name.
                    blocks += usize::from(matches!(block, Block::Code(_)));
                    let info = if let Block::Code(info) = block { content.words(node, info, text) } else { "" };
                    start(&mut out, block, info, &format!("{code} {blocks}"));
                }
                Kind::Inline(inline) => start_inline(&mut out, inline, |words| content.words(node, words, text)),
            },
            Step::Leave(node) => out.push_str(match node.kind {
                Kind::Block(block) => end(block),
                Kind::Inline(Inline::Strong) => "</strong>",
                Kind::Inline(Inline::Emphasis) => "</em>",
                Kind::Inline(_) => "",
            }),
        }
    }
    out
}

fn start(out: &mut String, block: Block, info: &str, code: &str) {
    let tag = match block {
        Block::Code(_) => {
            let file = info.split_whitespace().find_map(|word| word.strip_prefix("file=")).unwrap_or("");
            if !file.is_empty() {
                out.push_str(&format!("<p class=\"file-name\"><code>{}</code></p>\n", escaped(file)));
            }
            out.push_str(&format!(
                "<pre lang=\"ja\" tabindex=\"0\" role=\"region\" aria-label=\"{code} {}\"><code>",
                escaped(file)
            ));
            return;
        }
        Block::Heading { level: 1, .. } => "",
        Block::Heading { level: 2, .. } => "<h2>",
        Block::Heading { .. } => "<h3>",
        Block::Paragraph(_) => "<p>",
        Block::List(list) if list.start.is_some() => "<ol>\n",
        Block::List(_) => "<ul>\n",
        Block::Item(_) => "<li>",
        Block::Table(_) => "<div class=\"table\"><table>\n",
        Block::Row { .. } => "<tr>",
        Block::Cell => "<td>",
        Block::Section(_) | Block::Quotation | Block::Alert(_) | Block::Typed | Block::Note(_) | Block::Rule => "",
    };
    out.push_str(tag);
}

fn start_inline<'c>(out: &mut String, inline: Inline, words_of: impl Fn(Words) -> &'c str) {
    match inline {
        Inline::Text(words) | Inline::Typed(words) => escape(out, words_of(words)),
        Inline::Code(words) => out.push_str(&format!("<code>{}</code>", escaped(words_of(words)))),
        Inline::SoftBreak => out.push('\n'),
        Inline::HardBreak => out.push_str("<br>"),
        Inline::Strong => out.push_str("<strong>"),
        Inline::Emphasis => out.push_str("<em>"),
        Inline::Strikethrough | Inline::Reference(_) | Inline::Image(_) | Inline::Mention(_) | Inline::Task { .. } => {}
    }
}

fn end(block: Block) -> &'static str {
    match block {
        Block::Code(_) => "</code></pre>\n",
        Block::Heading { level: 1, .. } => "",
        Block::Heading { level: 2, .. } => "</h2>\n",
        Block::Heading { .. } => "</h3>\n",
        Block::Paragraph(_) => "</p>\n",
        Block::List(list) if list.start.is_some() => "</ol>\n",
        Block::List(_) => "</ul>\n",
        Block::Item(_) => "</li>\n",
        Block::Table(_) => "</table></div>\n",
        Block::Row { .. } => "</tr>\n",
        Block::Cell => "</td>",
        Block::Section(_) | Block::Quotation | Block::Alert(_) | Block::Typed | Block::Note(_) | Block::Rule => "",
    }
}
