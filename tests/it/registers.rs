//! Registers as people meet them: an own one written from the manual, its findings, its exports.

use crate::support::Repo;

/// The definition that the manual shows.
fn manual(page: &str) -> String {
    let page = std::fs::read_to_string(std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join(page)).unwrap();
    let block = page.split("```toml\n").find(|block| block.starts_with("[register]")).expect("a definition");
    block.split("```").next().unwrap().to_owned()
}

const KEYS: &str = "title = \"鍵の台帳\"\nbuilding = \"本社\"\n\n[[key]]\nid = \"K-001\"\nroom = \"=サーバー室\"\ncopies = 2\n\
    holder.person = \"tanaka\"\nholder.since = 2026-04-01\n\n[[key]]\nid = \"K-002\"\nroom = \"倉庫\"\ncopies = 1\n\
    closed_on = 2026-09-30\n\n[[loan]]\nof = \"K-001\"\non = 2026-10-01\n\n[[loan]]\nof = \"K-001\"\non = 2026-10-02\n\
    until = 2026-10-03\n";

fn keys() -> Repo {
    let repo = Repo::new();
    repo.write("records/definitions/keys.toml", manual("docs/registers.md").replace("ga-head", "office"));
    repo.write("records/keys.toml", KEYS);
    repo.commit("鍵");
    repo
}

fn check(repo: &Repo) -> Vec<String> {
    let run = repo.kitei(&["check", "--format", "short", "--as-of", "2026-11-20", "--lang", "en"]);
    run.stdout.lines().filter(|line| line.contains("[REG")).map(str::to_owned).collect()
}

#[test]
fn the_register_of_the_manual_works_as_it_stands_there() {
    assert_eq!(
        manual("docs/registers.md").lines().map(|line| line.split(" #").next().unwrap().trim_end()).collect::<String>(),
        manual("docs/registers.ja.md")
            .lines()
            .map(|line| line.split(" #").next().unwrap().trim_end())
            .collect::<String>()
            .replace("部屋の名前", "Name of the room"),
        "both manuals show the same definition"
    );
    let repo = keys();
    assert_eq!(check(&repo), Vec::<String>::new());
    // A formula, a rule, a date that passed, and two loans of one day.
    let more = "\n[[loan]]\nof = \"K-001\"\non = 2026-10-04\n\n[[loan]]\nof = \"K-001\"\non = 2026-10-05\n\n[[loan]]\nof = \"K-001\"\non = 2026-10-05\n";
    repo.write("records/keys.toml", KEYS.replace("copies = 2\n", "copies = 2\nback_by = 2026-11-19\n") + more);
    let said = [
        "records/keys.toml:7:10: error[REG010] K-001 is lent more often than there are copies (more-lent-than-there-are)",
        "records/keys.toml:8:11: warning[REG011] “Back by” of K-001 has passed (2026-11-19)",
        "records/keys.toml:35:1: error[REG007] another row has the same of, on",
    ];
    assert_eq!(check(&repo), said);
}

#[test]
fn rows_are_exported_for_programs_with_what_was_computed() {
    let repo = keys();
    let json = repo.good(&["export", "register", "keys", "--as-of", "2026-11-20", "--rev", "HEAD"]);
    let json: serde_json::Value = serde_json::from_str(&json).unwrap();
    assert_eq!(json["register"], "keys");
    assert_eq!(json["revision"], repo.git(&["rev-parse", "HEAD"]));
    assert_eq!(json["files"][0]["head"]["building"], "本社");
    let key = &json["tables"]["key"][0];
    assert_eq!(key["values"]["holder"]["since"], "2026-04-01");
    assert_eq!(key["computed"]["lent"], 1);
    assert_eq!((&key["state"], &key["line"]), (&"open".into(), &4.into()));
    assert_eq!(json["tables"]["key"][1]["state"], "closed");
    assert_eq!(json["tables"]["loan"][0]["id"], serde_json::Value::Null);
    let tree = repo.good(&["export", "register", "keys"]);
    assert!(tree.contains("\"revision\":null"), "a working tree is no commit");
}

#[test]
fn rows_are_exported_for_spreadsheets_and_compute_nothing_there() {
    let repo = keys();
    let run = repo.kitei(&["export", "register", "keys", "--format", "csv", "--lang", "en"]);
    assert_eq!(run.code, 2);
    assert!(run.stderr.contains("choose one with --kind: key, loan"), "{}", run.stderr);
    let csv = repo.good(&["export", "register", "keys", "--format", "csv", "--kind", "key"]);
    let expected = "\u{feff}head.building,id,room,copies,holder.person,holder.since,back_by,back_on,lent,closed_on,void\r\n\
        本社,K-001,'=サーバー室,2,tanaka,2026-04-01,,,1,,\r\n本社,K-002,倉庫,1,,,,,0,2026-09-30,\r\n";
    assert_eq!(csv, expected);
    let run = repo.kitei(&["export", "register", "kes", "--lang", "en"]);
    assert!(run.code == 2 && run.stderr.contains("there is no register “kes”"), "{}", run.stderr);
}

#[test]
fn what_cannot_be_read_does_not_pass_for_a_whole_register() {
    let repo = keys();
    repo.write("records/keys/more.toml", "[[key]\nid = \"K-003\"\n");
    let run = repo.kitei(&["export", "register", "keys", "--lang", "en"]);
    assert!(run.code == 1 && run.stderr.contains("rows are missing"), "{}", run.stderr);
    repo.write("records/keys/more.toml", "");
    repo.write("records/definitions/keys.toml", manual("docs/registers.md").replace("has(until)", "has(untli)"));
    let run = repo.kitei(&["export", "register", "keys", "--lang", "en"]);
    assert_eq!(run.code, 1, "{}", run.stderr);
    // Only the definition is at fault, and it is said once.
    let said = check(&repo);
    assert!(said.len() == 1 && said[0].contains("definitions/keys.toml") && said[0].contains("“untli”"), "{said:?}");
}

#[test]
fn two_branches_that_take_one_id_are_found_in_the_merge_result() {
    let repo = Repo::new();
    let asset = |id: &str| format!("[[department]]\nid = \"{id}\"\nname = \"部\"\n");
    repo.write("records/departments/a.toml", asset("d1"));
    repo.commit("一");
    repo.git(&["checkout", "-q", "-b", "two"]);
    repo.write("records/departments/b.toml", asset("d2"));
    repo.commit("二");
    repo.git(&["checkout", "-q", "main"]);
    repo.write("records/departments/c.toml", asset("d2"));
    repo.commit("三");
    repo.git(&["merge", "-q", "--no-edit", "two"]);
    assert_eq!(check(&repo), ["records/departments/c.toml:2:6: error[REG007] the id “d2” is used twice"]);
}

/// The rows of the table of the sources: number, home, where, remark.
fn sources(page: &str) -> Vec<[String; 4]> {
    let page = std::fs::read_to_string(std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join(page)).unwrap();
    let cells = |line: &str| line.trim_matches('|').split('|').map(|cell| cell.trim().to_owned()).collect::<Vec<_>>();
    let rows = page.lines().filter(|line| line.starts_with("| ")).map(cells).filter(|cells| cells.len() == 5);
    let number = |text: &str| text.len() == 3 && text[1..].bytes().all(|byte| byte.is_ascii_digit());
    let rows = rows.filter(|cells| number(&cells[0]));
    rows.map(|cells| [0, 2, 3, 4].map(|at| cells[at].clone())).collect()
}

fn quoted(cell: &str) -> Vec<&str> {
    cell.split('`').skip(1).step_by(2).collect()
}

#[test]
fn every_record_of_the_sources_has_a_home_that_is_there() {
    let rows = sources("docs/sources.md");
    let parts = [("G", 31), ("C", 15), ("A", 30), ("P", 23), ("E", 11), ("O", 30), ("I", 18), ("U", 8)];
    let all = parts.into_iter().flat_map(|(letter, last)| (1..=last).map(move |at| format!("{letter}{at:02}")));
    assert_eq!(rows.iter().map(|row| row[0].clone()).collect::<Vec<_>>(), all.collect::<Vec<_>>());
    let root = std::path::Path::new(env!("CARGO_MANIFEST_DIR"));
    let tree = kitei::workspace::Workspace::open(root).unwrap().at(kitei::workspace::TreeRef::WorkingTree).unwrap();
    let handbook = tree.on(jiff::civil::date(2026, 11, 20));
    let library = &handbook.register_set.library;
    let pages = std::fs::read_to_string(root.join("src/site/pages/mod.rs")).unwrap();
    let catalogue = kitei::locale::Catalogue::new(kitei::locale::Language::En);
    let commands = kitei::cli::command(&catalogue);
    let mut held: std::collections::BTreeMap<&str, Vec<&str>> = std::collections::BTreeMap::new();
    for [number, home, place, remark] in &rows {
        let names = quoted(place);
        assert_eq!(names.is_empty(), ["left out", "not there yet"].contains(&home.as_str()), "{number}: {place}");
        for name in names {
            use kitei::register::surroundings::{DocumentLookup, Surroundings};
            let there = match home.as_str() {
                "document" => Surroundings::document(handbook.handbook(), name) == DocumentLookup::Found,
                "register" | "index of records kept elsewhere" => {
                    held.entry(name).or_default().push(number);
                    library.get(name).is_some()
                }
                "computed view" => match name.strip_prefix("kitei ") {
                    Some(command) => commands.find_subcommand(command).is_some(),
                    None => pages.contains(&format!("path: \"{name}\"")),
                },
                "record file" => root.join(name).exists(),
                "ledger" => root.join(name).is_dir(),
                _ => false,
            };
            assert!(there, "{number} points at {name}, which is not there");
        }
        match home.as_str() {
            "left out" => assert!(["P02", "P22", "P23", "U07"].contains(&number.as_str()) && !remark.is_empty()),
            "not there yet" => assert!(!remark.is_empty(), "{number} says what is missing"),
            _ => {}
        }
    }
    for definition in &library.definitions {
        let told = held.remove(definition.id.value.as_str()).unwrap_or_default();
        assert_eq!(definition.sources, told, "{} names the entries that the table gives it", definition.id.value);
    }
    // The other language says the same.
    let japanese: Vec<String> = sources("docs/sources.ja.md").into_iter().map(|row| row[0].clone() + &row[2]).collect();
    assert_eq!(japanese, rows.iter().map(|row| row[0].clone() + &row[2]).collect::<Vec<_>>());
    // The guide names every register that kitei brings.
    for guide in ["docs/registers.md", "docs/registers.ja.md"] {
        let text = std::fs::read_to_string(root.join(guide)).unwrap();
        for definition in &library.definitions {
            assert!(text.contains(&format!("| `{}` | ", definition.id.value)), "{guide}: {}", definition.id.value);
        }
    }
}

#[test]
fn a_register_is_a_page_where_its_readers_may_see_its_label() {
    let repo = keys();
    let definition = manual("docs/registers.md").replace("ga-head", "office");
    repo.policy("policies/a.md", "P-01", "1.0", "[[record:keys]]の[[record:keys/K-001]]を見る。");
    repo.commit("規程");
    repo.approve("P-01", "2026-04-02", "2026-04-02");
    repo.commit("承認");
    let build = |name: &str| {
        repo.good(&["build", "--as-of", "2026-11-20", "--rev", "HEAD", "--out", name, "--quiet"]);
        let page = |path: &str| std::fs::read_to_string(repo.at(&format!("{name}/{path}"))).ok();
        (page("registers/keys.html"), page("registers.html"), page("documents/P-01.html").expect("the document"))
    };
    let (keys, list, document) = build("shown");
    let keys = keys.expect("a page of the register");
    for part in [
        "<h1>鍵の台帳</h1>",
        "<h3 id=\"K-001\">K-001",
        "=サーバー室",
        "<dd>田中</dd>",
        "<dt>貸出し中</dt><dd>1</dd>",
        "data-sortable",
        "終了",
        "<dt>建物</dt><dd>本社</dd>",
    ] {
        assert!(keys.contains(part), "no {part} in\n{keys}");
    }
    assert!(list.expect("a list of registers").contains("registers/keys.html"));
    assert!(
        document.contains("href=\"../registers/keys.html\"")
            && document.contains("href=\"../registers/keys.html#K-001\""),
        "{document}"
    );
    // A label above that of every published document, one that there is not, and none at all.
    for label in ["classification = \"restricted\"", "classification = \"secret\"", ""] {
        let definition = definition.replace("classification = \"internal\"", label);
        repo.write("records/definitions/keys.toml", definition);
        repo.commit("分類");
        let (keys, list, document) = build(&format!("hidden{}", label.len()));
        assert!(keys.is_none() && list.is_none(), "{label}");
        assert!(!document.contains("registers/") && document.contains("鍵の台帳 K-001"), "{label}");
    }
}

#[test]
fn a_reference_to_a_row_that_is_not_there_is_found() {
    let repo = keys();
    repo.policy("policies/a.md", "P-01", "1.0", "[[record:keys/K-009]]を見る。");
    let run = repo.kitei(&["check", "--format", "short", "--as-of", "2026-11-20", "--lang", "en"]);
    assert!(run.stdout.contains("policies/a.md:10:3: error[REF006] “鍵の台帳” has no row “K-009”"), "{}", run.stdout);
}

#[test]
fn a_new_row_has_the_next_id_and_states_nothing_that_nobody_said() {
    let repo = Repo::new();
    repo.commit("始め");
    let file = repo.good(&["new", "departments"]);
    assert_eq!(file.trim(), "records/departments.toml");
    let text = repo.read("records/departments.toml");
    assert!(text.starts_with("title = \"部署\"\n\n[[department]]\n# id = \"…\" # 部署（必須）\n"), "{text}");
    repo.good(&["new", "assets"]);
    repo.write("records/assets.toml", repo.read("records/assets.toml").trim_end());
    repo.good(&["new", "assets"]);
    let text = repo.read("records/assets.toml");
    assert!(text.contains("id = \"A-001\"\n") && text.contains("\n\n[[asset]]\nid = \"A-002\"\n"), "{text}");
    assert!(!text.contains("importance"), "what is computed is not asked for: {text}");
    // Everything that has to be said is found missing until somebody has said it.
    let missing =
        check(&repo).iter().filter(|line| line.contains("records/assets.toml") && line.contains("[REG003]")).count();
    assert_eq!(missing, 2 * 10, "{:?}", check(&repo));
    // A register with periods: the file of the newest one.
    repo.good(&["new", "audits", "--as-of", "2025-04-01", "--file", "2025.toml"]);
    repo.good(&["new", "audits", "--as-of", "2026-04-01", "--file", "2026.toml"]);
    let file = repo.good(&["new", "audits", "--kind", "finding", "--as-of", "2026-04-01"]);
    assert_eq!(file.trim(), "records/audits/2026.toml");
    let text = repo.read("records/audits/2026.toml");
    assert!(
        text.contains("period = \"2026\"") && text.contains("id = \"AU-2026\"") && text.contains("id = \"F-2026-01\""),
        "{text}"
    );
    for (arguments, said) in [
        (&["new", "asets"][..], "“asets” is neither a tier nor a register"),
        (&["new", "policy"][..], "a document needs its title"),
        (&["new", "assets", "--file", "../x.toml"][..], "cannot be used"),
        (&["new", "audits", "--kind", "findings"][..], "audit, visit, answer, finding"),
    ] {
        let run = repo.kitei(&[arguments, &["--lang", "en"]].concat());
        assert!(run.code == 2 && run.stderr.contains(said), "{arguments:?}: {}", run.stderr);
    }
}

#[test]
fn the_schema_of_a_register_knows_its_fields_and_the_names_of_the_handbook() {
    let repo = keys();
    repo.write("records/departments.toml", "[[department]]\nid = \"dc\"\nname = \"データセンター\"\n");
    let schema: serde_json::Value =
        serde_json::from_str(&repo.good(&["export", "schema", "assets", "--lang", "en"])).unwrap();
    let row = &schema["properties"]["asset"]["items"];
    assert_eq!(row["properties"]["id"]["pattern"], "^A-[0-9][0-9][0-9]+$");
    assert_eq!(row["properties"]["department"]["enum"], serde_json::json!(["dc"]));
    assert_eq!(row["properties"]["class"]["enum"], serde_json::json!(["public", "internal", "restricted"]));
    assert_eq!(row["properties"]["integrity"]["maximum"], 3);
    assert_eq!(row["properties"]["backup"]["properties"]["what"]["title"], "Backed up");
    assert_eq!(row["additionalProperties"], false);
    let required: Vec<&str> = row["required"].as_array().unwrap().iter().filter_map(|name| name.as_str()).collect();
    assert!(
        required.contains(&"id") && required.contains(&"owner") && !required.contains(&"importance"),
        "{required:?}"
    );
    let schema: serde_json::Value = serde_json::from_str(&repo.good(&["export", "schema", "keys"])).unwrap();
    assert_eq!(schema["required"], serde_json::json!(["building"]));
    assert!(schema["properties"]["key"]["items"]["properties"]["lent"].is_null(), "it is computed");
    let all: serde_json::Value = serde_json::from_str(&repo.good(&["export", "schema"])).unwrap();
    assert!(all.as_object().unwrap().len() > 24);
}

#[test]
fn what_falls_due_in_rows_is_told_with_everything_else() {
    let repo = keys();
    repo.write("records/keys.toml", KEYS.replace("copies = 2\n", "copies = 2\nback_by = 2026-11-25\n"));
    let due =
        |arguments: &[&str]| repo.good(&[&["due", "--as-of", "2026-11-20", "--within", "30d"], arguments].concat());
    let json: serde_json::Value = serde_json::from_str(&due(&["--format", "json"])).unwrap();
    let row = json.as_array().unwrap().iter().find(|due| due["kind"] == "row").expect("a row");
    assert_eq!((&row["subject"], &row["date"]), (&"keys/K-001".into(), &"2026-11-25".into()));
    assert_eq!((&row["role"], &row["uid"]), (&"office".into(), &"row-keys-K-001".into()));
    assert!(due(&["--format", "ics"]).contains("UID:row-keys-K-001@"));
    assert!(due(&[]).contains("台帳の期日"));
    repo.write(
        "records/keys.toml",
        KEYS.replace("copies = 2\n", "copies = 2\nback_by = 2026-11-25\nback_on = 2026-11-19\n"),
    );
    assert!(!due(&["--format", "json"]).contains("keys/K-001"), "it was done");
}

#[test]
fn a_workbook_opens_elsewhere_with_figures_days_and_lists() {
    use calamine::{Data, Reader};
    let repo = keys();
    let run = repo.kitei(&["export", "register", "keys", "--format", "xlsx", "--lang", "en"]);
    assert!(run.code == 2 && run.stderr.contains("--out"), "{}", run.stderr);
    let out = crate::support::scratch();
    let write = |name: &str| {
        let path = out.path().join(name);
        let at = path.to_str().unwrap();
        repo.good(&[
            "export",
            "register",
            "keys",
            "--format",
            "xlsx",
            "--as-of",
            "2026-11-20",
            "--out",
            at,
            "--lang",
            "en",
        ]);
        std::fs::read(path).unwrap()
    };
    let bytes = write("a.xlsx");
    assert_eq!(bytes, write("b.xlsx"), "the same register gives the same bytes");
    let mut book: calamine::Xlsx<_> = calamine::open_workbook_from_rs(std::io::Cursor::new(&bytes)).unwrap();
    assert_eq!(book.sheet_names(), ["Keys", "loan"]);
    let keys = book.worksheet_range("Keys").unwrap();
    let row = |at: usize| keys.rows().nth(at).unwrap().to_vec();
    let column = |path: &str| row(1).iter().position(|cell| *cell == Data::String(path.to_owned())).unwrap();
    assert_eq!(row(0)[column("room")], Data::String("Room".to_owned()));
    assert_eq!(row(2)[column("room")], Data::String("=サーバー室".to_owned()), "a text, no formula");
    assert_eq!((&row(2)[column("copies")], &row(2)[column("lent")]), (&Data::Float(2.0), &Data::Float(1.0)));
    assert_eq!(row(2)[column("head.building")], Data::String("本社".to_owned()));
    let day = |cell: &Data| match cell {
        Data::DateTime(day) => day.to_ymd_hms_milli(),
        other => panic!("{other:?} is no day"),
    };
    assert_eq!(day(&row(2)[column("holder.since")]), (2026, 4, 1, 0, 0, 0, 0));
    assert_eq!(day(&row(3)[column("closed_on")]), (2026, 9, 30, 0, 0, 0, 0));
    let mut archive = zip::ZipArchive::new(std::io::Cursor::new(&bytes)).unwrap();
    let mut sheet = String::new();
    std::io::Read::read_to_string(&mut archive.by_name("xl/worksheets/sheet1.xml").unwrap(), &mut sheet).unwrap();
    assert!(sheet.contains("<dataValidation type=\"list\"") && sheet.contains("tanaka,sato,suzuki"), "{sheet}");
    assert!(sheet.contains("state=\"frozen\""));
    // Nothing is written where the handbook is read from.
    let inside = repo.at("records/keys.xlsx");
    let run = repo.kitei(&["export", "register", "keys", "--format", "xlsx", "--out", inside.to_str().unwrap()]);
    assert!(run.code == 2 && !inside.exists(), "{}", run.words());
}

#[test]
fn the_fields_of_a_register_are_told_by_help() {
    let folder = crate::support::scratch();
    let said = crate::support::good(folder.path(), &["help", "risks", "--lang", "en"]);
    for part in [
        "# Risk assessment report (`risks`)",
        "period = \"2026\"",
        "## `[[risk]]` Risks",
        "| `controls` | Controls | a list of: `\"5.9\"` | required if `'reduce' in options` |",
        "| `second.threat` | Second threat | a number 1–3 | required where the group is used |",
        "(`unacceptable-risk-retained`)",
    ] {
        assert!(said.contains(part), "no {part} in\n{said}");
    }
}

#[test]
fn the_page_of_clauses_tells_a_record_from_a_document_that_speaks_of_it() {
    let repo = Repo::new();
    repo.policy("policies/a.md", "P-01", "1.0", "法令の一覧とコミュニケーションを管理する。");
    repo.write(
        "records/communication.toml",
        "[[message]]\nid = \"CM-001\"\nwhat = \"改訂\"\nwhen = \"施行日まで\"\nwhom = \"全員\"\nby = [\"office\"]\nhow = \"掲示\"\n",
    );
    repo.write("records/reviews.toml", "[[review]]\nid = \"MR-2026-01\"\non = 2026-10-15\n");
    repo.commit("始め");
    repo.approve("P-01", "2026-04-02", "2026-04-02");
    repo.commit("承認");
    repo.good(&["build", "--as-of", "2026-11-20", "--out", "public", "--quiet"]);
    let page = std::fs::read_to_string(repo.at("public/clauses.html")).unwrap();
    for part in [
        ">コミュニケーション: 1行</a>",
        "マネジメントレビュー: 付けているが、ここには載せていません",
        "<span class=\"meta\">情報セキュリティ目的: 行がありません</span>",
    ] {
        assert!(page.contains(part), "no {part} in\n{page}");
    }
}
