//! What a first visit costs: bytes, requests, largest contentful paint on a processor four times as slow, layout shift.
//!
//! `CHROME=… cargo test --test it figures:: -- --ignored --nocapture` prints the table of `docs/hosting.md`.

use std::io::Write as _;
use std::path::Path;

use crate::support::Repo;
use crate::support::browser::Browser;
use crate::support::host::Host;

const PAGES: [(&str, &str); 3] =
    [("home", "index.html"), ("a long policy (P-05)", "documents/P-05.html"), ("Annex A matrix", "annex-a.html")];

/// How often each page is opened; the middle value counts.
const RUNS: usize = 5;

/// Milliseconds until the largest contentful paint, and the sum of layout shifts until half a second after it.
const PAINT: &str = "new Promise((done) => setTimeout(() => {
  let [paint, shift] = [0, 0];
  new PerformanceObserver((list) => list.getEntries().forEach((e) => (paint = e.startTime))).observe({type: 'largest-contentful-paint', buffered: true});
  new PerformanceObserver((list) => list.getEntries().forEach((e) => (shift += e.value))).observe({type: 'layout-shift', buffered: true});
  setTimeout(() => done([paint, shift]), 100);
}, 500))";

fn compressed(bytes: &[u8]) -> usize {
    let mut encoder = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::default());
    encoder.write_all(bytes).unwrap();
    encoder.finish().unwrap().len()
}

#[test]
#[ignore = "a measurement: its times depend on the machine"]
#[expect(clippy::disallowed_macros, reason = "a measurement prints its table")]
fn first_visits() {
    let repo = Repo::new();
    let root = env!("CARGO_MANIFEST_DIR");
    let out = repo.at("public");
    repo.good(&["build", "--quiet", "--root", root, "--out", out.to_str().unwrap(), "--as-of", "2026-11-20"]);
    let host = Host::of(&out);
    println!(
        "| | bytes, compressed | requests | largest contentful paint, CPU 4× slower | layout shift |\n|---|---|---|---|---|"
    );
    for (name, page) in PAGES {
        let (mut paints, mut shifts, mut requests, mut bytes) = (Vec::new(), 0.0_f64, 0, 0);
        for _ in 0..RUNS {
            // A new browser: nothing is cached, and no page has been opened before.
            let mut browser = Browser::start();
            browser.window(390, false);
            browser.call("Emulation.setCPUThrottlingRate", serde_json::json!({"rate": 4}));
            browser.open(&format!("{}{page}", host.url));
            let measured = browser.value(PAINT);
            paints.push(measured[0].as_f64().unwrap());
            shifts = shifts.max(measured[1].as_f64().unwrap());
            // What the browser keeps for a day without a network comes after the page.
            let before_worker = browser.requests.iter().take_while(|url| !url.ends_with("sw.js"));
            let paths: Vec<&str> = before_worker.filter_map(|url| url.strip_prefix(&host.url)).collect();
            requests = paths.len();
            bytes = paths.iter().map(|path| compressed(&std::fs::read(out.join(Path::new(path))).unwrap())).sum();
            assert!(browser.messages.is_empty(), "{page}: {:?}", browser.messages);
        }
        paints.sort_by(f64::total_cmp);
        println!("| {name} | {bytes} | {requests} | {:.0} ms | {shifts:.3} |", paints[RUNS / 2]);
        assert!(bytes < 100_000, "{page}: {bytes} bytes");
        assert!(shifts < 0.001, "{page} moves while it is loaded: {shifts}");
    }
}
