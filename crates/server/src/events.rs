//! Answers that come in pieces: server-sent events (HTML standard §9.2).

use std::pin::Pin;
use std::task::{Context, Poll};
use std::time::Duration;

use axum::body::{Body, Bytes};
use axum::http::HeaderValue;
use axum::http::header::{CACHE_CONTROL, CONTENT_TYPE};
use axum::response::Response;
use http_body::Frame;
use tokio::sync::mpsc::{UnboundedReceiver, UnboundedSender, unbounded_channel};
use tokio::time::{Interval, MissedTickBehavior, interval};

/// Something is sent at least so often, so that a connection that is gone shows.
const PULSE: Duration = Duration::from_secs(15);

/// Where events are put. Once nobody reads them any more, [`Outlet::closed`] says so.
#[derive(Clone, Debug)]
pub struct Outlet(UnboundedSender<Bytes>);

impl Outlet {
    /// Sends an event with a name and its data, JSON on one line.
    pub fn send(&self, name: &str, data: &str) {
        let _ = self
            .0
            .send(Bytes::from(format!("event: {name}\ndata: {data}\n\n")));
    }

    /// Whether nobody reads any more.
    pub fn closed(&self) -> bool {
        self.0.is_closed()
    }

    /// Waits until nobody reads any more.
    pub async fn left(&self) {
        self.0.closed().await;
    }
}

struct Events {
    received: UnboundedReceiver<Bytes>,
    pulse: Interval,
}

/// An answer of events, and where to put them.
#[must_use]
pub fn events() -> (Outlet, Response) {
    let (outlet, received) = unbounded_channel();
    let mut pulse = interval(PULSE);
    pulse.set_missed_tick_behavior(MissedTickBehavior::Delay);
    pulse.reset();
    let mut response = Response::new(Body::new(Events { received, pulse }));
    let headers = response.headers_mut();
    headers.insert(CONTENT_TYPE, HeaderValue::from_static("text/event-stream"));
    headers.insert(CACHE_CONTROL, HeaderValue::from_static("no-store"));
    (Outlet(outlet), response)
}

impl http_body::Body for Events {
    type Data = Bytes;
    type Error = std::convert::Infallible;

    fn poll_frame(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
    ) -> Poll<Option<Result<Frame<Bytes>, Self::Error>>> {
        if let Poll::Ready(piece) = self.received.poll_recv(context) {
            return Poll::Ready(piece.map(|piece| Ok(Frame::data(piece))));
        }
        match self.pulse.poll_tick(context) {
            Poll::Ready(_) => Poll::Ready(Some(Ok(Frame::data(Bytes::from_static(b": \n\n"))))),
            Poll::Pending => Poll::Pending,
        }
    }
}
