use std::convert::Infallible;
use std::sync::Arc;

use axum::extract::{Request, State};
use axum::http::{HeaderMap, HeaderName, HeaderValue, StatusCode, header};
use axum::middleware::{self, Next};
use axum::response::sse::{Event, KeepAlive, Sse};
use axum::response::{IntoResponse, Response};
use axum::routing::get;
use axum::{Json, Router};
use tokio::net::TcpListener;
use tokio_stream::wrappers::BroadcastStream;
use tokio_stream::{Stream, StreamExt};
use tower::ServiceExt;
use tower_http::services::ServeDir;

use crate::book::Book;
use crate::feed::{Feed, News};

#[derive(Clone)]
struct Shared {
    book: Arc<Book>,
    feed: Arc<Feed>,
    /// What a request to this server names as its host.
    hosts: Arc<[String; 2]>,
}

/// Serves the book and its news until the process ends.
pub async fn serve(listener: TcpListener, book: Arc<Book>, feed: Arc<Feed>) -> std::io::Result<()> {
    let port = listener.local_addr()?.port();
    axum::serve(listener, router(port, book, feed)).await
}

fn router(port: u16, book: Arc<Book>, feed: Arc<Feed>) -> Router {
    let hosts = Arc::new([format!("127.0.0.1:{port}"), format!("localhost:{port}")]);
    let shared = Shared { book, feed, hosts };
    Router::new()
        // On static hosting this is a file of the book that says `false`.
        .route(
            "/workbook.json",
            get(|| async { Json(serde_json::json!({ "live": true })) }),
        )
        .route("/workbook/news", get(news))
        .fallback(page)
        .layer(middleware::from_fn_with_state(
            shared.clone(),
            only_from_this_book,
        ))
        .with_state(shared)
}

/// Refuses what another web page sends, directly or by a name that it made point to this machine.
async fn only_from_this_book(
    State(shared): State<Shared>,
    headers: HeaderMap,
    request: Request,
    next: Next,
) -> Response {
    let value = |name: HeaderName| {
        headers
            .get(name)
            .map(|value| value.to_str().unwrap_or_default())
    };
    let is_here = |host: &str| shared.hosts.iter().any(|own| own == host);
    let host_fits = value(header::HOST).is_some_and(is_here);
    let origin_fits = value(header::ORIGIN)
        .is_none_or(|origin| origin.strip_prefix("http://").is_some_and(is_here));
    if !host_fits || !origin_fits {
        let message = "This server answers only the book that it serves itself.\n";
        return (StatusCode::FORBIDDEN, message).into_response();
    }
    let mut response = next.run(request).await;
    // The book changes while it is read.
    response
        .headers_mut()
        .insert(header::CACHE_CONTROL, HeaderValue::from_static("no-cache"));
    response
}

async fn page(State(shared): State<Shared>, request: Request) -> Response {
    let folder = shared.book.folder();
    let not_found = tower_http::services::ServeFile::new(folder.join("404.html"));
    let served = ServeDir::new(folder)
        .not_found_service(not_found)
        .oneshot(request)
        .await;
    match served {
        Ok(response) => response.into_response(),
        Err(never) => match never {},
    }
}

async fn news(State(shared): State<Shared>) -> Sse<impl Stream<Item = Result<Event, Infallible>>> {
    let (latest, more) = shared.feed.listen();
    // A page that fell behind is cut off; the browser reconnects and is told the latest again.
    let more = BroadcastStream::new(more).map_while(Result::ok);
    let events = tokio_stream::iter(latest).chain(more).map(|news: News| {
        let data = serde_json::to_string(&news).unwrap_or_default();
        Ok(Event::default().data(data))
    });
    Sse::new(events).keep_alive(KeepAlive::default())
}
