use super::*;
use crate::model::content::Step;
use crate::source::SourceDb;

fn body(text: &str) -> Body {
    read(text, Span::new(0, text.len()), Numbering::Articles)
}

/// A tree on lines: each node below what holds it, words behind it.
fn drawn(text: &str) -> String {
    let Body { content, .. } = body(text);
    let mut out = String::new();
    let mut depth = 0;
    for step in content.walk() {
        match step {
            Step::Enter(node) => {
                let words = match node.kind {
                    Kind::Inline(Inline::Text(words) | Inline::Code(words) | Inline::Typed(words))
                    | Kind::Block(Block::Code(words)) => content.words(node, words, text),
                    _ => "",
                };
                let kind = match node.kind {
                    Kind::Inline(Inline::Text(_)) => "Text".to_owned(),
                    Kind::Inline(Inline::Code(_)) => "Code".to_owned(),
                    Kind::Inline(Inline::Typed(_)) => "Typed".to_owned(),
                    Kind::Block(Block::Code(_)) => "CodeBlock".to_owned(),
                    Kind::Block(Block::List(list)) => format!(
                        "List{}{}{}{}",
                        list.start.map_or_else(String::new, |start| format!(" from {start}")),
                        if list.tight { " tight" } else { " loose" },
                        if list.numbered { " numbered" } else { "" },
                        if list.opens_paragraph { " opens" } else { "" }
                    ),
                    Kind::Block(block) => format!("{block:?}"),
                    Kind::Inline(inline) => format!("{inline:?}"),
                };
                let line = format!("{}{kind} {}", "  ".repeat(depth), words.replace('\n', "⏎"));
                out.push_str(line.trim_end());
                out.push('\n');
                depth += usize::from(!node.is_leaf());
            }
            Step::Leave(_) => depth -= 1,
        }
    }
    out
}

#[test]
fn sections_hold_what_belongs_to_them() {
    let text = "前文。\n\n## 総則 {#a}\n\n### 目的 {#b}\n\n目的。\n\n二。\n\n#### 小見出し\n\n三。\n\n## 附則 {.supplement}\n\n1. 一\n";
    let expected = "\
Paragraph(None)
  Text 前文。
Section(0)
  Heading { level: 2, section: Some(0) }
    Text 総則
  Section(1)
    Heading { level: 3, section: Some(1) }
      Text 目的
    Paragraph(Some(1))
      Text 目的。
    Paragraph(Some(2))
      Text 二。
    Section(2)
      Heading { level: 4, section: Some(2) }
        Text 小見出し
      Paragraph(None)
        Text 三。
Section(3)
  Heading { level: 2, section: Some(3) }
    Text 附則
  List from 1 tight numbered opens
    Item(Some(1))
      Text 一
";
    assert_eq!(drawn(text), expected);
    let content = body(text).content;
    let sections: Vec<&str> = content
        .nodes()
        .iter()
        .filter(|node| matches!(node.kind, Kind::Block(Block::Section(_))))
        .map(|node| &text[node.span.start..node.span.end])
        .collect();
    assert!(sections[0].starts_with("## 総則") && sections[0].ends_with("三。\n\n"));
    assert!(sections[3].starts_with("## 附則") && sections[3].ends_with("一\n"));
}

#[test]
fn items_count_on_and_lists_in_other_blocks_do_not_count() {
    let text = "### 条\n\n一。\n\n3. い\n4. ろ\n   1. は\n\n   に\n\n   1. ほ\n\n- ひ\n  1. ふ\n\n1. へ\n\n> 1. と\n";
    let expected = "\
Section(0)
  Heading { level: 3, section: Some(0) }
    Text 条
  Paragraph(Some(1))
    Text 一。
  List from 3 loose numbered
    Item(Some(1))
      Paragraph(None)
        Text い
    Item(Some(2))
      Paragraph(None)
        Text ろ
      List from 1 tight numbered
        Item(Some(1))
          Text は
      Paragraph(None)
        Text に
      List from 1 tight numbered
        Item(Some(2))
          Text ほ
  List tight
    Item(None)
      Text ひ
      List from 1 tight
        Item(None)
          Text ふ
  List from 1 tight numbered
    Item(Some(3))
      Text へ
  Quotation
    List from 1 tight
      Item(None)
        Text と
";
    assert_eq!(drawn(text), expected);
}

#[test]
fn every_kind_of_block_and_inline_is_a_node() {
    let text = "\
> [!CAUTION]
> 禁止。

| 左 | 右 |
|:--|--:|
| a&amp;b | `c` |

```toml file=x
x = 1
```

<div>

行を<br>*強*く**太**く~~消~~す  
次の[[P-01]]と[外](https://example.com)と
![図](a.png)。[^n]

- [x] 済

***

[^n]: 注。
";
    let expected = "\
Alert(Caution)
  Paragraph(None)
    Text 禁止。
Table(0)
  Row { head: true }
    Cell
      Text 左
    Cell
      Text 右
  Row { head: false }
    Cell
      Text a
      Text &
      Text b
    Cell
      Code c
CodeBlock toml file=x
  Text x = 1⏎
Typed
  Text <div>⏎
Paragraph(None)
  Text 行を
  Typed <br>
  Emphasis
    Text 強
  Text く
  Strong
    Text 太
  Text く
  Strikethrough
    Text 消
  Text す
  HardBreak
  Text 次の
  Reference(0)
    Text P-01
  Text と
  Reference(1)
    Text 外
  Text と
  SoftBreak
  Image(2)
    Text 図
  Text 。
  Mention(0)
List tight
  Item(None)
    Task { done: true }
    Text 済
Rule
Note(0)
  Paragraph(None)
    Text 注。
";
    assert_eq!(drawn(text), expected);
    let Body { content, references, .. } = body(text);
    assert_eq!(content.alignments(0), [Alignment::Left, Alignment::Right]);
    let raw: Vec<&str> = references.iter().map(|reference| reference.raw.value.as_str()).collect();
    assert_eq!(raw, ["P-01", "https://example.com", "a.png"]);
}

#[test]
fn footnotes_count_by_the_first_mention_that_readers_see() {
    let text = "### 旧[^old] {.deleted}\n\n[^own]: 先に書いた注。\n\n二[^two]、一[^OWN]、二[^two]。\n\n[^two]: 二。\n\n[^old]: 旧条の注。\n";
    let notes = body(text).content.notes().to_vec();
    let numbers: Vec<(&str, u32)> = notes.iter().map(|note| (note.label.as_str(), note.number)).collect();
    assert_eq!(numbers, [("old", 3), ("own", 2), ("two", 1)]);
}

#[test]
fn words_without_a_mark_between_them_are_one_node() {
    let text = "a [b] c_d & e! f\\* g\n";
    assert_eq!(drawn(text), "Paragraph(None)\n  Text a [b] c_d & e! f\n  Text * g\n");
}

#[test]
fn deep_nesting_needs_no_stack() {
    let text = format!("{}文\n", "> ".repeat(50_000));
    let content = body(&text).content;
    let deepest = content.walk().fold((0, 0), |(deepest, depth): (usize, usize), step| match step {
        Step::Enter(node) if node.is_leaf() => (deepest, depth),
        Step::Enter(_) => (deepest.max(depth + 1), depth + 1),
        Step::Leave(_) => (deepest, depth - 1),
    });
    assert!(deepest.0 > 1_000, "{deepest:?}");
    let mut db = SourceDb::default();
    let file = db.add("x.md", text.clone());
    let tier = crate::model::document::Tier::Policy;
    drop(crate::parse::document::document(file, "x.md", &text, tier, Numbering::Plain).0.clone());
}
