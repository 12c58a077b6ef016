//! A headless browser over the DevTools protocol: just enough to open pages, look at them and listen to the console.

use std::io::{BufRead, BufReader};
use std::net::TcpStream;
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

use serde_json::{Value, json};
use tungstenite::stream::MaybeTlsStream;
use tungstenite::{Message, WebSocket};

use super::scratch;

/// How long anything may take before a test fails. Far above what a page needs, so that a busy machine fails no test.
const PATIENCE: Duration = Duration::from_secs(120);

/// A running browser with one page.
pub struct Browser {
    child: Child,
    socket: WebSocket<MaybeTlsStream<TcpStream>>,
    session: String,
    next: u64,
    /// Console messages, uncaught errors and violations of the security policy since the page was opened.
    pub messages: Vec<String>,
    /// Addresses that were asked for since the page was opened.
    pub requests: Vec<String>,
    _profile: tempfile::TempDir,
}

impl Browser {
    /// Starts the browser that `CHROME` names.
    pub fn start() -> Self {
        let program = std::env::var("CHROME").expect("CHROME names the browser; ./test finds or installs one");
        let profile = scratch();
        let mut child = Command::new(program)
            .args([
                "--headless",
                "--no-sandbox",
                "--disable-gpu",
                "--disable-quic",
                "--no-first-run",
                "--hide-scrollbars",
            ])
            .args([
                "--disable-background-networking",
                "--disable-component-update",
                "--disable-sync",
                "--disable-extensions",
            ])
            .args(["--remote-debugging-port=0", "about:blank"])
            .arg(format!("--user-data-dir={}", profile.path().display()))
            .stdout(Stdio::null())
            .stderr(Stdio::piped())
            .spawn()
            .expect("the browser starts");
        let stderr = child.stderr.take().expect("stderr is piped");
        let mut lines = BufReader::new(stderr).lines();
        let address = lines
            .by_ref()
            .map_while(Result::ok)
            .find_map(|line| line.strip_prefix("DevTools listening on ").map(str::to_owned))
            .expect("the browser tells its address");
        // What else it says is read, or it would block one day.
        std::thread::spawn(move || lines.map_while(Result::ok).for_each(drop));
        let (socket, _) = tungstenite::connect(&address).expect("the browser listens");
        if let MaybeTlsStream::Plain(stream) = socket.get_ref() {
            stream.set_read_timeout(Some(Duration::from_millis(100))).expect("a timeout");
        }
        let mut browser = Self {
            child,
            socket,
            session: String::new(),
            next: 0,
            messages: Vec::new(),
            requests: Vec::new(),
            _profile: profile,
        };
        let target = browser.call("Target.createTarget", json!({"url": "about:blank"}));
        let session = browser.call("Target.attachToTarget", json!({"targetId": target["targetId"], "flatten": true}));
        browser.session = session["sessionId"].as_str().expect("a session").to_owned();
        for domain in ["Page", "Runtime", "Log", "Network"] {
            browser.call(&format!("{domain}.enable"), json!({}));
        }
        browser
    }

    /// Calls a method of the protocol and returns its result.
    pub fn call(&mut self, method: &str, params: Value) -> Value {
        self.next += 1;
        let id = self.next;
        let mut message = json!({"id": id, "method": method, "params": params});
        if !self.session.is_empty() {
            message["sessionId"] = json!(self.session);
        }
        self.socket.send(Message::text(message.to_string())).expect("the browser listens");
        let start = Instant::now();
        loop {
            assert!(start.elapsed() < PATIENCE, "{method} does not return");
            let Some(message) = self.receive() else { continue };
            if message["id"] == json!(id) {
                assert!(message["error"].is_null(), "{method}: {}", message["error"]);
                return message["result"].clone();
            }
        }
    }

    /// The next message, if one comes soon. Events are noted.
    fn receive(&mut self) -> Option<Value> {
        let text = match self.socket.read() {
            Ok(message) => message.into_text().ok()?,
            Err(tungstenite::Error::Io(_)) => return None,
            Err(error) => panic!("the browser has gone: {error}"),
        };
        let message: Value = serde_json::from_str(&text).expect("the protocol is JSON");
        match message["method"].as_str() {
            Some("Runtime.consoleAPICalled" | "Runtime.exceptionThrown") => {
                self.messages.push(message["params"].to_string())
            }
            Some("Log.entryAdded") => self.messages.push(message["params"]["entry"].to_string()),
            Some("Network.requestWillBeSent") => {
                self.requests.push(message["params"]["request"]["url"].as_str().unwrap_or_default().to_owned());
            }
            _ => {}
        }
        Some(message)
    }

    /// Width of the window in CSS pixels, and whether the user prefers dark.
    pub fn window(&mut self, width: u32, dark: bool) {
        let metrics = json!({"width": width, "height": 900, "deviceScaleFactor": 1, "mobile": width < 600});
        self.call("Emulation.setDeviceMetricsOverride", metrics);
        let scheme = if dark { "dark" } else { "light" };
        self.call(
            "Emulation.setEmulatedMedia",
            json!({"features": [{"name": "prefers-color-scheme", "value": scheme}]}),
        );
    }

    /// Opens an address and waits until it is loaded.
    pub fn open(&mut self, address: &str) {
        self.messages.clear();
        self.requests.clear();
        self.call("Page.navigate", json!({"url": address}));
        let wanted = address.to_owned();
        self.wait_for(&format!("document.readyState === 'complete' && location.href === {}", json!(wanted)));
    }

    /// Presses and releases a key, by the name and code that the page is told; `text` is what it types.
    pub fn key(&mut self, key: &str, code: u32, text: &str) {
        for kind in ["keyDown", "keyUp"] {
            let event = json!({"type": kind, "key": key, "windowsVirtualKeyCode": code, "text": text});
            self.call("Input.dispatchKeyEvent", event);
        }
    }

    /// Types text into what has the focus, as if it were pasted.
    pub fn type_text(&mut self, text: &str) {
        self.call("Input.insertText", json!({"text": text}));
    }

    /// Evaluates an expression in the page.
    pub fn value(&mut self, expression: &str) -> Value {
        let result = self
            .call("Runtime.evaluate", json!({"expression": expression, "returnByValue": true, "awaitPromise": true}));
        assert!(result["exceptionDetails"].is_null(), "{expression}: {}", result["exceptionDetails"]);
        result["result"]["value"].clone()
    }

    /// The page as a printer gets it.
    pub fn printed(&mut self) -> Printed {
        let result = self.call("Page.printToPDF", json!({"preferCSSPageSize": true}));
        let encoded = result["data"].as_str().expect("a file");
        Printed::read(&decode(encoded))
    }

    /// Waits until an expression is true.
    pub fn wait_for(&mut self, expression: &str) {
        let start = Instant::now();
        // While a page is being replaced there is nothing to evaluate in; that is no fault.
        loop {
            self.next += 1;
            let params = json!({"expression": expression, "returnByValue": true});
            let message =
                json!({"id": self.next, "method": "Runtime.evaluate", "params": params, "sessionId": self.session});
            let id = self.next;
            self.socket.send(Message::text(message.to_string())).expect("the browser listens");
            let value = loop {
                assert!(start.elapsed() < PATIENCE, "never true: {expression}");
                if let Some(message) = self.receive().filter(|message| message["id"] == json!(id)) {
                    break message["result"]["result"]["value"].clone();
                }
            };
            if value == json!(true) {
                return;
            }
            std::thread::sleep(Duration::from_millis(20));
        }
    }
}

/// What a printed file tells about its sheets.
pub struct Printed {
    /// How many there are.
    pub pages: usize,
    /// Size of the first one, in points.
    pub width: f64,
    /// Height of the first one.
    pub height: f64,
}

impl Printed {
    /// The page objects of a PDF of this browser stand uncompressed.
    fn read(bytes: &[u8]) -> Self {
        let text = String::from_utf8_lossy(bytes);
        let pages = text.matches("/Type /Page\n").count();
        let sheet = text.split("/MediaBox [").nth(1).and_then(|rest| rest.split(']').next()).expect("a sheet");
        let sizes: Vec<f64> = sheet.split_whitespace().filter_map(|size| size.parse().ok()).collect();
        Self { pages, width: sizes[2], height: sizes[3] }
    }
}

fn decode(text: &str) -> Vec<u8> {
    const DIGITS: &[u8] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    let values = text.bytes().filter_map(|byte| DIGITS.iter().position(|digit| *digit == byte));
    let mut out = Vec::with_capacity(text.len());
    let (mut bits, mut held) = (0_usize, 0);
    for value in values {
        bits = bits << 6 | value;
        held += 6;
        if held >= 8 {
            held -= 8;
            out.push(u8::try_from(bits >> held & 255).expect("eight bits"));
        }
    }
    out
}

impl Drop for Browser {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}
