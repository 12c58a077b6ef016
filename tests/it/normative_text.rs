//! The canonical normative text against test vectors that another implementation can use as they are.

use std::collections::BTreeMap;

use kitei::digest::Digest;
use kitei::load::MemoryFiles;
use kitei::workspace::Snapshot;

use crate::support::{BASE, memory};

#[derive(serde::Deserialize)]
struct Vector {
    name: String,
    document: String,
    files: BTreeMap<String, String>,
    normative_text: String,
    digest: String,
}

fn vectors() -> Vec<Vector> {
    serde_json::from_str(include_str!("../normative-text.json")).expect("the vectors are JSON")
}

fn handbook(files: &BTreeMap<String, String>) -> Snapshot {
    let mut found = MemoryFiles::default();
    let [(path, config), ..] = BASE;
    found.insert(path, config);
    for (path, content) in files {
        found.insert(path.clone(), content.clone());
    }
    memory::handbook(&found)
}

#[test]
fn every_vector_gives_its_text_and_digest() {
    for vector in vectors() {
        let handbook = handbook(&vector.files);
        let index = handbook.index_at(&vector.document).unwrap_or_else(|| panic!("{}: no document", vector.name));
        assert_eq!(
            Digest::of(&vector.normative_text).to_string(),
            vector.digest,
            "{}: digest of the text",
            vector.name
        );
        assert_eq!(
            handbook.digests[index].map(|digest| digest.to_string()),
            Some(vector.digest),
            "{}: expected\n{}",
            vector.name,
            vector.normative_text
        );
    }
}

#[test]
fn what_does_not_bind_the_reader_does_not_change_the_digest() {
    let base = BTreeMap::from([
        ("policies/a.md".to_owned(), "+++\nid = \"P-01\"\ntitle = \"規程\"\nversion = \"1.0\"\nowner = \"office\"\nannex_a = [\"5.1\", \"5.12\"]\n+++\n\n### 目的 {#purpose}\n\n[基準](../controls/b.md#x)を見る。\n".to_owned()),
        ("controls/b.md".to_owned(), "+++\nid = \"C-5.12\"\ntitle = \"基準\"\nversion = \"1.0\"\nowner = \"office\"\nimplements = [\"P-01\"]\n+++\n\n## 見出し {#x}\n".to_owned()),
    ]);
    let digest = |files: &BTreeMap<String, String>, path: &str| {
        let handbook = handbook(files);
        handbook.digests[handbook.index_at(path).unwrap()].unwrap()
    };
    let before = digest(&base, "policies/a.md");
    let edit = |from: &str, to: &str| {
        let mut files = base.clone();
        let text = files.get_mut("policies/a.md").unwrap();
        assert!(text.contains(from), "{from}");
        *text = text.replace(from, to);
        files
    };
    for (from, to) in [
        ("owner = \"office\"", "owner = \"ciso\" # 異動"),
        ("[\"5.1\", \"5.12\"]", "[\"5.12\", \"5.1\"]"),
        ("を見る。\n", "を見る。  \r\n\r\n"),
    ] {
        assert_eq!(digest(&edit(from, to), "policies/a.md"), before, "{from} → {to}");
    }
    // A move of the linked document, with the link following it.
    let mut moved = edit("../controls/b.md", "../controls/new/b.md");
    let text = moved.remove("controls/b.md").unwrap();
    moved.insert("controls/new/b.md".to_owned(), text);
    assert_eq!(digest(&moved, "policies/a.md"), before);
    // What binds does change it.
    for (from, to) in [("を見る", "を読む"), ("1.0", "1.1"), ("#x", "#y"), ("title = \"規程\"", "title = \"規則\"")]
    {
        assert_ne!(digest(&edit(from, to), "policies/a.md"), before, "{from} → {to}");
    }
}
