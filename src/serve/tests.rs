//! The server as a browser and an attacker see it: raw requests over TCP.
#![expect(clippy::disallowed_methods, reason = "edits files as a user does")]

use std::collections::BTreeMap;
use std::fs;
use std::io::{BufRead as _, BufReader, Read as _, Write as _};
use std::net::TcpStream;
use std::sync::Mutex;
use std::sync::mpsc;
use std::thread::JoinHandle;

use super::*;

/// A running server on a port of the system's choice; stops when dropped.
struct Running {
    address: SocketAddr,
    progress: mpsc::Receiver<Text>,
    stop: Option<tokio::sync::oneshot::Sender<()>>,
    thread: Option<JoinHandle<Result<(), ServeError>>>,
}

impl Drop for Running {
    fn drop(&mut self) {
        let _ = self.stop.take().unwrap().send(());
        self.thread.take().unwrap().join().unwrap().unwrap();
    }
}

struct Answer {
    status: u16,
    headers: BTreeMap<String, String>,
    body: Vec<u8>,
}

impl Answer {
    fn text(&self) -> &str {
        std::str::from_utf8(&self.body).unwrap()
    }
}

impl Running {
    fn start(initial: Rebuilt, watch: &[PathBuf], rebuild: impl FnMut(&[PathBuf]) -> Rebuilt + Send + 'static) -> Self {
        let options = Options {
            port: Some(0),
            watch: watch.to_vec(),
            ignore: watch.iter().map(|root| root.join("out")).collect(),
            language: Language::En,
            ..Options::default()
        };
        let server = Server::bind(&options).unwrap();
        let address = server.address;
        let (stop, stopped) = tokio::sync::oneshot::channel::<()>();
        let (sender, progress) = mpsc::channel();
        let thread = std::thread::spawn(move || {
            let tell = move |text| {
                let _ = sender.send(text);
            };
            server.run_until(initial, rebuild, tell, async move {
                let _ = stopped.await;
            })
        });
        Self { address, progress, stop: Some(stop), thread: Some(thread) }
    }

    fn still(initial: Rebuilt) -> Self {
        Self::start(initial, &[], |_| Rebuilt::default())
    }

    fn connect(&self, request: &str) -> BufReader<TcpStream> {
        let mut stream = TcpStream::connect(self.address).unwrap();
        stream.set_read_timeout(Some(Duration::from_secs(10))).unwrap();
        stream.write_all(request.as_bytes()).unwrap();
        BufReader::new(stream)
    }

    /// Sends a request line and headers as they are.
    fn raw(&self, request: &str) -> Answer {
        let mut stream = self.connect(request);
        let (status, headers) = head(&mut stream);
        let mut body = Vec::new();
        stream.read_to_end(&mut body).unwrap();
        Answer { status, headers, body }
    }

    fn ask(&self, line: &str, headers: &str) -> Answer {
        let host = self.address;
        self.raw(&format!("{line} HTTP/1.1\r\nHost: {host}\r\nConnection: close\r\n{headers}\r\n"))
    }

    fn get(&self, path: &str) -> Answer {
        self.ask(&format!("GET {path}"), "")
    }

    /// The next line of progress, by its key.
    fn next_progress(&self) -> &'static str {
        self.progress.recv_timeout(Duration::from_secs(10)).unwrap().key()
    }
}

fn head(stream: &mut BufReader<TcpStream>) -> (u16, BTreeMap<String, String>) {
    let mut line = String::new();
    stream.read_line(&mut line).unwrap();
    let status = line.split(' ').nth(1).unwrap().parse().unwrap();
    let mut headers = BTreeMap::new();
    loop {
        line.clear();
        stream.read_line(&mut line).unwrap();
        match line.trim_end().split_once(": ") {
            Some((name, value)) => headers.insert(name.to_ascii_lowercase(), value.to_owned()),
            None => return (status, headers),
        };
    }
}

fn site(word: &str) -> Artifacts {
    let mut artifacts = Artifacts::default();
    let page = |title: &str| format!("<!doctype html><title>t</title><body class=\"a>b\"><p>{title} {word}</p>");
    artifacts.insert("index.html", page("home")).unwrap();
    artifacts.insert("P-01/index.html", page("policy")).unwrap();
    artifacts.insert("規程/index.html", page("kitei")).unwrap();
    artifacts.insert("404.html", page("missing")).unwrap();
    artifacts.insert("a.css", "body{}").unwrap();
    artifacts.insert("pagefind.wasm", vec![0u8; 3_000_000]).unwrap();
    artifacts
}

fn good(word: &str) -> Rebuilt {
    Rebuilt { artifacts: Some(site(word)), ..Rebuilt::default() }
}

#[test]
fn pages_and_files_come_with_their_type_and_headers() {
    let server = Running::still(good("one"));
    for (path, kind) in [
        ("/", "text/html; charset=utf-8"),
        ("/P-01/", "text/html; charset=utf-8"),
        ("/P-01/index.html?q=1", "text/html; charset=utf-8"),
        ("/%E8%A6%8F%E7%A8%8B/", "text/html; charset=utf-8"),
        ("/a.css", "text/css; charset=utf-8"),
        ("/pagefind.wasm", "application/wasm"),
        ("/_kitei/reload.js?x", "text/javascript; charset=utf-8"),
        ("/_kitei/findings.css", "text/css; charset=utf-8"),
    ] {
        let answer = server.get(path);
        assert_eq!(answer.status, 200, "{path}");
        assert_eq!(answer.headers["content-type"], kind, "{path}");
        assert_eq!(answer.headers["content-length"], answer.body.len().to_string(), "{path}");
        assert_eq!(answer.headers["content-security-policy"], CONTENT_SECURITY_POLICY);
        assert_eq!(answer.headers["x-content-type-options"], "nosniff");
        assert_eq!(answer.headers["referrer-policy"], "no-referrer");
        assert_eq!(answer.headers["cache-control"], "no-store");

        let head = server.ask(&format!("HEAD {path}"), "");
        assert_eq!((head.status, head.body.len()), (200, 0));
        assert_eq!(head.headers["content-length"], answer.body.len().to_string(), "{path}");
    }
    assert_eq!(server.get("/pagefind.wasm").body, vec![0u8; 3_000_000]);
    assert_eq!(server.get("/a.css").text(), "body{}", "only pages get anything added");
    let home = server.get("/");
    assert!(
        home.text().starts_with("<!doctype html><title>t</title><body class=\"a>b\"><script src=\"/_kitei/reload.js?")
    );
    assert!(home.text().ends_with(" defer></script><p>home one</p>"), "{}", home.text());
}

#[test]
fn folders_lead_to_their_index_and_the_rest_to_the_page_404() {
    let server = Running::still(good("one"));
    let folder = server.get("/%E8%A6%8F%E7%A8%8B?a=b");
    assert_eq!((folder.status, folder.headers["location"].as_str()), (308, "/%E8%A6%8F%E7%A8%8B/?a=b"));
    let missing = server.get("/nothing");
    assert_eq!(missing.status, 404);
    assert!(missing.text().contains("missing one") && missing.text().contains("/_kitei/reload.js"));
    assert_eq!(server.get("/a.css/").status, 404);

    let bare = Running::still(Rebuilt { artifacts: Some(Artifacts::default()), ..Rebuilt::default() });
    let missing = bare.get("/");
    assert_eq!(missing.status, 404);
    assert!(missing.text().contains("There is no such page."));
    assert_eq!(missing.headers["content-security-policy"], CONTENT_SECURITY_POLICY);
}

#[test]
fn nothing_outside_the_artifacts_can_be_reached() {
    let server = Running::still(good("one"));
    for path in [
        "/../Cargo.toml",
        "/..",
        "/P-01/../../etc/passwd",
        "/%2e%2e/%2e%2e/etc/passwd",
        "/..%2f..%2fetc/passwd",
        "/..%5c..%5cetc",
        "/..\\..\\etc",
        "//etc/passwd",
        "/P-01//index.html",
        "/index.html%00.css",
        "/%",
        "/%ff",
        "/./index.html",
        "/%0d%0aX-Injected:1",
    ] {
        let answer = server.get(path);
        assert_eq!(answer.status, 400, "{path}");
        assert!(answer.body.is_empty(), "{path}");
    }
    assert_eq!(server.get("//etc/passwd").headers.get("location"), None);
}

#[test]
fn only_own_names_and_origins_are_answered() {
    let server = Running::still(good("one"));
    let port = server.address.port();
    let status = |headers: &str| server.raw(&format!("GET / HTTP/1.1\r\nConnection: close\r\n{headers}\r\n")).status;
    for host in [format!("localhost:{port}"), format!("LOCALHOST:{port}"), format!("[::1]:{port}")] {
        assert_eq!(status(&format!("Host: {host}\r\n")), 200, "{host}");
        assert_eq!(status(&format!("Host: {host}\r\nOrigin: http://{host}\r\n")), 200, "{host}");
    }
    for host in [
        "attacker.example".to_owned(),
        format!("attacker.example:{port}"),
        "localhost".to_owned(),
        "127.0.0.1:1".to_owned(),
        format!("localhost.attacker.example:{port}"),
        format!("127.0.0.2:{port}"),
        format!("user@localhost:{port}"),
        String::new(),
    ] {
        assert_eq!(status(&format!("Host: {host}\r\n")), 421, "{host}");
    }
    assert_eq!(status(""), 421, "no host");
    assert_eq!(status(&format!("Host: localhost:{port}\r\nHost: attacker.example\r\n")), 421, "two hosts");
    let absolute =
        format!("GET http://attacker.example/ HTTP/1.1\r\nHost: localhost:{port}\r\nConnection: close\r\n\r\n");
    assert_eq!(server.raw(&absolute).status, 421);

    let with = |headers: &str| status(&format!("Host: localhost:{port}\r\n{headers}"));
    for origin in [
        "https://attacker.example".to_owned(),
        "null".to_owned(),
        format!("https://localhost:{port}"),
        "http://localhost:1".to_owned(),
        "http://localhost".to_owned(),
        format!("http://127.0.0.1:{port}"),
        String::new(),
    ] {
        assert_eq!(with(&format!("Origin: {origin}\r\n")), 403, "{origin}");
    }
    let from = |site: &str, mode: &str, dest: &str| {
        with(&format!("Sec-Fetch-Site: {site}\r\nSec-Fetch-Mode: {mode}\r\nSec-Fetch-Dest: {dest}\r\n"))
    };
    assert_eq!(from("cross-site", "no-cors", "script"), 403);
    assert_eq!(from("same-site", "no-cors", "image"), 403, "a page of another port");
    assert_eq!(from("cross-site", "navigate", "iframe"), 403);
    assert_eq!(from("cross-site", "navigate", "document"), 200, "a link followed");
    assert_eq!(from("same-origin", "no-cors", "script"), 200);
    assert_eq!(from("none", "navigate", "document"), 200, "typed by hand");
}

#[test]
fn only_reading_is_possible() {
    let server = Running::still(good("one"));
    for method in ["POST", "PUT", "DELETE", "PATCH", "OPTIONS", "TRACE", "PROPFIND"] {
        let answer = server.ask(&format!("{method} /"), "Content-Length: 0\r\n");
        assert_eq!((answer.status, answer.headers["allow"].as_str()), (405, "GET, HEAD"), "{method}");
    }
    assert_eq!(server.raw("nonsense\r\n\r\n").status, 400);
}

fn finding() -> crate::emit::BannerFinding {
    crate::emit::BannerFinding {
        severity: "error",
        path: "policies/<a>.md".to_owned(),
        line: 1,
        column: 2,
        message: "<broken>".to_owned(),
        help: Some("a & b".to_owned()),
    }
}

/// Saves in one step, as a build between truncating and writing would make the number of builds a matter of luck.
fn edit(path: &std::path::Path, text: &str) {
    crate::publish::write_atomic(path, text.as_bytes()).unwrap();
}

/// A server whose site repeats the text of a file; `broken` cannot be built, `defect` panics, `warn` is built and
/// has an error.
fn from_file(folder: &tempfile::TempDir) -> (Running, PathBuf, mpsc::Receiver<Vec<PathBuf>>) {
    let source = folder.path().join("policies/a.md");
    fs::create_dir_all(source.parent().unwrap()).unwrap();
    fs::create_dir_all(folder.path().join(".git")).unwrap();
    fs::create_dir_all(folder.path().join("target/debug")).unwrap();
    fs::create_dir_all(folder.path().join("out")).unwrap();
    edit(&source, "one");
    let (sender, builds) = mpsc::channel();
    let sender = Mutex::new(sender);
    let read = source.clone();
    let server = Running::start(good("one"), &[folder.path().to_owned()], move |changed| {
        let _ = sender.lock().unwrap().send(changed.to_vec());
        let banner = Banner { findings: vec![finding()], ..Banner::default() };
        match fs::read_to_string(&read).unwrap_or_default().as_str() {
            "defect" => panic!("a defect, as the test wants it"),
            "broken" => Rebuilt { banner, errors: 2, ..Rebuilt::default() },
            "warn" => Rebuilt { banner, errors: 1, ..good("warn") },
            word => good(word),
        }
    });
    assert_eq!(server.next_progress(), "serve-listening");
    (server, source, builds)
}

#[test]
fn an_edit_is_built_and_browsers_are_told() {
    let folder = tempfile::tempdir().unwrap();
    let (server, source, builds) = from_file(&folder);
    let home = server.get("/");
    let build = home.text().split("reload.js?").nth(1).unwrap().split('"').next().unwrap().to_owned();
    let listen = |build: &str| {
        let mut stream =
            server.connect(&format!("GET /_kitei/events?{build} HTTP/1.1\r\nHost: {}\r\n\r\n", server.address));
        let (status, headers) = head(&mut stream);
        assert_eq!((status, headers["content-type"].as_str()), (200, "text/event-stream"));
        stream
    };
    let wait = |mut stream: BufReader<TcpStream>| {
        let mut line = String::new();
        while !line.starts_with("event: reload") {
            line.clear();
            assert_ne!(stream.read_line(&mut line).unwrap(), 0, "closed without an event");
        }
    };
    let stream = listen(&build);
    let since = Stopwatch::start();
    edit(&source, "two");
    wait(stream);
    let took = since.elapsed();
    assert!(took < Duration::from_secs(2), "{took:?}");
    assert_eq!(builds.recv().unwrap(), [source.canonicalize().unwrap()]);
    assert_eq!(server.next_progress(), "serve-rebuilt");
    assert!(server.get("/").text().contains("home two"));
    // A page that was loaded before the build and listens only after it.
    wait(listen(&build));
}

#[test]
fn the_last_good_site_stays_beside_the_findings() {
    let folder = tempfile::tempdir().unwrap();
    let (server, source, _builds) = from_file(&folder);
    edit(&source, "broken");
    assert_eq!(server.next_progress(), "serve-kept");
    for (path, status) in [("/", 200), ("/P-01/", 200), ("/nothing", 404)] {
        let page = server.get(path);
        assert_eq!(page.status, status);
        assert!(page.text().contains(" one</p>"), "the last good text stays");
        assert!(
            page.text().contains(
                "<strong>error</strong> <code>policies/&lt;a&gt;.md:1:2</code> &lt;broken&gt;<br>a &amp; b</li>"
            ),
            "the findings stand in the page itself"
        );
        assert!(page.text().contains("Not up to date: the last build stopped at 2 errors"));
    }
    edit(&source, "defect");
    assert_eq!(server.next_progress(), "serve-kept");
    assert!(server.get("/").text().contains("a defect of kitei itself"));
    edit(&source, "warn");
    assert_eq!(server.next_progress(), "serve-rebuilt-with-errors");
    let page = server.get("/");
    assert!(page.text().contains("home warn") && page.text().contains("The last build found one error"));
    edit(&source, "three");
    assert_eq!(server.next_progress(), "serve-rebuilt");
    let page = server.get("/");
    assert!(page.text().contains("home three") && !page.text().contains("kitei-findings"));
}

#[test]
fn without_a_first_site_the_findings_are_shown_alone() {
    let banner = Banner::of_failure("kitei.toml:3 impossible date".to_owned());
    let server = Running::still(Rebuilt { banner, errors: 1, ..Rebuilt::default() });
    for path in ["/", "/P-01/"] {
        let page = server.get(path);
        assert_eq!((page.status, page.headers["content-type"].as_str()), (503, "text/html; charset=utf-8"));
        assert!(page.text().contains("kitei.toml:3 impossible date") && page.text().contains("/_kitei/reload.js"));
    }
}

#[test]
fn only_changes_that_matter_are_built_and_a_burst_only_once() {
    let folder = tempfile::tempdir().unwrap();
    let (server, source, builds) = from_file(&folder);
    for name in
        ["out/index.html", ".git/index", "target/debug/x", "policies/.a.md.swp", "policies/a.md~", "policies/4913"]
    {
        fs::write(folder.path().join(name), "x").unwrap();
    }
    assert!(builds.recv_timeout(Duration::from_millis(200)).is_err(), "none of these");

    for number in 0..20 {
        fs::write(folder.path().join(format!("policies/{number}.md")), "x").unwrap();
    }
    let mut changed = builds.recv_timeout(Duration::from_secs(10)).unwrap();
    let mut number = 1;
    while let Ok(more) = builds.recv_timeout(Duration::from_millis(300)) {
        changed.extend(more);
        number += 1;
    }
    changed.sort();
    changed.dedup();
    assert_eq!(changed.len(), 20);
    assert!(number < 5, "one build for all, or a few on a busy machine: {number}");

    // A folder that is new, at the top and further down.
    fs::create_dir_all(folder.path().join("records/ledger")).unwrap();
    builds.recv_timeout(Duration::from_secs(10)).unwrap();
    let entry = folder.path().join("records/ledger/P-01.toml");
    fs::write(&entry, "x").unwrap();
    assert_eq!(builds.recv_timeout(Duration::from_secs(10)).unwrap(), [entry.canonicalize().unwrap()]);
    fs::remove_file(&source).unwrap();
    edit(&source, "back");
    builds.recv_timeout(Duration::from_secs(10)).unwrap();
    assert!((0..5).any(|_| server.next_progress() == "serve-rebuilt"));
}

#[test]
fn changes_during_a_build_lead_to_one_more() {
    let folder = tempfile::tempdir().unwrap();
    let (started, building) = mpsc::channel();
    let (finish, finished) = mpsc::channel::<()>();
    let source = folder.path().join("a.md");
    let server = Running::start(good("one"), &[folder.path().to_owned()], move |changed| {
        started.send(changed.len()).unwrap();
        let _ = finished.recv();
        good("two")
    });
    edit(&source, "x");
    building.recv_timeout(Duration::from_secs(10)).unwrap();
    for name in ["b.md", "c.md", "d.md"] {
        fs::write(folder.path().join(name), "x").unwrap();
        std::thread::sleep(Duration::from_millis(60));
    }
    assert_eq!(server.get("/").status, 200, "requests are answered meanwhile");
    finish.send(()).unwrap();
    assert_eq!(building.recv_timeout(Duration::from_secs(10)).unwrap(), 3);
    finish.send(()).unwrap();
    assert!(building.recv_timeout(Duration::from_millis(200)).is_err());
}

#[test]
fn a_port_in_use_is_told_and_only_loopback_is_bound() {
    let taken = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).unwrap();
    let port = taken.local_addr().unwrap().port();
    let error = Server::bind(&Options { port: Some(port), ..Options::default() }).unwrap_err();
    assert!(matches!(error, ServeError::PortTaken { port: told } if told == port));
    let first = Server::bind(&Options::default()).unwrap();
    let second = Server::bind(&Options::default()).unwrap();
    assert_ne!(first.address, second.address);
    for address in ["0.0.0.0", "192.0.2.1", "::"] {
        let options = Options { address: address.parse().unwrap(), ..Options::default() };
        assert!(matches!(Server::bind(&options), Err(ServeError::NotLoopback { .. })), "{address}");
    }
    let catalogue = Catalogue::new(Language::En);
    assert!(catalogue.text(&error.text()).contains("--port"));
}

#[test]
fn files_that_come_later_are_waited_for_and_given_up_with_their_build() {
    let (release, released) = mpsc::channel::<()>();
    let (gone, went) = mpsc::channel();
    let released = Mutex::new(released);
    let slow = Later::new("index/", move |_| {
        released.lock().unwrap().recv().unwrap();
        let mut artifacts = Artifacts::default();
        artifacts.insert("index/words", "here").unwrap();
        Some(artifacts)
    });
    let server = Running::still(Rebuilt { later: Some(slow), ..good("word") });
    assert_eq!(server.get("/index.html").status, 200, "pages do not wait");
    let asked =
        server.connect(&format!("GET /index/words HTTP/1.1\r\nHost: {}\r\nConnection: close\r\n\r\n", server.address));
    release.send(()).unwrap();
    let text: String = asked.lines().map_while(Result::ok).collect();
    assert!(text.starts_with("HTTP/1.1 200") && text.ends_with("here"), "{text}");
    assert_eq!(server.get("/index/none").status, 404);
    // A state that is replaced takes its unfinished files with it.
    let gone = Mutex::new(gone);
    let endless = Later::new("index/", move |go_on| {
        while go_on() {
            std::thread::sleep(Duration::from_millis(1));
        }
        gone.lock().unwrap().send(()).unwrap();
        None
    });
    let site = Site::first(Rebuilt { later: Some(endless), ..good("one") });
    let next = site.next(good("two")).unwrap();
    drop(site);
    went.recv_timeout(Duration::from_secs(10)).unwrap();
    assert!(next.next(good("two")).is_none());
}
