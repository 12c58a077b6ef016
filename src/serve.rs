//! A preview on this machine: the site from memory over HTTP, built again after every change.
//!
//! What to build is the caller's; this module watches, answers browsers and tells
//! them to reload. It listens on loopback only, answers nobody but pages it has served itself ([`guard`]), and knows
//! no files but the artifacts in memory. The last good site stays beside the findings of a build that failed.

mod guard;
mod later;
mod page;
mod respond;
mod watch;

use std::io;
use std::net::{IpAddr, Ipv4Addr, SocketAddr, TcpListener};
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::PathBuf;
use std::sync::Arc;
use std::time::Duration;

use tokio::sync::watch as latest;

use crate::clock::Stopwatch;
use crate::emit::Banner;
use crate::locale::{Catalogue, Language, Text};
use crate::markup::template::TemplateError;
use crate::publish::Artifacts;

pub use later::Later;
pub use respond::CONTENT_SECURITY_POLICY;
use respond::{Service, Site};
use watch::Watch;

/// The port tried first where none is asked for.
pub const DEFAULT_PORT: u16 = 8000;

/// How many ports from the default on are tried.
const PORTS_TRIED: u16 = 10;

/// How long open connections may go on after the stop.
const FAREWELL: Duration = Duration::from_millis(200);

/// Where to listen and what to watch.
#[derive(Debug, Clone)]
pub struct Options {
    /// A loopback address.
    pub address: IpAddr,
    /// The port, or none for the first free one from [`DEFAULT_PORT`] on; 0 leaves the choice to the system.
    pub port: Option<u16>,
    /// Folders in which a change calls for a new build.
    pub watch: Vec<PathBuf>,
    /// Files and folders in which it does not, beside hidden ones, `target` and temporary files of editors.
    pub ignore: Vec<PathBuf>,
    /// The language of the few pages that are not the site's own.
    pub language: Language,
}

impl Default for Options {
    fn default() -> Self {
        Self {
            address: Ipv4Addr::LOCALHOST.into(),
            port: None,
            watch: Vec::new(),
            ignore: Vec::new(),
            language: Language::default(),
        }
    }
}

/// The outcome of a build.
#[derive(Debug, Clone, Default)]
pub struct Rebuilt {
    /// The site; none where it could not be built, and the last good one stays.
    pub artifacts: Option<Artifacts>,
    /// Files of the site that are still to be made.
    pub later: Option<Later>,
    /// What was found, to stand on every page.
    pub banner: Banner,
    /// How many errors are among it.
    pub errors: usize,
}

/// Why there is no preview.
#[derive(Debug)]
pub enum ServeError {
    /// Another program listens on the port that was asked for.
    PortTaken {
        /// The port.
        port: u16,
    },
    /// The address can be reached from other machines.
    NotLoopback {
        /// The address.
        address: IpAddr,
    },
    /// A template of the preview's own pages is wrong: a fault of the program, which its tests find.
    Template {
        /// What is wrong.
        error: TemplateError,
    },
    /// The system refused.
    Io {
        /// What it says.
        error: io::Error,
    },
}

impl ServeError {
    /// The message.
    pub fn text(&self) -> Text {
        match self {
            Self::PortTaken { port } => Text::new("serve-port-taken").arg("port", port.to_string()),
            Self::NotLoopback { address } => Text::new("serve-not-loopback").arg("address", address.to_string()),
            Self::Template { error } => error.text(),
            Self::Io { error } => Text::new("serve-cannot-listen").arg("error", error.to_string()),
        }
    }
}

impl From<TemplateError> for ServeError {
    fn from(error: TemplateError) -> Self {
        Self::Template { error }
    }
}

impl From<io::Error> for ServeError {
    fn from(error: io::Error) -> Self {
        Self::Io { error }
    }
}

/// A server that listens and watches but does not answer yet.
///
/// It watches from here on, so that an edit during the first build is not missed.
#[derive(Debug)]
pub struct Server {
    listener: TcpListener,
    address: SocketAddr,
    language: Language,
    watch: Watch,
    unwatched: Vec<Text>,
}

impl Server {
    /// Takes the port and begins to watch.
    pub fn bind(options: &Options) -> Result<Self, ServeError> {
        if !options.address.is_loopback() {
            return Err(ServeError::NotLoopback { address: options.address });
        }
        let listener = listen(options.address, options.port)?;
        let address = listener.local_addr()?;
        let (watch, unwatched) = Watch::start(&options.watch, &options.ignore);
        Ok(Self { listener, address, language: options.language, watch, unwatched })
    }

    /// Where a browser finds the site.
    pub fn url(&self) -> String {
        format!("http://{}/", self.address)
    }

    /// Serves until Ctrl-C.
    ///
    /// `rebuild` gets the paths that changed and runs on a thread of its own; changes that come while it runs are
    /// collected for one more run. `progress` gets a line for the terminal now and then.
    pub fn run(
        self,
        initial: Rebuilt,
        rebuild: impl FnMut(&[PathBuf]) -> Rebuilt + Send + 'static,
        progress: impl Fn(Text) + Send + 'static,
    ) -> Result<(), ServeError> {
        self.run_until(initial, rebuild, progress, async {
            if tokio::signal::ctrl_c().await.is_err() {
                // Without a handler Ctrl-C still ends the process the hard way.
                std::future::pending::<()>().await;
            }
        })
    }

    /// Serves until `stop` is done.
    fn run_until(
        self,
        initial: Rebuilt,
        rebuild: impl FnMut(&[PathBuf]) -> Rebuilt + Send + 'static,
        progress: impl Fn(Text) + Send + 'static,
        stop: impl Future<Output = ()> + Send + 'static,
    ) -> Result<(), ServeError> {
        let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build()?;
        progress(Text::new("serve-listening").arg("url", self.url()));
        for text in self.unwatched {
            progress(text);
        }
        let (sender, receiver) = latest::channel(Arc::new(Site::first(initial)));
        let catalogue = Catalogue::new(self.language);
        let pages = page::Pages::new(catalogue)?;
        let service = Service::new(receiver, guard::Guard::new(self.address), pages);
        let stop_watching = self.watch.stopper();
        std::thread::Builder::new()
            .name("rebuild".to_owned())
            .spawn(move || rebuild_on_change(self.watch, &sender, rebuild, progress, &catalogue))?;

        let served = runtime.block_on(async move {
            self.listener.set_nonblocking(true)?;
            let listener = tokio::net::TcpListener::from_std(self.listener)?;
            let (stopping, stopped) = tokio::sync::oneshot::channel();
            let server = axum::serve(listener, service.router()).with_graceful_shutdown(async move {
                stop.await;
                let _ = stopping.send(());
            });
            tokio::select! {
                result = server.into_future() => result,
                // Pages listen for reloads on connections that never end by themselves.
                () = async { let _ = stopped.await; tokio::time::sleep(FAREWELL).await } => Ok(()),
            }
        });
        stop_watching.stop();
        Ok(served?)
    }
}

/// Builds after each burst of changes until the watch ends.
fn rebuild_on_change(
    mut watch: Watch,
    sender: &latest::Sender<Arc<Site>>,
    mut rebuild: impl FnMut(&[PathBuf]) -> Rebuilt,
    progress: impl Fn(Text),
    catalogue: &Catalogue,
) {
    while let Some(changed) = watch.next() {
        let since = Stopwatch::start();
        // A defect that one edit brings to light must not end the preview of all others.
        let rebuilt = catch_unwind(AssertUnwindSafe(|| rebuild(&changed)));
        let milliseconds = i64::try_from(since.elapsed().as_millis()).unwrap_or(i64::MAX);
        let rebuilt = rebuilt.unwrap_or_else(|_| Rebuilt {
            artifacts: None,
            later: None,
            banner: Banner::of_failure(catalogue.get("serve-panicked")),
            errors: 1,
        });
        let outcome = match (&rebuilt.artifacts, rebuilt.errors) {
            (None, errors) => Text::new("serve-kept").arg("errors", errors),
            (Some(_), 0) => Text::new("serve-rebuilt").arg("milliseconds", milliseconds),
            (Some(_), errors) => {
                Text::new("serve-rebuilt-with-errors").arg("milliseconds", milliseconds).arg("errors", errors)
            }
        };
        sender.send_if_modified(|site| match site.next(rebuilt) {
            Some(next) => {
                *site = Arc::new(next);
                true
            }
            None => false,
        });
        progress(outcome);
    }
}

fn listen(address: IpAddr, port: Option<u16>) -> Result<TcpListener, ServeError> {
    let ports = match port {
        Some(port) => port..=port,
        None => DEFAULT_PORT..=DEFAULT_PORT + PORTS_TRIED - 1,
    };
    for port in ports {
        match TcpListener::bind((address, port)) {
            Ok(listener) => return Ok(listener),
            Err(error) if error.kind() == io::ErrorKind::AddrInUse => {}
            Err(error) => return Err(error.into()),
        }
    }
    Err(ServeError::PortTaken { port: port.unwrap_or(DEFAULT_PORT) })
}

#[cfg(test)]
mod tests;
