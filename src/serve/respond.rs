//! From a request to an answer: which artifact, with which headers.

use std::collections::BTreeMap;
use std::convert::Infallible;
use std::sync::Arc;
use std::time::Duration;

use axum::Router;
use axum::body::{Body, Bytes};
use axum::extract::{Request, State};
use axum::http::request::Parts;
use axum::http::{HeaderName, HeaderValue, Method, StatusCode, Uri, header};
use axum::response::sse::{Event, KeepAlive, Sse};
use axum::response::{IntoResponse as _, Response};
use tokio::sync::watch as latest;
use tokio_stream::StreamExt as _;
use tokio_stream::wrappers::WatchStream;

use super::Rebuilt;
use super::guard::Guard;
use super::later::{Coming, Later};
use super::page::Pages;
use crate::emit::Banner;

pub use crate::site::CONTENT_SECURITY_POLICY;

/// The state of the preview after one build.
#[derive(Debug)]
pub(super) struct Site {
    /// The last good artifacts; none where no build has succeeded yet.
    files: Option<Arc<BTreeMap<String, Bytes>>>,
    /// Files that come after them.
    coming: Option<Coming>,
    /// Whether a later build than that of the files has failed.
    stale: bool,
    /// What the last build found.
    pub(super) banner: Banner,
    /// How many errors are among it.
    pub(super) errors: usize,
    generation: u64,
}

impl Site {
    /// The state after the first build.
    pub(super) fn first(rebuilt: Rebuilt) -> Self {
        let coming = rebuilt.later.clone().map(Later::begin);
        Self { coming, ..Self::of(rebuilt) }
    }

    fn of(rebuilt: Rebuilt) -> Self {
        let stale = rebuilt.artifacts.is_none();
        let files = rebuilt.artifacts.map(|artifacts| Arc::new(shared(artifacts.into_files())));
        Self { files, coming: None, stale, banner: rebuilt.banner, errors: rebuilt.errors, generation: 0 }
    }

    /// The state after one more build; none where a browser would see no difference.
    pub(super) fn next(&self, rebuilt: Rebuilt) -> Option<Self> {
        let generation = self.generation + 1;
        let later = rebuilt.later.clone();
        let mut next = Self { generation, ..Self::of(rebuilt) };
        if next.files.is_none() {
            next.files.clone_from(&self.files);
        }
        let same = (&next.files, next.stale, &next.banner, next.errors)
            == (&self.files, self.stale, &self.banner, self.errors);
        if same {
            return None;
        }
        // The last good files go with the pages they belong to.
        next.coming = if next.stale { self.coming.clone() } else { later.map(Later::begin) };
        Some(next)
    }

    /// Whether the files are older than the findings.
    pub(super) fn is_stale(&self) -> bool {
        self.stale
    }

    /// Names this state to a browser; differs after a restart of the server, too.
    pub(super) fn token(&self) -> String {
        format!("{}-{}", std::process::id(), self.generation)
    }

    fn file(&self, path: &str) -> Option<&Bytes> {
        self.files.as_ref()?.get(path)
    }
}

fn shared(files: BTreeMap<String, Vec<u8>>) -> BTreeMap<String, Bytes> {
    files.into_iter().map(|(path, bytes)| (path, Bytes::from(bytes))).collect()
}

/// Answers requests from the latest state.
#[derive(Clone)]
pub(super) struct Service {
    site: latest::Receiver<Arc<Site>>,
    guard: Arc<Guard>,
    pages: Arc<Pages>,
}

impl Service {
    pub(super) fn new(site: latest::Receiver<Arc<Site>>, guard: Guard, pages: Pages) -> Self {
        Self { site, guard: Arc::new(guard), pages: Arc::new(pages) }
    }

    pub(super) fn router(self) -> Router {
        Router::new()
            .fallback(|State(service): State<Self>, request: Request| async move {
                let (parts, _) = request.into_parts();
                service.respond(&parts).await
            })
            .with_state(self)
    }

    async fn respond(&self, request: &Parts) -> Response {
        let mut response = match self.guard.refusal(&request.method, &request.uri, &request.headers) {
            Some(status) => {
                let mut response = status.into_response();
                if status == StatusCode::METHOD_NOT_ALLOWED {
                    response.headers_mut().insert(header::ALLOW, HeaderValue::from_static("GET, HEAD"));
                }
                response
            }
            None => match self.coming(&request.uri).await {
                Some(response) => response,
                None => self.answer(&request.uri),
            },
        };
        for (name, value) in [
            (header::CONTENT_SECURITY_POLICY, CONTENT_SECURITY_POLICY),
            (header::X_CONTENT_TYPE_OPTIONS, "nosniff"),
            (header::REFERRER_POLICY, "no-referrer"),
            (header::CACHE_CONTROL, "no-store"),
            (HeaderName::from_static("cross-origin-resource-policy"), "same-origin"),
        ] {
            response.headers_mut().insert(name, HeaderValue::from_static(value));
        }
        if request.method == Method::HEAD {
            // The length was set from the body and stays.
            *response.body_mut() = Body::empty();
        }
        response
    }

    /// A file that comes after the pages, once it is there.
    async fn coming(&self, uri: &Uri) -> Option<Response> {
        let path = decode(uri.path())?;
        let coming = self.site.borrow().coming.clone().filter(|coming| coming.holds(&path))?;
        Some(file(&path, coming.file(&path).await?))
    }

    fn answer(&self, uri: &Uri) -> Response {
        let site = Arc::clone(&self.site.borrow());
        match uri.path() {
            "/_kitei/reload.js" => return file("reload.js", Bytes::from_static(include_bytes!("reload.js"))),
            "/_kitei/findings.css" => return file("findings.css", Bytes::from_static(include_bytes!("findings.css"))),
            "/_kitei/events" => return self.events(uri.query().unwrap_or_default()),
            _ => {}
        }
        let Some(path) = decode(uri.path()) else {
            return StatusCode::BAD_REQUEST.into_response();
        };
        if site.files.is_none() {
            let page = self.pages.sentence("serve-no-site", &site);
            return with_status(StatusCode::SERVICE_UNAVAILABLE, file("x.html", page.into()));
        }
        let name = if path.is_empty() || path.ends_with('/') { format!("{path}index.html") } else { path };
        if let Some(bytes) = site.file(&name) {
            return self.artifact(&name, bytes, &site);
        }
        if site.file(&format!("{name}/index.html")).is_some() {
            // Relative links on the page count from its folder.
            let query = uri.query().map(|query| format!("?{query}")).unwrap_or_default();
            if let Ok(location) = HeaderValue::try_from(format!("{}/{query}", uri.path())) {
                return (StatusCode::PERMANENT_REDIRECT, [(header::LOCATION, location)]).into_response();
            }
        }
        let missing = match site.file("404.html") {
            Some(bytes) => self.artifact("404.html", bytes, &site),
            None => file("x.html", self.pages.sentence("serve-not-found", &site).into()),
        };
        with_status(StatusCode::NOT_FOUND, missing)
    }

    fn artifact(&self, name: &str, bytes: &Bytes, site: &Site) -> Response {
        if name.ends_with(".html") {
            file(name, self.pages.decorate(bytes, site).into())
        } else {
            file(name, bytes.clone())
        }
    }

    /// Says `reload` to a page of any other state than the latest, now or when the next one comes.
    fn events(&self, seen: &str) -> Response {
        let seen = seen.to_owned();
        let stream = WatchStream::new(self.site.clone()).filter_map(move |site| {
            let token = site.token();
            (token != seen).then(|| Ok::<_, Infallible>(Event::default().event("reload").data(token)))
        });
        // The comments also show a connection whose browser is gone.
        Sse::new(stream).keep_alive(KeepAlive::new().interval(Duration::from_secs(15))).into_response()
    }
}

fn with_status(status: StatusCode, mut response: Response) -> Response {
    *response.status_mut() = status;
    response
}

fn file(name: &str, bytes: Bytes) -> Response {
    let headers = [
        (header::CONTENT_TYPE, HeaderValue::from_static(media_type(name))),
        (header::CONTENT_LENGTH, HeaderValue::from(bytes.len())),
    ];
    (headers, bytes).into_response()
}

/// The path of an artifact from the path of a request: without the first slash, percent-decoded. Nothing for what is
/// no path in a site; a browser has resolved `..` before it asks.
fn decode(path: &str) -> Option<String> {
    let mut bytes = Vec::with_capacity(path.len());
    let mut rest = path.strip_prefix('/')?.bytes();
    while let Some(byte) = rest.next() {
        bytes.push(match byte {
            b'%' => {
                let high = char::from(rest.next()?).to_digit(16)?;
                let low = char::from(rest.next()?).to_digit(16)?;
                u8::try_from(high * 16 + low).ok()?
            }
            byte => byte,
        });
    }
    let path = String::from_utf8(bytes).ok()?;
    let folder = path.strip_suffix('/').unwrap_or(&path);
    let is_part =
        |part: &str| !matches!(part, "" | "." | "..") && !part.contains('\\') && !part.contains(char::is_control);
    (path.is_empty() || folder.split('/').all(is_part)).then_some(path)
}

/// The media type by the file's extension.
fn media_type(name: &str) -> &'static str {
    match name.rsplit_once('.').map_or("", |(_, extension)| extension) {
        "html" => "text/html; charset=utf-8",
        "css" => "text/css; charset=utf-8",
        "js" | "mjs" => "text/javascript; charset=utf-8",
        "json" => "application/json",
        "webmanifest" => "application/manifest+json",
        "wasm" => "application/wasm",
        "svg" => "image/svg+xml",
        "png" => "image/png",
        "jpg" | "jpeg" => "image/jpeg",
        "gif" => "image/gif",
        "webp" => "image/webp",
        "avif" => "image/avif",
        "ico" => "image/x-icon",
        "woff2" => "font/woff2",
        "woff" => "font/woff",
        "txt" | "toml" => "text/plain; charset=utf-8",
        "md" => "text/markdown; charset=utf-8",
        "csv" => "text/csv; charset=utf-8",
        "ics" => "text/calendar; charset=utf-8",
        "xml" => "application/xml",
        "atom" => "application/atom+xml",
        "pdf" => "application/pdf",
        "zip" => "application/zip",
        "xlsx" => "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
        _ => "application/octet-stream",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_request_path_is_decoded_or_refused() {
        assert_eq!(decode("/").as_deref(), Some(""));
        assert_eq!(decode("/P-01/").as_deref(), Some("P-01/"));
        assert_eq!(decode("/%E8%A6%8F%E7%A8%8B/a%20b.html").as_deref(), Some("規程/a b.html"));
        assert_eq!(decode("/a..b/..c").as_deref(), Some("a..b/..c"));
        for path in [
            "",
            "x",
            "//",
            "//x",
            "/a//b",
            "/..",
            "/../x",
            "/a/../../x",
            "/a/..",
            "/./a",
            "/%2e%2e/x",
            "/a%2f..%2fb",
            "/a%5cb",
            "/a\\b",
            "/a%00",
            "/a%0d%0ab",
            "/%",
            "/%4",
            "/%zz",
            "/%+1",
            "/%ff",
        ] {
            assert_eq!(decode(path), None, "{path}");
        }
    }
}
