//! Texts that are hard to read as Markdown.

use super::Trial;

/// What may be said of articles without text in a handbook without control standards.
const EMPTY: [&str; 2] = ["empty-section", "policy-not-implemented"];

#[test]
fn quotes_and_lists_may_be_nested_without_end() {
    // Items below items were once read to any depth, which took longer with every level.
    let deep = 20_000;
    for body in [
        "> ".repeat(deep) + "x",
        "- ".repeat(deep) + "x",
        format!("### 条 {{#a}}\n\n{}x", "1. ".repeat(deep)),
        format!("### 条 {{#a}}\n\n{}x", "1. > - ".repeat(deep / 3)),
        (0..1000).map(|n| format!("{}1. x\n", " ".repeat(3 * n))).collect(),
        "[".repeat(deep),
        "![".repeat(deep) + &"](x)".repeat(deep),
        "*".repeat(deep) + "x" + &"*".repeat(deep),
        // The paragraph around each emphasis was once searched from the start of the file.
        "**_".repeat(deep / 2) + "x",
        format!("**{}x{}**y", "「".repeat(2000), "」".repeat(2000)),
        "`".repeat(deep),
        (1..1000).map(|n| "`".repeat(n) + " ").collect(),
        "<".repeat(deep),
        "<!--".repeat(deep / 4),
        "<a href='".repeat(deep / 9),
        "[^1]".repeat(deep / 4) + "\n\n[^1]: [^1]",
        "[[".repeat(deep / 2) + &"]]".repeat(deep / 2),
        "\\".repeat(deep),
        "&".repeat(deep) + &"&#x110000;".repeat(1000),
        "~~".repeat(deep / 2),
        format!("|{}\n|{}\n", "a|".repeat(10_000), "-|".repeat(10_000)),
        format!("# {}\n", "{#a ".repeat(deep / 4)),
    ] {
        Trial::new().body(&body).check_once().runs();
    }
}

#[test]
fn headings_may_be_many() {
    let distinct: String = (0..5_000).map(|n| format!("### 条 {{#a{n}}}\n")).collect();
    Trial::new().body(&distinct).check_once().finds_only("policies/bad.md", &EMPTY);
    let same = "### 条 {#a}\n".repeat(1000);
    Trial::new().body(&same).check().finds("policies/bad.md", "duplicate-anchor");
    let chapters = "## 章\n\n## 附則 {.supplement}\n\n### 条 {.branch}\n\n本文\n\n1. 号\n\n".repeat(1000);
    Trial::new().body(&chapters).check().runs();
}

#[test]
fn references_may_be_many() {
    // Each was once looked up among all headings, one after the other.
    let headings: String = (0..5_000).map(|n| format!("### 条 {{#a{n}}}\n")).collect();
    let references: String = (0..10_000).map(|n| format!("[[#a{}]]\n", n % 5_000)).collect();
    Trial::new().body(&format!("{headings}\n{references}")).check_once().finds_only("policies/bad.md", &EMPTY);
    for broken in
        ["[[#b]]", "[[P-99]]", "[[role:ofice]]", "[[term:x]]", "[x](y.md)", "[[A.9.2.1]]", "[x](javascript:y)"]
    {
        Trial::new().body(&broken.repeat(5000)).check_once().runs();
    }
    let names: String = (0..5000).map(|n| format!("[[role:offic{n}]] [[X-{n}]]\n")).collect();
    Trial::new().body(&names).check_once().finds("policies/bad.md", "unknown-role");
}

#[test]
fn one_line_may_hold_everything() {
    // The column of every finding was once counted from the start of its line.
    let line = "規程は[[P-99]]と[手順](なし.md)と**「重要」**に<b>よる</b>。".repeat(3000);
    Trial::new().body(&line).check().finds("policies/bad.md", "broken-link");
}

#[test]
fn paragraphs_and_items_may_be_many() {
    let paragraphs = "### 条 {#a}\n\n".to_owned() + &"項\n\n1. 号\n2. 号\n\n".repeat(1_000);
    let references: String = (1..1_000).map(|n| format!("[[P-02#a/{n}/1]]\n")).collect();
    Trial::new()
        .body(&paragraphs)
        .write(
            "policies/other.md",
            format!("+++\nid = \"P-03\"\ntitle = \"他\"\nversion = \"1.0\"\nowner = \"office\"\n+++\n\n{references}"),
        )
        .check()
        .finds_only("policies/other.md", &EMPTY);
}

#[test]
fn definitions_may_be_many() {
    let definitions: String = (0..5000).map(|n| format!("[d{n}]: y{n}.md\n")).collect();
    let uses: String = (0..5000).map(|n| format!("[d{n}] ")).collect();
    Trial::new().body(&format!("{definitions}\n{uses}")).check().finds("policies/bad.md", "broken-link");
    let long = format!("[{}]: y.md\n\n{}", "d".repeat(900), format!("[{}] ", "d".repeat(900)).repeat(1000));
    Trial::new().body(&long).check().finds("policies/bad.md", "broken-link");
}
