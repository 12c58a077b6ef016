//! A drawing (SVG) reduced to what draws: known elements and attributes of the SVG namespace, nothing that runs, moves, reacts
//! or leads out. What the reduction leaves out, a page that shows the drawing as a picture would not draw either, foreign
//! content and animation apart; of these the fallback and the first state are kept.

use std::fmt::Write;

use roxmltree::{Attribute, Document, Node, ParsingOptions};

use super::names::{ATTRIBUTES, ELEMENTS, PROPERTIES};
use super::style;
use crate::locale::Text;
use crate::markup::html::escape;

const SVG: &str = "http://www.w3.org/2000/svg";
const XLINK: &str = "http://www.w3.org/1999/xlink";
const XML: &str = "http://www.w3.org/XML/1998/namespace";

/// More nodes than any drawing that a person looks at.
const MOST_NODES: u32 = 1_000_000;

/// Why a file is no drawing, and where in it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DrawingFault {
    /// Line, from 1.
    pub line: u32,
    /// Column, from 1.
    pub column: u32,
    /// What is wrong.
    pub kind: DrawingFaultKind,
}

/// The kinds of faults.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum DrawingFaultKind {
    /// Not in UTF-8.
    Encoding,
    /// Not well-formed XML; the parser's words.
    Xml(String),
    /// XML, but no `svg`.
    NoDrawing,
    /// It shows a picture inside itself that is no PNG, JPEG, GIF or WebP; the beginning of its address.
    Embedded(String),
}

impl DrawingFault {
    /// What is wrong, with its place.
    pub fn text(&self) -> Text {
        let text = match &self.kind {
            DrawingFaultKind::Encoding => Text::new("drawing-encoding"),
            DrawingFaultKind::Xml(detail) => Text::new("drawing-xml").arg("detail", detail),
            DrawingFaultKind::NoDrawing => Text::new("drawing-none"),
            DrawingFaultKind::Embedded(address) => Text::new("drawing-embedded").arg("address", address),
        };
        text.arg("line", i64::from(self.line)).arg("column", i64::from(self.column))
    }
}

/// What is left to write of a drawing that is gone over.
enum Left<'a, 'input> {
    /// An element or words, and whether it lies inside a text.
    Element(Node<'a, 'input>, bool),
    End(&'a str),
}

/// The drawing with nothing but what draws. Reduced again it is the same.
pub fn reduced(bytes: &[u8]) -> Result<String, DrawingFault> {
    let text = std::str::from_utf8(bytes).map_err(|error| {
        let before = &bytes[..error.valid_up_to()];
        let line = before.iter().filter(|byte| **byte == b'\n').count();
        let column = before.iter().rev().take_while(|byte| **byte != b'\n').count();
        let count = |n: usize| u32::try_from(n).unwrap_or(u32::MAX - 1) + 1;
        DrawingFault { line: count(line), column: count(column), kind: DrawingFaultKind::Encoding }
    })?;
    let options = ParsingOptions { allow_dtd: true, nodes_limit: MOST_NODES, ..ParsingOptions::default() };
    let document = Document::parse_with_options(text, options).map_err(|error| {
        let place = error.pos();
        DrawingFault { line: place.row, column: place.col, kind: DrawingFaultKind::Xml(error.to_string()) }
    })?;
    let root = document.root_element();
    let namespace = root.tag_name().namespace();
    if root.tag_name().name() != "svg" || namespace.is_some_and(|namespace| namespace != SVG) {
        return Err(fault(&root, DrawingFaultKind::NoDrawing));
    }
    let mut writer = Writer { out: String::with_capacity(text.len()), namespace };
    let mut left = vec![Left::Element(root, false)];
    while let Some(next) = left.pop() {
        match next {
            Left::End(name) => writer.end(name),
            // Words draw inside texts alone.
            Left::Element(node, in_text) if node.is_text() => {
                push_escaped(&mut writer.out, node.text().filter(|_| in_text).unwrap_or_default());
            }
            Left::Element(node, in_text) => writer.element(&node, in_text, &mut left)?,
        }
    }
    writer.out.push('\n');
    Ok(writer.out)
}

fn fault(node: &Node<'_, '_>, kind: DrawingFaultKind) -> DrawingFault {
    let place = node.document().text_pos_at(node.range().start);
    DrawingFault { line: place.row, column: place.col, kind }
}

struct Writer<'n> {
    out: String,
    /// That of the root: a drawing without one is read as if it had the right one.
    namespace: Option<&'n str>,
}

impl<'n> Writer<'n> {
    fn is_of_drawing(&self, node: &Node<'_, '_>) -> bool {
        node.is_element() && node.tag_name().namespace() == self.namespace
    }

    /// The name under which an element is written, where it is.
    fn name<'a>(&self, node: &Node<'a, '_>) -> Option<&'a str> {
        if !self.is_of_drawing(node) {
            return None;
        }
        match node.tag_name().name() {
            "a" | "switch" => Some("g"),
            name => ELEMENTS.contains(&name).then_some(name),
        }
    }

    fn element<'a, 'input>(
        &mut self,
        node: &Node<'a, 'input>,
        in_text: bool,
        left: &mut Vec<Left<'a, 'input>>,
    ) -> Result<(), DrawingFault> {
        let Some(name) = self.name(node) else { return Ok(()) };
        if name == "style" {
            let rules: String = node.descendants().filter(Node::is_text).filter_map(|node| node.text()).collect();
            let rules = style::sheet(&rules);
            if !rules.is_empty() {
                self.out.push_str("<style>");
                escape(&mut self.out, &rules);
                self.out.push_str("</style>");
            }
            return Ok(());
        }
        self.out.push('<');
        self.out.push_str(name);
        if node.parent_element().is_none() {
            let _ = write!(self.out, " xmlns=\"{SVG}\" xmlns:xlink=\"{XLINK}\"");
        }
        for attribute in node.attributes() {
            self.attribute(node, name, &attribute)?;
        }
        self.out.push('>');
        left.push(Left::End(name));
        let children: Vec<Node<'a, 'input>> = if node.tag_name().name() == "switch" {
            self.chosen(node).into_iter().collect()
        } else {
            node.children().collect()
        };
        let in_text = in_text || matches!(name, "text" | "tspan" | "textPath");
        left.extend(children.into_iter().rev().map(|child| Left::Element(child, in_text)));
        Ok(())
    }

    fn end(&mut self, name: &str) {
        self.out.push_str("</");
        self.out.push_str(name);
        self.out.push('>');
    }

    /// Of several forms of one thing the first that draws and that is not for one language; it must be the same for all readers.
    fn chosen<'a, 'input>(&self, switch: &Node<'a, 'input>) -> Option<Node<'a, 'input>> {
        let drawn: Vec<_> = switch.children().filter(|child| self.name(child).is_some()).collect();
        drawn.iter().find(|child| !has(child, "systemLanguage")).or(drawn.last()).copied()
    }

    fn attribute(
        &mut self,
        node: &Node<'_, '_>,
        element: &str,
        attribute: &Attribute<'_, '_>,
    ) -> Result<(), DrawingFault> {
        let (name, value) = (attribute.name(), attribute.value());
        match (attribute.namespace(), name) {
            (None, "style") => {
                let declarations = style::declarations(value);
                if !declarations.is_empty() {
                    self.push("style", &declarations);
                }
            }
            (None, name) => {
                let known = ATTRIBUTES.contains(&name) || PROPERTIES.contains(&name);
                if known && style::is_inner(value) {
                    self.push(name, value);
                }
                // The older form is written; where both are there, the newer counts.
                if name == "href" {
                    self.reference(node, element, value)?;
                }
            }
            (Some(XLINK), "href") if !has(node, "href") => self.reference(node, element, value)?,
            (Some(XML), "space") => self.push("xml:space", value),
            (Some(_), _) => {}
        }
        Ok(())
    }

    /// What an element points at: a part of the drawing or, for a picture, its own bytes.
    fn reference(&mut self, node: &Node<'_, '_>, element: &str, address: &str) -> Result<(), DrawingFault> {
        let address: String = address.chars().filter(|c| !c.is_ascii_whitespace() && !c.is_control()).collect();
        let is_link = node.tag_name().name() == "a";
        if address.starts_with('#') && !is_link || element == "image" && is_raster(&address) {
            self.push("xlink:href", &address);
        } else if element == "image" && address.get(..5).is_some_and(|scheme| scheme.eq_ignore_ascii_case("data:")) {
            return Err(fault(node, DrawingFaultKind::Embedded(address.chars().take(40).collect())));
        }
        Ok(())
    }

    fn push(&mut self, name: &str, value: &str) {
        self.out.push(' ');
        self.out.push_str(name);
        self.out.push_str("=\"");
        push_escaped(&mut self.out, value);
        self.out.push('"');
    }
}

/// Whether an element has an attribute of its own namespace.
fn has(node: &Node<'_, '_>, name: &str) -> bool {
    node.attributes().any(|attribute| attribute.namespace().is_none() && attribute.name() == name)
}

/// Whether an address holds the bytes of a picture that is no drawing.
fn is_raster(address: &str) -> bool {
    let Some((head, bytes)) = address.split_once(',') else { return false };
    let head = head.to_ascii_lowercase();
    let kinds = ["png", "jpeg", "jpg", "gif", "webp"];
    kinds.iter().any(|kind| head == format!("data:image/{kind};base64"))
        && bytes.bytes().all(|b| b.is_ascii_alphanumeric() || matches!(b, b'+' | b'/' | b'='))
}

/// Writes words so that they are read back as they are: an attribute would otherwise lose its line ends.
fn push_escaped(out: &mut String, words: &str) {
    let mut rest = words;
    while let Some(at) = rest.find(['\n', '\r', '\t']) {
        escape(out, &rest[..at]);
        let _ = write!(out, "&#{};", rest.as_bytes()[at]);
        rest = &rest[at + 1..];
    }
    escape(out, rest);
}

#[cfg(test)]
mod tests {
    use super::*;

    fn drawn(svg: &str) -> String {
        let once = reduced(svg.as_bytes()).unwrap();
        assert_eq!(reduced(once.as_bytes()).unwrap(), once, "reduced again it is the same");
        let head = "<svg xmlns=\"http://www.w3.org/2000/svg\" xmlns:xlink=\"http://www.w3.org/1999/xlink\"";
        let rest = once.strip_prefix(head).unwrap_or_else(|| panic!("{once}"));
        rest.strip_suffix("</svg>\n").unwrap().trim_start_matches('>').to_owned()
    }

    fn inside(content: &str) -> String {
        drawn(&format!(
            "<svg xmlns=\"{SVG}\" xmlns:xlink=\"{XLINK}\" xmlns:h=\"http://www.w3.org/1999/xhtml\">{content}</svg>"
        ))
    }

    #[test]
    fn what_runs_moves_reacts_or_leads_out_is_left_out() {
        for active in [
            "<script>alert(1)</script>",
            "<h:script>alert(1)</h:script>",
            "<s:script xmlns:s=\"http://www.w3.org/2000/svg\">alert(1)</s:script>",
            "<foreignObject><h:p>x</h:p></foreignObject>",
            "<animate attributeName=\"x\" to=\"1\"/>",
            "<set attributeName=\"href\" to=\"javascript:x\"/>",
            "<handler>x</handler>",
            "<h:iframe src=\"https://example.com\"/>",
            "<metadata>x</metadata><title>x</title><desc>x</desc>",
            "<style>@import url(https://example.com/x.css);</style>",
            "<!-- x --><?xml-stylesheet href=\"x.css\"?>",
        ] {
            assert_eq!(inside(active), "", "{active}");
        }
        for attribute in [
            "onload=\"x\"",
            "ONLOAD=\"x\"",
            "fill=\"url(https://example.com/x)\"",
            "style=\"fill:url('//example.com/x')\"",
            "style=\"background:\\75rl(//x)\"",
            "href=\"https://example.com/x\"",
            "xlink:href=\"java&#10;script:x\"",
            "requiredFeatures=\"x\"",
            "xmlns:x=\"urn:x\" x:href=\"#a\"",
        ] {
            assert_eq!(inside(&format!("<path d=\"M0 0\" {attribute}/>")), "<path d=\"M0 0\"></path>", "{attribute}");
        }
        assert_eq!(inside("<a href=\"javascript:x\"><path/></a>"), "<g><path></path></g>");
        assert_eq!(inside("<image href=\"https://example.com/x.png\"/>"), "<image></image>");
        assert_eq!(inside("<use href=\"x.svg#a\"/>"), "<use></use>");
    }

    #[test]
    fn what_draws_is_kept() {
        assert_eq!(
            inside("<g fill=\"url(#a)\"><use xlink:href=\"#b\"/><text x=\"1\">甲 &amp; <tspan>乙</tspan></text></g>"),
            "<g fill=\"url(#a)\"><use xlink:href=\"#b\"></use><text x=\"1\">甲 &amp; <tspan>乙</tspan></text></g>"
        );
        assert_eq!(
            inside(
                "<style>.a, #b .c { fill : red ; x:y } @media print { .a { fill: blue } } .b{stroke:url(#p)}</style>"
            ),
            "<style>.a, #b .c{fill:red}\n.b{stroke:url(#p)}\n</style>"
        );
        assert_eq!(inside("<path style=\"fill:#fff; -moz-binding:url(x)\"/>"), "<path style=\"fill:#fff\"></path>");
        let png = "data:image/png;base64,iVBORw0KGgo=";
        assert_eq!(inside(&format!("<image href=\"{png}\"/>")), format!("<image xlink:href=\"{png}\"></image>"));
        assert_eq!(drawn("<svg><path d='M0 0'/></svg>"), "<path d=\"M0 0\"></path>");
        assert_eq!(
            drawn("<!DOCTYPE svg [<!ENTITY ns \"http://www.w3.org/2000/svg\">]><svg xmlns=\"&ns;\"><rect/></svg>"),
            "<rect></rect>"
        );
    }

    #[test]
    fn of_a_switch_the_form_that_every_program_draws_is_kept() {
        assert_eq!(
            inside(
                "<switch><foreignObject requiredFeatures=\"x\"><h:div>語</h:div></foreignObject><text>語</text></switch>"
            ),
            "<g><text>語</text></g>"
        );
        assert_eq!(
            inside("<switch><text systemLanguage=\"ja\">語</text><text>word</text></switch>"),
            "<g><text>word</text></g>"
        );
    }

    #[test]
    fn what_is_no_drawing_is_refused_with_its_place() {
        let fault = |svg: &[u8]| reduced(svg).unwrap_err();
        assert_eq!(fault(b"<svg>\n\xff").kind, DrawingFaultKind::Encoding);
        assert_eq!((fault(b"<svg>\n\xff").line, fault(b"<svg>\n\xff").column), (2, 1));
        assert!(matches!(fault(b"<svg>\n<script>").kind, DrawingFaultKind::Xml(_)));
        assert_eq!(fault(b"<html/>").kind, DrawingFaultKind::NoDrawing);
        assert_eq!(fault(b"<svg xmlns='urn:x'/>").kind, DrawingFaultKind::NoDrawing);
        let embedded = fault(b"<svg>\n <image href='data:image/svg+xml,&lt;svg/&gt;'/></svg>");
        assert!(matches!(embedded.kind, DrawingFaultKind::Embedded(_)));
        assert_eq!((embedded.line, embedded.column), (2, 2));
        let lots = "<!DOCTYPE a [<!ENTITY a \"aaaaaaaaaa\"><!ENTITY b \"&a;&a;&a;&a;&a;&a;&a;&a;&a;&a;\"><!ENTITY c \
                    \"&b;&b;&b;&b;&b;&b;&b;&b;&b;&b;\"><!ENTITY d \"&c;&c;&c;&c;&c;&c;&c;&c;&c;&c;\">]><svg>&d;</svg>";
        assert!(matches!(fault(lots.as_bytes()).kind, DrawingFaultKind::Xml(_)));
    }

    #[test]
    fn deep_nesting_needs_no_stack() {
        let deep = format!("<svg>{}{}</svg>", "<g>".repeat(50_000), "</g>".repeat(50_000));
        assert!(reduced(deep.as_bytes()).is_ok());
    }
}
