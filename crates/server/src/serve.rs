//! Opens the workbench for a folder and serves it.

use std::net::{IpAddr, Ipv4Addr, SocketAddr, TcpListener, ToSocketAddrs, UdpSocket};
use std::path::{Path, PathBuf};
use std::sync::Arc;

use sha2::{Digest, Sha256};

use crate::assets::{Assets, PAGE, import_maps};
use crate::connections;
use crate::desk::{Desk, Limits, cores};
use crate::folder::{Folder, hex};
use crate::guard::{Guard, secret};
use crate::queue::{Queue, Room};
use crate::routes::routes;
use crate::store::Store;

/// How much may wait to be worked out.
const ROOM: Room = Room {
    each: 32,
    all: 4_096,
};
/// Parsers go deep.
const STACK: usize = 16 << 20;

/// What to serve, and to whom.
#[derive(Clone, Debug, Default)]
pub struct Options {
    /// A folder with scenarios, or one of them.
    pub served: PathBuf,
    /// Address or name to listen at; this machine alone where nothing is said. With it a token is needed.
    pub host: Option<String>,
    /// Port; a free one for 0.
    pub port: u16,
    /// Names beside addresses under which browsers may know the server.
    pub names: Vec<String>,
    /// The token; a random one where nothing is said and one is needed.
    pub token: Option<String>,
    /// Where drafts and games are kept; in the user's folder for such things where nothing is said.
    pub state: Option<PathBuf>,
    /// Takes the page's files from this folder instead of the program.
    pub assets: Option<PathBuf>,
}

/// Why nothing is served.
#[derive(Debug, thiserror::Error)]
pub enum ServeError {
    /// The folder cannot be served.
    #[error("cannot serve {0}: {1}")]
    Folder(PathBuf, std::io::Error),
    /// The address cannot be listened at.
    #[error("cannot listen at {0}: {1}")]
    Address(String, std::io::Error),
    /// Drafts and games cannot be kept.
    #[error(
        "cannot keep drafts and games in {0}: {1}\n  help: if another `detente serve` has this folder open, end it or give `--state DIR`"
    )]
    State(PathBuf, crate::store::StoreError),
    /// There is no folder for drafts and games.
    #[error("there is no folder of yours to keep drafts and games in: give `--state DIR`")]
    Homeless,
    /// The system refuses something that every server needs.
    #[error("the system refuses: {0}")]
    System(std::io::Error),
}

/// A workbench that listens.
pub struct Server {
    desk: Arc<Desk>,
    listener: TcpListener,
    scripts: Vec<String>,
    token: Option<String>,
    address: SocketAddr,
}

impl Server {
    /// Opens the workbench: from now on connections wait for [`Server::run`].
    ///
    /// # Errors
    /// The folder, the address or the store are not to be had.
    pub fn open(options: &Options) -> Result<Server, ServeError> {
        let (root, first) = served(&options.served)
            .map_err(|error| ServeError::Folder(options.served.clone(), error))?;
        let limits = match options.host {
            None => Limits::ALONE,
            Some(_) => Limits::SHARED,
        };
        let folder = Folder::open(&root, limits.text)
            .map_err(|error| ServeError::Folder(options.served.clone(), error))?;
        let listener = listen(options)?;
        let address = listener.local_addr().map_err(ServeError::System)?;
        let state = match &options.state {
            Some(state) => state.clone(),
            None => state_of(folder.root()).ok_or(ServeError::Homeless)?,
        };
        let store = Store::open(&state).map_err(|error| ServeError::State(state, error))?;
        let assets = options
            .assets
            .clone()
            .map_or(Assets::Embedded, Assets::Folder);
        let page = assets.get(PAGE).map(|page| page.bytes.into_owned());
        let page = page.map(|page| String::from_utf8_lossy(&page).into_owned());
        let token =
            match (&options.token, &options.host) {
                (Some(token), _) => Some(token.clone()),
                (None, Some(_)) => Some(secret().map_err(|error| {
                    ServeError::System(std::io::Error::other(error.to_string()))
                })?),
                (None, None) => None,
            };
        let names = options.names.iter().chain(&options.host).cloned().collect();
        let guard = Guard::new(names, token.as_deref());
        let queue = Queue::new(cores(), ROOM).map_err(ServeError::System)?;
        Ok(Server {
            desk: Arc::new(Desk::new(
                folder, first, store, assets, guard, queue, limits,
            )),
            listener,
            scripts: page.as_deref().map(import_maps).unwrap_or_default(),
            token,
            address,
        })
    }

    /// Where it listens.
    #[must_use]
    pub fn address(&self) -> SocketAddr {
        self.address
    }

    /// Link to the page, with the token where one is needed.
    #[must_use]
    pub fn link(&self) -> String {
        let ip = match self.address.ip() {
            ip if ip.is_unspecified() => outward().unwrap_or(Ipv4Addr::LOCALHOST.into()),
            ip => ip,
        };
        let at = SocketAddr::new(ip, self.address.port());
        match &self.token {
            Some(token) => format!("http://{at}/?token={token}"),
            None => format!("http://{at}/"),
        }
    }

    /// Serves until the program is asked to end (Ctrl-C, SIGTERM).
    ///
    /// # Errors
    /// The system refuses something that every server needs.
    pub fn run(self) -> std::io::Result<()> {
        self.run_until(asked_to_end())
    }

    /// Serves until `stop`.
    ///
    /// # Errors
    /// The system refuses something that every server needs.
    pub fn run_until(self, stop: impl Future<Output = ()>) -> std::io::Result<()> {
        let runtime = tokio::runtime::Builder::new_multi_thread()
            .worker_threads(cores().min(4))
            .thread_stack_size(STACK)
            .enable_all()
            .build()?;
        let Server {
            desk,
            listener,
            scripts,
            ..
        } = self;
        runtime.block_on(async {
            listener.set_nonblocking(true)?;
            let listener = tokio::net::TcpListener::from_std(listener)?;
            let router = routes(desk.clone(), &scripts);
            let closing = || desk.close();
            connections::serve(listener, router, desk.limits.connections, stop, closing).await;
            Ok(())
        })
    }
}

/// The folder that is served, and the file in it to open first.
fn served(path: &Path) -> std::io::Result<(PathBuf, Option<String>)> {
    if path.metadata()?.is_dir() {
        return Ok((path.to_owned(), None));
    }
    let file = path.canonicalize()?;
    let folder = file.parent().unwrap_or(Path::new("/")).to_owned();
    let name = file
        .file_name()
        .map(|name| name.to_string_lossy().into_owned());
    Ok((folder, name))
}

fn listen(options: &Options) -> Result<TcpListener, ServeError> {
    let host = options.host.as_deref().unwrap_or("127.0.0.1");
    let wrong = |error| ServeError::Address(format!("{host}:{}", options.port), error);
    let found = (host, options.port).to_socket_addrs().map_err(wrong)?;
    let found: Vec<SocketAddr> = found.collect();
    TcpListener::bind(found.as_slice()).map_err(wrong)
}

/// Address of this machine in its network. Nothing is sent for it.
fn outward() -> Option<IpAddr> {
    let socket = UdpSocket::bind((Ipv4Addr::UNSPECIFIED, 0)).ok()?;
    // An address that is kept for documentation (RFC 5737).
    socket.connect((Ipv4Addr::new(192, 0, 2, 1), 9)).ok()?;
    Some(socket.local_addr().ok()?.ip())
}

/// Where drafts and games of a folder are kept: in the user's folder for what programs keep.
fn state_of(root: &Path) -> Option<PathBuf> {
    let set = |name: &str| {
        std::env::var_os(name)
            .filter(|value| !value.is_empty())
            .map(PathBuf::from)
    };
    let kept = set("XDG_STATE_HOME")
        .filter(|path| path.is_absolute())
        .or_else(|| set("LOCALAPPDATA"));
    let kept = kept.or_else(|| Some(std::env::home_dir()?.join(".local/state")))?;
    let folder = hex(&Sha256::digest(root.as_os_str().as_encoded_bytes()));
    Some(kept.join("detente").join(&folder[..16]))
}

/// Waits until the program is asked to end.
async fn asked_to_end() {
    let interrupted = tokio::signal::ctrl_c();
    #[cfg(unix)]
    {
        let ended = tokio::signal::unix::signal(tokio::signal::unix::SignalKind::terminate());
        let Ok(mut ended) = ended else {
            let _ = interrupted.await;
            return;
        };
        tokio::select! {
            _ = interrupted => {}
            _ = ended.recv() => {}
        }
    }
    #[cfg(not(unix))]
    {
        let _ = interrupted.await;
    }
}
