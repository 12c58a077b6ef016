//! A static host on this machine: the files of a folder, with the headers that `docs/hosting.md` asks for.

use std::io::{BufRead, BufReader, Write};
use std::net::{TcpListener, TcpStream};
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

/// A host that answers until the test ends.
pub struct Host {
    /// Its address, with a slash at the end.
    pub url: String,
    down: Arc<AtomicBool>,
}

impl Host {
    /// Serves a folder.
    pub fn of(folder: &Path) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").expect("a port");
        let url = format!("http://{}/", listener.local_addr().expect("an address"));
        let down = Arc::new(AtomicBool::new(false));
        let (folder, dead) = (folder.to_owned(), Arc::clone(&down));
        std::thread::spawn(move || {
            for stream in listener.incoming().map_while(Result::ok) {
                let (folder, dead) = (folder.clone(), Arc::clone(&dead));
                std::thread::spawn(move || answer(&stream, &folder, &dead));
            }
        });
        Self { url, down }
    }

    /// From now on every connection is cut, as when the network is gone.
    pub fn go_down(&self) {
        self.down.store(true, Ordering::SeqCst);
    }
}

fn answer(mut stream: &TcpStream, folder: &Path, down: &AtomicBool) {
    let mut lines = BufReader::new(stream).lines().map_while(Result::ok);
    while let Some(first) = lines.next() {
        while lines.next().is_some_and(|line| !line.is_empty()) {}
        if down.load(Ordering::SeqCst) {
            return;
        }
        let path = first.split(' ').nth(1).unwrap_or("/");
        let path = path.split(['?', '#']).next().unwrap_or("/").trim_start_matches('/');
        let path = if path.is_empty() { "index.html" } else { path };
        assert!(!path.contains(".."), "{path}");
        let (status, file) = match std::fs::read(folder.join(PathBuf::from(path))) {
            Ok(bytes) => ("200 OK", bytes),
            Err(_) => ("404 Not Found", std::fs::read(folder.join("404.html")).unwrap_or_default()),
        };
        let kind = match path.rsplit('.').next() {
            Some("html") => "text/html; charset=utf-8",
            Some("js") => "text/javascript; charset=utf-8",
            Some("css") => "text/css; charset=utf-8",
            Some("json") => "application/json",
            Some("svg") => "image/svg+xml",
            Some("webmanifest") => "application/manifest+json",
            _ if status.starts_with("404") => "text/html; charset=utf-8",
            _ => "application/octet-stream",
        };
        let head = format!(
            "HTTP/1.1 {status}\r\nContent-Type: {kind}\r\nContent-Length: {}\r\nContent-Security-Policy: {}\r\nX-Content-Type-Options: nosniff\r\nCache-Control: no-cache\r\n\r\n",
            file.len(),
            kitei::site::CONTENT_SECURITY_POLICY,
        );
        if stream.write_all(head.as_bytes()).and_then(|()| stream.write_all(&file)).is_err() {
            return;
        }
    }
}
