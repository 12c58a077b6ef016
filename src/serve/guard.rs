//! Who may ask: only a browser on this machine, for pages that this server has given it.
//!
//! Loopback alone keeps nobody out. A page of any site can send requests to it, and with a name of its own that
//! resolves to 127.0.0.1 even read the answers; drafts would leave the machine.

use std::net::SocketAddr;

use axum::http::{HeaderMap, HeaderName, Method, StatusCode, Uri, header};

/// What a request must say to be answered.
#[derive(Debug)]
pub(super) struct Guard {
    hosts: Vec<String>,
}

impl Guard {
    /// For a server at an address.
    pub(super) fn new(address: SocketAddr) -> Self {
        let port = address.port();
        let mut hosts = vec![address.to_string()];
        hosts.extend(["localhost", "127.0.0.1", "[::1]"].map(|name| format!("{name}:{port}")));
        if port == 80 {
            // Browsers leave out the port that goes without saying.
            hosts.extend(["localhost", "127.0.0.1", "[::1]"].map(str::to_owned));
        }
        Self { hosts }
    }

    /// The status with which a request is refused, if it is.
    pub(super) fn refusal(&self, method: &Method, uri: &Uri, headers: &HeaderMap) -> Option<StatusCode> {
        let mut hosts = headers.get_all(header::HOST).iter();
        let host = match (hosts.next().map(|host| host.to_str()), hosts.next()) {
            (Some(Ok(host)), None) if self.is_ours(host) => host,
            _ => return Some(StatusCode::MISDIRECTED_REQUEST),
        };
        // A request line may name a host as well, and it counts for more.
        if uri.authority().is_some_and(|authority| !self.is_ours(authority.as_str())) {
            return Some(StatusCode::MISDIRECTED_REQUEST);
        }
        let own_origin = format!("http://{host}");
        let foreign = |origin: &axum::http::HeaderValue| {
            !origin.to_str().is_ok_and(|origin| origin.eq_ignore_ascii_case(&own_origin))
        };
        if headers.get_all(header::ORIGIN).iter().any(foreign) || is_embedded_elsewhere(headers) {
            return Some(StatusCode::FORBIDDEN);
        }
        if method != Method::GET && method != Method::HEAD {
            return Some(StatusCode::METHOD_NOT_ALLOWED);
        }
        None
    }

    fn is_ours(&self, host: &str) -> bool {
        self.hosts.iter().any(|ours| ours.eq_ignore_ascii_case(host))
    }
}

/// Whether a page of another origin loads this as an image, a script or a frame. Such requests bear no `Origin`.
/// Following a link to here is fine.
fn is_embedded_elsewhere(headers: &HeaderMap) -> bool {
    let says = |name: &'static str, value: &str| {
        headers.get(HeaderName::from_static(name)).is_some_and(|found| found.as_bytes() == value.as_bytes())
    };
    let elsewhere = says("sec-fetch-site", "cross-site") || says("sec-fetch-site", "same-site");
    elsewhere && !(says("sec-fetch-mode", "navigate") && says("sec-fetch-dest", "document"))
}
