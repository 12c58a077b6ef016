//! Searching the example company's handbook in a headless browser: what employees type finds its article.
//!
//! Everything runs in one page, so that the index is loaded once.

use std::collections::BTreeMap;
use std::io::Read as _;
use std::path::Path;

use serde_json::{Value, json};

use crate::support::Repo;
use crate::support::browser::Browser;
use crate::support::host::Host;
use crate::support::preview::{DAY, Preview};

/// The published handbook of the example company.
fn build(repo: &Repo) -> std::path::PathBuf {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let out = repo.at("public");
    let (root, to) = (root.to_str().unwrap(), out.to_str().unwrap());
    repo.good(&["build", "--quiet", "--root", root, "--out", to, "--as-of", DAY]);
    out
}

/// What employees type, and the place that they should see among the first five.
const QUERIES: &[(&str, &[&str])] = &[
    ("紛失した", &["documents/P-08.html#loss"]),
    ("端末を失くした", &["documents/S-03.html#lost"]),
    ("スマホ 落とした", &["documents/S-15.html#report", "documents/P-08.html#loss", "documents/S-03.html#lost"]),
    ("社員証をなくした", &["documents/S-16.html#cards", "documents/P-14.html#cards"]),
    ("パスワード 使い回し", &["documents/C-5.17.html#password"]),
    ("パスワードを忘れた", &["documents/S-01.html#trouble"]),
    ("ﾊﾟｽﾜｰﾄﾞ 桁数", &["documents/C-5.17.html#password"]),
    ("仮パスワード", &["documents/C-5.17.html#temporary"]),
    ("二段階認証", &["documents/P-06.html#mfa"]),
    ("ﾘﾓｰﾄ 申請", &["documents/S-15.html#apply", "documents/P-08.html#remote-approval"]),
    (
        "在宅 勤務",
        &[
            "documents/P-08.html#definitions",
            "documents/C-6.7.html#requirement",
            "documents/C-6.7.html#home",
            "documents/S-15.html#home",
            "documents/P-08.html#remote-place",
            "documents/P-08.html#remote-approval",
        ],
    ),
    ("自宅 wifi", &["documents/S-15.html#home", "documents/C-6.7.html#home", "documents/P-08.html#connection"]),
    ("私物のスマホ", &["documents/P-08.html#own-devices"]),
    ("USBメモリ", &["documents/P-05.html#media", "documents/C-7.10.html#found"]),
    ("usb 拾った", &["documents/C-7.10.html#found"]),
    ("メール 誤送信", &["documents/P-10.html#misdelivery"]),
    ("怪しいメールを開いた", &["documents/S-03.html#mail"]),
    (
        "ウイルス 感染",
        &["documents/P-05.html#malware", "documents/S-20.html#detected", "documents/C-8.7.html#entrances"],
    ),
    (
        "添付ファイル 送り方",
        &["documents/S-06.html#send", "documents/P-10.html#email", "documents/C-5.14.html#electronic"],
    ),
    ("生成AI 使っていい", &["documents/P-13.html#generative-ai"]),
    ("ChatGPT", &["documents/P-13.html#generative-ai"]),
    (
        "フリーソフト インストール",
        &["documents/S-03.html#software", "documents/C-8.19.html#prohibited", "documents/C-8.19.html#targets"],
    ),
    ("クラウド 申し込み", &["documents/S-26.html#apply"]),
    ("来客 受付", &["documents/P-14.html#visitors", "documents/S-16.html#visitors"]),
    ("カード 忘れた", &["documents/S-16.html#cards"]),
    (
        "サーバー室 作業",
        &[
            "documents/C-7.6.html",
            "documents/S-16.html#work-request",
            "documents/C-7.6.html#requirement",
            "documents/S-16.html#work",
        ],
    ),
    ("社外秘 ラベル", &["documents/P-05.html#marking", "documents/S-06.html#label", "documents/C-5.13.html#marks"]),
    ("紙 捨て方", &["documents/S-06.html#dispose", "documents/P-09.html#disposal"]),
    ("離席 画面ロック", &["documents/P-09.html#screen", "documents/C-7.7.html#screens"]),
    ("印刷物 置きっぱなし", &["documents/P-09.html#printing"]),
    ("退職 返却", &["documents/P-15.html#return", "documents/S-14.html#return"]),
    (
        "パソコン 持ち帰り",
        &["documents/P-05.html#takeout", "documents/S-06.html#takeout", "documents/P-08.html#off-premises"],
    ),
    ("個人情報 漏えい", &["documents/P-18.html#breach", "documents/S-31.html#breach"]),
    ("開示請求", &["documents/P-18.html#subject-rights", "documents/S-31.html#request"]),
    ("バックアップから戻したい", &["documents/S-05.html#restore"]),
    ("脆弱性 期限", &["documents/C-8.8.html#deadlines"]),
    ("サイトが開けない", &["documents/S-22.html#web"]),
    ("例外 申請", &["documents/S-30.html#apply", "documents/C-X.2.html#application"]),
    ("報告 義務", &["documents/P-16.html#duty-to-report"]),
    ("インシデント 連絡先", &["documents/P-16.html#desk"]),
    ("火災", &["documents/C-7.5.html#fire", "documents/S-17.html#emergency"]),
    ("停電", &["documents/P-14.html#utilities", "documents/S-17.html#degraded", "documents/C-7.11.html#inspection"]),
    ("ﾃﾞｨｽｸ 故障 交換", &["documents/S-18.html#failed", "documents/C-7.10.html#failed"]),
    ("ＩＤカード", &["documents/P-14.html#cards"]),
    ("p-05 第3条", &["documents/P-05.html#definitions"]),
    ("A.5.12", &["documents/C-5.12.html", "annex-a.html#A.5.12"]),
    ("ざんりゅうりすく", &["documents/P-04.html#residual"]),
    (
        "アカウントを共有",
        &["documents/P-06.html#shared-accounts", "documents/S-01.html#shared", "documents/C-5.16.html#shared"],
    ),
    ("理解度テスト 不合格", &["documents/S-13.html#test", "documents/P-20.html#test"]),
    ("写真撮影", &["documents/C-7.6.html#items"]),
];

/// In the page: the position of the wanted place for each query, from 1, and what came first; 0 where it is not found.
const RANKS: &str = "(async (asked) => {
  const ranks = [];
  for (const [query, wanted] of asked) {
    const { results, failed } = await globalThis.kiteiFind.search(query);
    if (failed) throw new Error('the full text is not there');
    const at = results.findIndex((entry) => wanted.includes(entry.address));
    ranks.push([1 + at, results.slice(0, 5).map((entry) => entry.address)]);
  }
  return ranks;
})";

/// Something typed, and the places of which one is to be found.
type Asked = (String, Vec<String>);

/// The address of a section, as the index of titles has it.
fn address(document: &Value, anchor: &str) -> String {
    let anchor = if anchor.is_empty() { String::new() } else { format!("#{anchor}") };
    format!("documents/{}.html{anchor}", document["id"].as_str().unwrap())
}

fn list<'v>(value: &'v Value, key: &str) -> &'v Vec<Value> {
    value[key].as_array().unwrap_or_else(|| panic!("no {key} in {value}"))
}

/// Every term, reading, variant and keyword with each of the articles it leads to, or its place in the glossary.
fn terms(titles: &Value) -> Vec<Asked> {
    let documents = list(titles, "documents");
    let mut asked = Vec::new();
    for term in list(titles, "terms") {
        let place = |see: &Value| {
            let document = &documents[usize::try_from(see[0].as_u64().unwrap()).unwrap()];
            address(document, see[1].as_str().unwrap())
        };
        let mut wanted: Vec<String> = list(term, "see").iter().map(place).collect();
        if wanted.is_empty() {
            wanted.push(term["address"].as_str().unwrap().to_owned());
        }
        let others = list(term, "variants").iter().chain(list(term, "keywords"));
        for word in others.chain([&term["term"], &term["reading"]]).filter_map(Value::as_str) {
            asked.extend(wanted.iter().map(|place| (word.to_owned(), vec![place.clone()])));
        }
    }
    asked
}

/// Every heading; one that stands in more than five places with the title of its document, as nobody can show six of
/// them among five.
fn headings(titles: &Value) -> Vec<Asked> {
    let documents = list(titles, "documents");
    let sections =
        || documents.iter().flat_map(|document| list(document, "sections").iter().map(move |s| (document, s)));
    let mut count = BTreeMap::<&str, usize>::new();
    for (_, section) in sections() {
        *count.entry(section[2].as_str().unwrap()).or_default() += 1;
    }
    let asked = sections().map(|(document, section)| {
        let (anchor, name) = (section[0].as_str().unwrap(), section[2].as_str().unwrap());
        let title = document["title"].as_str().unwrap();
        let query = if count[name] > 5 { format!("{title} {name}") } else { name.to_owned() };
        (query, vec![address(document, anchor)])
    });
    asked.collect()
}

#[test]
fn what_employees_type_finds_its_article_among_the_first_five() {
    let repo = Repo::new();
    let site = build(&repo);
    let host = Host::of(&site);
    let mut browser = Browser::start();
    browser.window(1280, false);
    browser.open(&format!("{}search.html?q=%E7%B4%9B%E5%A4%B1", host.url));
    browser.wait_for("document.querySelectorAll('.results a').length > 0");
    let titles: Value = serde_json::from_slice(&std::fs::read(site.join("search/titles.json")).unwrap()).unwrap();
    let listed = QUERIES
        .iter()
        .map(|(query, wanted)| ((*query).to_owned(), wanted.iter().map(|place| (*place).to_owned()).collect()));
    let asked: Vec<Asked> = listed.chain(terms(&titles)).chain(headings(&titles)).collect();
    assert!(QUERIES.len() >= 40 && asked.len() > 2000, "{}", asked.len());
    let mut missed = Vec::new();
    for part in asked.chunks(100) {
        let ranks = browser.value(&format!("{RANKS}({})", json!(part)));
        for (rank, (query, wanted)) in ranks.as_array().unwrap().iter().zip(part) {
            if !(1..=5).contains(&rank[0].as_u64().unwrap()) {
                missed.push(format!("{query}: {wanted:?} is number {} behind {}", rank[0], rank[1]));
            }
        }
    }
    assert!(missed.is_empty(), "{} of {}:\n{}", missed.len(), asked.len(), missed.join("\n"));
    assert!(browser.messages.is_empty(), "{:?}", browser.messages);
}

/// A preview of two policies, one of them a draft, and a glossary.
fn small() -> (Repo, Preview) {
    let repo = Repo::new();
    repo.policy("policies/a.md", "P-01", "1.0", "端末を紛失した者は、受付窓口に電話する。ＵＳＢメモリーも同じとする。");
    repo.policy("policies/b.md", "P-02", "1.0", "鍵は金庫に置く。");
    repo.write(
        "records/terms.toml",
        "[[term]]\nterm = \"残留リスク\"\nreading = \"ざんりゅうりすく\"\ndefinition = \"残るリスク\"\nsee = [\"P-02#purpose\"]\n",
    );
    let preview = Preview::of(&repo, repo.path());
    (repo, preview)
}

const ENTER: (&str, u32, &str) = ("Enter", 13, "\r");

fn press(browser: &mut Browser, (key, code, text): (&str, u32, &str)) {
    browser.key(key, code, text);
}

#[test]
fn the_search_box_is_driven_by_the_keyboard_and_waits_for_the_input_method() {
    let (_repo, preview) = small();
    let mut browser = Browser::start();
    browser.window(1280, false);
    browser.open(&format!("{}documents/P-02.html", preview.url));
    press(&mut browser, ("/", 191, "/"));
    assert_eq!(browser.value("document.activeElement.id"), "_search");
    assert_eq!(browser.value("document.activeElement.value"), "", "the key itself is not typed");
    // While the input method has not finished, nothing is searched and Enter belongs to it.
    browser.call("Input.imeSetComposition", json!({"text": "紛失", "selectionStart": 2, "selectionEnd": 2}));
    browser
        .call("Input.dispatchKeyEvent", json!({"type": "rawKeyDown", "key": "Process", "windowsVirtualKeyCode": 229}));
    assert_eq!(browser.value("document.getElementById('_found').hidden"), true);
    browser.type_text("紛失");
    browser.wait_for("document.querySelectorAll('#_found [role=option]').length === 2");
    let first = "document.querySelector('#_found [role=option]')";
    assert_eq!(browser.value(&format!("{first}.querySelector('.label').textContent")), "第1条（目的）");
    assert_eq!(browser.value(&format!("{first}.getAttribute('aria-selected')")), "false");
    press(&mut browser, ("ArrowDown", 40, ""));
    assert_eq!(browser.value(&format!("{first}.getAttribute('aria-selected')")), "true");
    assert_eq!(browser.value("document.activeElement.getAttribute('aria-activedescendant')"), "_found-0");
    press(&mut browser, ("Escape", 27, ""));
    assert_eq!(browser.value("document.getElementById('_found').hidden"), true);
    assert_eq!(browser.value("document.activeElement.getAttribute('aria-expanded')"), "false");
    browser.value("document.getElementById('_search').value = ''");
    browser.type_text("ﾌﾝｼﾂ usbﾒﾓﾘ");
    browser.wait_for("document.querySelector('#_found .label')?.textContent === '第1条（目的）'");
    press(&mut browser, ("ArrowDown", 40, ""));
    press(&mut browser, ENTER);
    browser.wait_for("location.pathname === '/documents/P-01.html' && location.hash === '#purpose'");
    // Enter with nothing chosen shows everything.
    browser.open(&format!("{}index.html", preview.url));
    browser.value("document.getElementById('_search').focus()");
    browser.type_text("鍵");
    press(&mut browser, ENTER);
    browser
        .wait_for("location.pathname === '/search.html' && document.querySelector('.results a')?.hash === '#purpose'");
    assert_eq!(browser.value("new URLSearchParams(location.search).get('q')"), "鍵");
    assert!(browser.messages.is_empty(), "{:?}", browser.messages);
}

#[test]
fn the_search_page_narrows_explains_and_helps_on() {
    let (_repo, preview) = small();
    let mut browser = Browser::start();
    browser.window(390, false);
    browser.open(&format!("{}search.html?q=%E7%B4%9B%E5%A4%B1", preview.url));
    browser.wait_for("document.querySelectorAll('.results > li').length === 1");
    assert_eq!(browser.value("document.querySelector('.results mark').textContent"), "紛失");
    let about = browser.value("document.querySelector('.results .about').textContent");
    assert!(about.as_str().unwrap_or_default().contains("ＵＳＢメモリー"), "shown as written: {about}");
    browser.value(
        "(s => { s.value = 'control'; s.dispatchEvent(new Event('change')) })(document.querySelector('[name=tier]'))",
    );
    browser.wait_for("document.querySelectorAll('.results > li').length === 0");
    assert_eq!(browser.value("new URLSearchParams(location.search).get('tier')"), "control");
    // Nothing found: fewer words, terms that read alike.
    browser.open(&format!("{}search.html?q=%E6%AE%8B%E7%95%99%E5%88%A9%E7%8E%87+%E6%B2%B9%E7%B5%B5", preview.url));
    browser.wait_for("!document.querySelector('[data-help]').hidden && !document.querySelector('[data-near]').hidden");
    assert_eq!(browser.value("document.querySelector('[data-near] a').textContent"), "残留リスク");
    assert_eq!(browser.value("document.querySelectorAll('[data-fewer] a').length"), 2);
    let told = browser.value("document.querySelector('[data-told]').textContent");
    assert_eq!(told, "「残留利率 油絵」は見つかりませんでした");
    assert!(browser.messages.is_empty(), "{:?}", browser.messages);
    // Without scripts there is a sentence in place of the box.
    browser.call("Emulation.setScriptExecutionDisabled", json!({"value": true}));
    browser.open(&format!("{}search.html", preview.url));
    assert_eq!(browser.value("document.querySelector('.search').checkVisibility()"), false);
    let text = browser.value("document.querySelector('main').innerText");
    assert!(text.as_str().unwrap_or_default().contains("検索を使えません"), "{text}");
}

#[test]
fn results_are_narrowed_by_role_and_by_annex_a_control() {
    let repo = Repo::new();
    let policy = |path: &str, id: &str, front: &str, body: &str| {
        let front = format!("id = \"{id}\"\ntitle = \"規程{id}\"\nversion = \"1.0\"\n{front}");
        repo.write(path, format!("+++\n{front}+++\n\n### 目的 {{#purpose}}\n\n{body}\n"));
    };
    let named = "鍵は金庫に置く。\n\n### 紛失 {#loss}\n\n鍵をなくしたときは、[[role:ciso]]に知らせる。";
    policy("policies/a.md", "P-01", "owner = \"office\"\nannex_a = [\"7.2\", \"8.24\"]\n", named);
    policy("policies/b.md", "P-02", "owner = \"ciso\"\nannex_a = [\"8.24\"]\n", "鍵は二人で作る。");
    policy("policies/c.md", "P-03", "owner = \"office\"\naudience = [\"ciso\"]\n", "鍵は毎年替える。");
    let preview = Preview::of(&repo, repo.path());
    let mut browser = Browser::start();
    browser.window(390, false);
    let open = |browser: &mut Browser, asked: &str| browser.open(&format!("{}search.html{asked}", preview.url));
    // All of them, in whatever order they are told.
    let shows = |browser: &mut Browser, expected: &[&str]| {
        let wanted = json!(expected).to_string();
        browser.wait_for(&format!(
            "JSON.stringify([...document.querySelectorAll('.results a')]
               .map(a => a.pathname.split('/').pop().slice(0, 4) + a.hash).sort()) === JSON.stringify({wanted})"
        ));
    };
    let choose = |browser: &mut Browser, name: &str, value: &str| {
        browser.value(&format!(
            "(s => {{ s.value = '{value}'; s.dispatchEvent(new Event('change')) }})(document.querySelector('[name={name}]'))"
        ));
        assert_eq!(browser.value(&format!("document.querySelector('[name={name}]').value")), value, "it is offered");
    };
    open(&mut browser, "?q=%E9%8D%B5");
    let offered = "(name => [...document.querySelector(name).options].map(o => o.value))";
    assert_eq!(browser.value(&format!("{offered}('[name=role]')")), json!(["", "ciso", "office"]));
    assert_eq!(browser.value(&format!("{offered}('[name=control]')")), json!(["", "7.2", "8.24"]));
    shows(&mut browser, &["P-01#loss", "P-01#purpose", "P-02#purpose", "P-03#purpose"]);
    // What a role keeps, must know, or is named in: of the last the section alone.
    choose(&mut browser, "role", "ciso");
    shows(&mut browser, &["P-01#loss", "P-02#purpose", "P-03#purpose"]);
    choose(&mut browser, "control", "8.24");
    shows(&mut browser, &["P-01#loss", "P-02#purpose"]);
    choose(&mut browser, "role", "");
    shows(&mut browser, &["P-01#loss", "P-01#purpose", "P-02#purpose"]);
    choose(&mut browser, "control", "7.2");
    shows(&mut browser, &["P-01#loss", "P-01#purpose"]);
    assert_eq!(browser.value("location.search"), "?q=%E9%8D%B5&control=7.2");
    // The address can be passed on; without words it tells the documents.
    open(&mut browser, "?q=%E9%8D%B5&role=ciso&control=7.2");
    shows(&mut browser, &["P-01#loss"]);
    assert_eq!(browser.value("document.querySelector('[name=role]').value"), "ciso");
    open(&mut browser, "?q=&control=8.24");
    shows(&mut browser, &["P-01", "P-02"]);
    open(&mut browser, "?q=&role=office&control=8.24");
    shows(&mut browser, &["P-01"]);
    // What is not offered filters nothing, and leaves the address.
    browser.value("location.href = 'search.html?q=%E9%8D%B5&role=nobody'");
    shows(&mut browser, &["P-01#loss", "P-01#purpose", "P-02#purpose", "P-03#purpose"]);
    assert_eq!(browser.value("location.search"), "?q=%E9%8D%B5");
    assert!(browser.messages.is_empty(), "{:?}", browser.messages);
}

#[test]
fn only_what_is_published_can_be_found() {
    let repo = Repo::new();
    repo.policy("policies/a.md", "P-01", "1.0", "公開した文面とする。");
    repo.approve("P-01", "2026-03-20", "2026-04-01");
    repo.policy("policies/b.md", "P-02", "1.0", "草案だけの文面とする。");
    repo.commit("制定");
    repo.policy("policies/a.md", "P-01", "2.0", "次の案の文面とする。");
    let find = |site: &Path| {
        let mut found = std::fs::read_to_string(site.join("search/titles.json")).unwrap();
        for entry in std::fs::read_dir(site.join("pagefind/fragment")).unwrap() {
            let bytes = std::fs::read(entry.unwrap().path()).unwrap();
            let mut text = String::new();
            flate2::read::GzDecoder::new(&bytes[..]).read_to_string(&mut text).unwrap();
            found.push_str(&text.replace('\u{200b}', ""));
        }
        ["公開した", "次の案", "草案だけ"].map(|words| found.contains(words))
    };
    repo.good(&["build", "--quiet", "--as-of", DAY, "--out", "public"]);
    assert_eq!(find(&repo.at("public")), [true, false, false]);
    repo.good(&["build", "--quiet", "--as-of", DAY, "--out", "drafts", "--drafts"]);
    assert_eq!(find(&repo.at("drafts")), [false, true, true]);
    repo.good(&["build", "--quiet", "--as-of", DAY, "--out", "again"]);
    let titles = |site: &str| std::fs::read(repo.at(site).join("search/titles.json")).unwrap();
    assert_eq!(titles("public"), titles("again"));
}
