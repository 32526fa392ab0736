//! The connections of a server: who says nothing is cut off, and who sends too much is told so.

use std::convert::Infallible;
use std::net::SocketAddr;
use std::time::Duration;

use axum::Router;
use axum::body::Body;
use axum::extract::{ConnectInfo, Request};
use axum::http::StatusCode;
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};
use futures_util::StreamExt;
use hyper::body::Incoming;
use hyper::service::service_fn;
use hyper_util::rt::{TokioIo, TokioTimer};
use tokio::net::TcpListener;
use tower::ServiceExt;

/// Whoever sends slower than this is cut off.
const TIMEOUT: Duration = Duration::from_secs(10);

/// Bytes of a request's head at the most.
const LARGEST_HEAD: usize = 16 * 1024;

/// How long nothing is accepted after that failed.
const REST: Duration = Duration::from_millis(500);

/// Of a body that is too large so many bytes are read and thrown away: whoever sends it hears the answer only then.
const DRAINED: usize = 64 * 1024 * 1024;

/// Answers requests until the process ends; `tell` is told what keeps somebody from connecting. A request has its sender's
/// address with it, as [`ConnectInfo`].
pub async fn serve(listener: TcpListener, router: Router, tell: impl Fn(String)) -> Infallible {
    let mut http = hyper::server::conn::http1::Builder::new();
    http.timer(TokioTimer::new())
        .header_read_timeout(TIMEOUT)
        .max_buf_size(LARGEST_HEAD);
    loop {
        let (stream, peer) = match listener.accept().await {
            Ok(accepted) => accepted,
            Err(error) => {
                // Too many files are open, as a rule: those that say nothing will be closed.
                tell(format!("a connection was not accepted: {error}"));
                tokio::time::sleep(REST).await;
                continue;
            }
        };
        let router = router.clone();
        let service = service_fn(move |request: hyper::Request<Incoming>| {
            let mut request = request.map(Body::new);
            request
                .extensions_mut()
                .insert(ConnectInfo::<SocketAddr>(peer));
            router.clone().oneshot(request)
        });
        tokio::spawn(http.serve_connection(TokioIo::new(stream), service));
    }
}

/// Passes on a request when the whole of its body is there, of `LARGEST` bytes at the most.
pub async fn with_a_whole_body<const LARGEST: usize>(request: Request, next: Next) -> Response {
    let (head, body) = request.into_parts();
    let read = tokio::time::timeout(TIMEOUT, read(body, LARGEST));
    let problem = match read.await {
        Ok(Ok(Some(body))) => return next.run(Request::from_parts(head, body.into())).await,
        Ok(Ok(None)) => (
            StatusCode::PAYLOAD_TOO_LARGE,
            format!("this is too large: {LARGEST} bytes at the most are taken"),
        ),
        Ok(Err(error)) => (StatusCode::BAD_REQUEST, error.to_string()),
        Err(_) => (StatusCode::REQUEST_TIMEOUT, "this took too long".into()),
    };
    problem.into_response()
}

/// The body; none if it is larger than `largest`.
async fn read(body: Body, largest: usize) -> Result<Option<Vec<u8>>, axum::Error> {
    let mut chunks = body.into_data_stream();
    let (mut kept, mut length) = (Vec::new(), 0);
    while let Some(chunk) = chunks.next().await {
        let chunk = chunk?;
        length += chunk.len();
        if length > DRAINED {
            break;
        }
        if length <= largest {
            kept.extend_from_slice(&chunk);
        }
    }
    Ok((length <= largest).then_some(kept))
}
