//! Random documents.

use proptest::prelude::*;

/// Words in a line, among them characters that mean something elsewhere.
const WORDS: &[&str] = &[
    "情報を守る。",
    "担当者は、",
    "abc",
    "2 つ",
    "a [b] c",
    "x_y_z",
    "1\\. 数",
    "\\# 題",
    "a & b",
    "&lt;b&gt;",
    "\\*星\\*",
    "「語」",
    "50%",
    "a|b",
    "残留リスク",
    "（注）",
    "\\- 線",
    "a~b",
    "e = m",
    "10.5",
    "\\`語\\`",
];

/// Parts of a line; each is set off by its own characters.
const PARTS: &[&str] = &[
    "`code`",
    "`` a`b ``",
    "**太字**",
    "*強調*",
    "~~消す~~",
    "**太*強*字**",
    "[[P-01#purpose]]",
    "[[P-01|方針]]",
    "[[A.5.12]]",
    "[[role:office]]",
    "[[term:残留リスク]]",
    "[[x:y]]",
    "[方針](base.md#purpose)",
    "[外](https://example.com/a_(b))",
    "[悪い](javascript:x)",
    "<https://example.com>",
    "![図](a.png)",
    "![*図* 二](https://example.com/b.png)",
    "[**太**字](base.md)",
    "<b>",
    "<!-- 注 -->",
    "[^n]",
    "[^m]",
    "[定義][r]",
];

fn line() -> impl Strategy<Value = String> {
    let words = (prop::sample::select(WORDS), prop::sample::select(&["", " ", "、"][..]));
    // Marks of emphasis that touch each other mean what nobody would write.
    let part = (prop::sample::select(PARTS), prop::sample::select(&[" ", "と"][..]));
    let part = prop_oneof![3 => words, 2 => part];
    prop::collection::vec(part, 1..6).prop_map(|parts| {
        let line: String = parts.into_iter().map(|(part, joint)| format!("{part}{joint}")).collect();
        format!("文{}", line.trim_end())
    })
}

fn lines() -> impl Strategy<Value = String> {
    let end = prop::sample::select(&["\n", "\n", "\\\n", "  \n"][..]);
    prop::collection::vec((line(), end), 1..4).prop_map(|lines| {
        let joined: String = lines.into_iter().map(|(line, end)| line + end).collect();
        joined.trim_end_matches(['\n', '\\', ' ']).to_owned()
    })
}

fn table() -> impl Strategy<Value = String> {
    let cell = line().prop_map(|line| line.replace('|', "\\|"));
    let row = prop::collection::vec(cell, 2).prop_map(|cells| format!("| {} |\n", cells.join(" | "))).boxed();
    (
        row.clone(),
        prop::sample::select(&["|---|---|\n", "|:--|--:|\n", "|:-:|---|\n"][..]),
        prop::collection::vec(row, 0..3),
    )
        .prop_map(|(head, set, rows)| format!("{head}{set}{}", rows.concat()).trim_end().to_owned())
}

fn block() -> impl Strategy<Value = String> {
    let leaf = prop_oneof![
        5 => lines(),
        1 => table(),
        1 => prop::sample::select(&["```toml file=x\na = 1\n\nb | `c`\n```", "    indented\n      code", "~~~\n```\n~~~", "***", "<div>\n[x](y)\n</div>", "##### 小見出し"][..]).prop_map(str::to_owned),
    ];
    leaf.prop_recursive(3, 24, 4, |inner| {
        let blocks = prop::collection::vec(inner, 1..4).boxed();
        let alert =
            prop::sample::select(&["", "[!IMPORTANT]\n", "[!CAUTION]\n", "[!WARNING]\n", "[!TIP]\n", "[!NOTE]\n"][..]);
        prop_oneof![
            (alert, blocks.clone()).prop_map(|(alert, blocks)| prefixed(
                &format!("{alert}{}", blocks.join("\n\n")),
                "> ",
                "> "
            )),
            (prop::collection::vec(blocks, 1..4), 0..4usize, any::<bool>()).prop_map(|(items, kind, tight)| {
                let mark = ["- ", "1. ", "3) ", "- [x] "][kind];
                let item = |blocks: Vec<String>| {
                    // An item that begins with a table or code is written the same way; only its first line has the mark.
                    prefixed(&blocks.join("\n\n"), mark, if kind == 0 || kind == 3 { "  " } else { "   " })
                };
                let items: Vec<String> = items.into_iter().map(item).collect();
                items.join(if tight { "\n" } else { "\n\n" })
            }),
        ]
    })
}

/// Lines with something before the first and before every other one.
pub fn prefixed(text: &str, first: &str, others: &str) -> String {
    let mut out = String::new();
    for (number, line) in text.lines().enumerate() {
        let prefix = if number == 0 { first } else { others };
        out.push_str(if line.is_empty() { prefix.trim_end() } else { prefix });
        out.push_str(line);
        out.push('\n');
    }
    out.trim_end_matches('\n').to_owned()
}

fn heading() -> impl Strategy<Value = String> {
    let mark = prop::sample::select(
        &[
            "## 章 {#c}",
            "## 節 {.section}",
            "### 条 {#a}",
            "### 条",
            "### 枝 {#b .branch}",
            "### 旧[[P-01]]条 {#o .deleted}",
            "#### 小見出し `x`",
            "### 無番号 {.plain}",
            "## 附則 {#s .supplement}",
            "### （括弧）*条*",
            "## 章 {.branch}",
        ][..],
    );
    mark.prop_map(str::to_owned)
}

/// A document of blocks below headings.
pub fn document() -> impl Strategy<Value = String> {
    let part = prop_oneof![2 => heading(), 5 => block()];
    prop::collection::vec(part, 1..10).prop_map(|parts| {
        format!("{}\n\n[^n]: 注の文。\n\n[^m]: 二つ目の注。\n\n[r]: base.md#purpose\n", parts.join("\n\n"))
    })
}

/// What breaks Markdown, in any order.
const MARKS: &[&str] = &[
    "\n",
    "\n\n",
    "\n\n",
    " ",
    "    ",
    "# ",
    "## ",
    "\n\n## 章 {#x}\n",
    "\n\n### 条 {#a}\n\n",
    "\n\n### 条 {#a}\n\n",
    "\n\n## 節 {.section}\n",
    "\n\n### 旧 {.deleted}\n\n",
    "\n\n## 附則 {.supplement}\n\n",
    "本文。",
    "abc",
    "残留リスク",
    "1. ",
    "\n1. 一\n",
    "\n2. 二\n",
    "- ",
    "\n   1. ",
    "\n      1. ",
    "> ",
    "\n\n> [!IMPORTANT]\n> ",
    "\n\n> [!CAUTION]\n> ",
    "\n\n| a | b |\n|---|--:|\n| c | d |\n",
    "`code`",
    "`",
    "\n```\nx\n",
    "**",
    "*",
    "*強*",
    "_",
    "~~消~~",
    "[",
    "]",
    "(",
    "[語](base.md#purpose)",
    "![図](a.png)",
    "![図*b*](https://e.com/x.png)",
    "[悪\nい](javascript:x)",
    "[[P-01#purpose]]",
    "[[P-01|語]]",
    "[[A.5.1]]",
    "[[x:y]]",
    "|",
    "<br>",
    "\n\n<div>\nx\n\n",
    "<https://a.com>",
    "[^n]",
    "[^m]",
    "\n\n[^n]: 注。\n",
    "\n\n[^m]: 注 m\n",
    "[r]",
    "\n\n[r]: base.md\n",
    "&amp;",
    "&",
    "\\",
    "\\*",
    "  \n",
    "\\\n",
    "\n- [x] ",
    "\n\n***\n\n",
    "\n---\n",
    "é",
    "漢\nabc",
    "abc\n漢",
    "abc\nabc",
];

/// A text of them.
pub fn noise() -> impl Strategy<Value = String> {
    prop::collection::vec(prop::sample::select(MARKS), 0..30).prop_map(|marks| marks.concat())
}
