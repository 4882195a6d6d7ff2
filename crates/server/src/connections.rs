//! Connections: bounded in number, closed when they are slow, let go in peace when the server ends.

use std::convert::Infallible;
use std::net::SocketAddr;
use std::sync::Arc;
use std::time::Duration;

use axum::Router;
use axum::body::Body;
use axum::http::{Request, Response};
use hyper::body::Incoming;
use hyper::server::conn::http1;
use hyper::service::service_fn;
use hyper_util::rt::{TokioIo, TokioTimer};
use hyper_util::server::graceful::GracefulShutdown;
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::Semaphore;
use tokio_io_timeout::TimeoutStream;
use tower_service::Service;

use crate::routes::Peer;

/// Longest that the head of a request may take to come, from the connection's opening or its last answer.
const HEAD: Duration = Duration::from_secs(15);
/// Longest that the other side may take nothing of an answer.
const STALLED: Duration = Duration::from_secs(30);
/// Longest that open connections are waited for at the end.
const FAREWELL: Duration = Duration::from_secs(5);

/// Serves until `stop`; then lets go of connections that do nothing, and waits a while for the others. `closing` is called
/// in between.
pub async fn serve(
    listener: TcpListener,
    router: Router,
    most: usize,
    stop: impl Future<Output = ()>,
    closing: impl FnOnce(),
) {
    let farewell = GracefulShutdown::new();
    let room = Arc::new(Semaphore::new(most));
    let mut stop = std::pin::pin!(stop);
    loop {
        let place = room.clone().acquire_owned();
        let next = async {
            let place = place.await;
            (place, listener.accept().await)
        };
        tokio::select! {
            () = &mut stop => break,
            (place, accepted) = next => match accepted {
                Ok((stream, peer)) => {
                    let served = connection(stream, peer, router.clone());
                    let served = farewell.watch(served);
                    tokio::spawn(async move {
                        // What goes wrong with a connection is the other side's doing.
                        let _ = served.await;
                        drop(place);
                    });
                }
                // Too many open files, or the like: others must close theirs first.
                Err(_) => tokio::time::sleep(Duration::from_millis(50)).await,
            },
        }
    }
    drop(listener);
    closing();
    let _ = tokio::time::timeout(FAREWELL, farewell.shutdown()).await;
}

/// One connection, HTTP/1.1.
fn connection(
    stream: TcpStream,
    peer: SocketAddr,
    router: Router,
) -> impl hyper_util::server::graceful::GracefulConnection<Error = hyper::Error> + Send {
    let _ = stream.set_nodelay(true);
    let mut timed = TimeoutStream::new(stream);
    timed.set_write_timeout(Some(STALLED));
    let service = service_fn(move |request: Request<Incoming>| {
        let mut router = router.clone();
        async move {
            let (mut parts, body) = request.into_parts();
            parts.extensions.insert(Peer(peer.ip()));
            let request = Request::from_parts(parts, Body::new(body));
            let answer: Result<Response<Body>, Infallible> = router.call(request).await;
            answer
        }
    });
    let mut http = http1::Builder::new();
    http.timer(TokioTimer::new()).header_read_timeout(HEAD);
    http.serve_connection(TokioIo::new(Box::pin(timed)), service)
}
