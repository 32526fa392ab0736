//! What the board answers: verdicts from learners who know the code, and its page on this machine alone.

use std::convert::Infallible;
use std::net::{IpAddr, SocketAddr};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use axum::extract::rejection::JsonRejection;
use axum::extract::{ConnectInfo, DefaultBodyLimit, Request, State};
use axum::http::{HeaderMap, HeaderName, HeaderValue, StatusCode, header};
use axum::middleware::{self, Next};
use axum::response::sse::{Event, KeepAlive, Sse};
use axum::response::{Html, IntoResponse, Response};
use axum::routing::{get, post};
use axum::{Json, Router};
use serde::Serialize;
use tokio::net::TcpListener;
use tokio::sync::watch;
use tokio_stream::wrappers::WatchStream;
use tokio_stream::{Stream, StreamExt};

use crate::code;
use crate::outline::Outline;
use crate::store::{Answer, Arrived, Change, Store, Unchanged};
use crate::summary;
use crate::writer::{Trouble, Writer};
use common::connections::{self, with_a_whole_body};
use common::key::{Key, page_that_leads_to};
use common::sending::{LARGEST, Receipt, Sending};

/// A page is told what is new as often as this.
const TICK: Duration = Duration::from_millis(500);

const PAGE: &str = include_str!("board.html");
const SCRIPT: &str = include_str!("board.js");
const STYLE: &str = include_str!("board.css");

/// The page needs nothing but itself.
const POLICY: &str = "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'; img-src data:; \
                      base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

/// What is served.
pub struct Board {
    /// Where it listens.
    pub address: SocketAddr,
    /// The class's join code.
    pub code: String,
    /// The command with which a learner joins.
    pub join: String,
    /// Who has it sees the page.
    pub key: Key,
    writer: Writer,
    /// For what the instructor changes.
    store: Arc<Mutex<Store>>,
    news: watch::Receiver<Arc<News>>,
}

impl Board {
    /// A board on `store`, whose threads end with it.
    pub fn new(
        store: Store,
        outline: Outline,
        address: SocketAddr,
        code: String,
        join: String,
        key: Key,
    ) -> anyhow::Result<Board> {
        let outline = Arc::new(outline);
        let trouble = Trouble::default();
        let news = tell(
            store.again()?,
            Arc::clone(&outline),
            join.clone(),
            trouble.clone(),
        )?;
        let changes = Arc::new(Mutex::new(store.again()?));
        let writer = Writer::start(store, outline, trouble);
        Ok(Board {
            address,
            code,
            join,
            key,
            writer,
            store: changes,
            news,
        })
    }

    /// Whether an address is this machine's: where a board listens on one address of the network, its own
    /// browser comes from that one.
    fn is_here(&self, peer: IpAddr) -> bool {
        let peer = peer.to_canonical();
        peer.is_loopback() || peer == self.address.ip()
    }

    fn is_host(&self, host: &str) -> bool {
        let port = self.address.port();
        let own = [
            format!("127.0.0.1:{port}"),
            format!("localhost:{port}"),
            format!("[::1]:{port}"),
            self.address.to_string(),
        ];
        // A browser leaves out the port that it takes for granted.
        own.iter()
            .any(|own| own == host || own.strip_suffix(":80") == Some(host))
    }
}

/// What a page shows: the latest of the class, at this moment of this machine's clock.
#[derive(Serialize)]
struct Snapshot<'a> {
    now: i64,
    #[serde(flatten)]
    news: &'a News,
}

#[derive(Serialize)]
struct News {
    join: String,
    /// Why nothing new is kept.
    trouble: Option<String>,
    #[serde(flatten)]
    summary: summary::Summary,
}

/// Reads the class whenever it has changed, until nobody is left to tell.
fn tell(
    mut store: Store,
    outline: Arc<Outline>,
    join: String,
    written: Trouble,
) -> anyhow::Result<watch::Receiver<Arc<News>>> {
    let read = move |store: &mut Store, trouble: Option<String>| {
        let summary =
            summary::read(&mut store.connection, &outline).map_err(|error| store.error(&error))?;
        let join = join.clone();
        Ok::<_, anyhow::Error>(Arc::new(News {
            join,
            trouble,
            summary,
        }))
    };
    // SQLite's count of what other connections have committed, another process's `--clear` included.
    let version = |store: &Store| {
        let version = store
            .connection
            .pragma_query_value(None, "data_version", |row| row.get::<_, i64>(0));
        version.map_err(|error| store.error(&error))
    };
    let mut sent = (version(&store)?, None);
    let (send, news) = watch::channel(read(&mut store, None)?);
    std::thread::spawn(move || {
        let mut lost = None;
        let mut reported = None;
        loop {
            std::thread::sleep(TICK);
            if send.is_closed() {
                return;
            }
            if store.is_in_place() {
                lost = None;
            } else if lost.is_none() {
                let line = store.rescue();
                runner::say_error(&line);
                lost = Some(line);
            }
            let trouble = lost.clone().or_else(|| written.get());
            let latest = version(&store).and_then(|version| {
                let now = (version, trouble);
                if now != sent {
                    send.send_replace(read(&mut store, now.1.clone())?);
                    sent = now;
                }
                Ok(())
            });
            let problem = latest.err().map(|error| format!("{error:#}"));
            if let Some(problem) = problem
                .as_ref()
                .filter(|new| reported.as_ref() != Some(*new))
            {
                runner::say_error(problem);
            }
            reported = problem;
        }
    });
    Ok(news)
}

/// Serves the board until the process ends. Whoever connects and says nothing is cut off.
pub async fn serve(listener: TcpListener, board: Board) -> Infallible {
    connections::serve(listener, router(board), runner::say_error).await
}

/// The board's routes. A request must carry its sender's address, [`ConnectInfo`].
pub fn router(board: Board) -> Router {
    let board = Arc::new(board);
    let page = |kind, text| get(move || async move { ([(header::CONTENT_TYPE, kind)], text) });
    let here = middleware::from_fn_with_state(Arc::clone(&board), only_for_the_instructor);
    let pages = Router::new()
        .route("/", page("text/html; charset=utf-8", PAGE))
        .route("/board.js", page("text/javascript; charset=utf-8", SCRIPT))
        .route("/board.css", page("text/css; charset=utf-8", STYLE))
        .route("/news", get(news))
        .route("/change", post(change))
        .route_layer(here);
    let verdicts = Router::new()
        .route("/verdicts", post(take))
        .layer(DefaultBodyLimit::disable())
        .layer(middleware::from_fn(with_a_whole_body::<LARGEST>));
    Router::new()
        .merge(pages)
        .merge(verdicts)
        .fallback(|| async { (StatusCode::NOT_FOUND, HOW_TO_JOIN) })
        .with_state(board)
}

const HOW_TO_JOIN: &str = "This is a class board. Join it from your workbook's folder:\n\n    \
                           cargo workbook --join URL --as NAME\n";

const HOW_TO_OPEN: &str =
    "This is a class board. Its instructor opens it at the address that the terminal shows.\n";

/// The page shows names, which the room need not read, nor whoever else uses this machine. A name that another page made
/// point here is no host of ours.
async fn only_for_the_instructor(
    State(board): State<Arc<Board>>,
    ConnectInfo(peer): ConnectInfo<SocketAddr>,
    headers: HeaderMap,
    request: Request,
    next: Next,
) -> Response {
    let host = headers
        .get(header::HOST)
        .and_then(|host| host.to_str().ok());
    if !board.is_here(peer.ip()) || !host.is_some_and(|host| board.is_host(host)) {
        return (StatusCode::FORBIDDEN, HOW_TO_JOIN).into_response();
    }
    // A page of another port of this machine has the cookie sent along, and says itself where it comes from.
    let is_own = |origin: &HeaderValue| {
        let origin = origin.to_str().unwrap_or_default();
        let host = origin.strip_prefix("http://");
        host.is_some_and(|host| board.is_host(host))
    };
    if !headers.get(header::ORIGIN).is_none_or(is_own) {
        return (StatusCode::FORBIDDEN, HOW_TO_OPEN).into_response();
    }
    let cookies = headers.get_all(header::COOKIE).iter();
    let mut cookies = cookies.filter_map(|cookies| cookies.to_str().ok());
    let mut response = match board.key.is_brought(request.uri().query()) {
        Some(true) => {
            let cookie = [(header::SET_COOKIE, board.key.set_cookie())];
            (cookie, Html(page_that_leads_to(request.uri().path()))).into_response()
        }
        None if cookies.any(|cookies| board.key.is_among(cookies)) => next.run(request).await,
        _ => (StatusCode::FORBIDDEN, HOW_TO_OPEN).into_response(),
    };
    let headers: [(HeaderName, &'static str); 3] = [
        (header::CONTENT_SECURITY_POLICY, POLICY),
        (header::X_CONTENT_TYPE_OPTIONS, "nosniff"),
        (header::CACHE_CONTROL, "no-store"),
    ];
    for (name, value) in headers {
        response
            .headers_mut()
            .insert(name, HeaderValue::from_static(value));
    }
    response
}

/// What the instructor changes on the page.
async fn change(
    State(board): State<Arc<Board>>,
    change: Result<Json<Change>, JsonRejection>,
) -> Response {
    let change = match change {
        Ok(Json(change)) => change,
        Err(rejection) => return refused(rejection.status(), &rejection.body_text()),
    };
    let store = Arc::clone(&board.store);
    let made = tokio::task::spawn_blocking(move || {
        let mut store = store.lock().unwrap_or_else(PoisonError::into_inner);
        store.change(change)
    });
    let problem = match made.await {
        Ok(Ok(())) => return StatusCode::NO_CONTENT.into_response(),
        Ok(Err(problem)) => problem,
        Err(error) => return refused(StatusCode::INTERNAL_SERVER_ERROR, &error.to_string()),
    };
    let status = match problem {
        Unchanged::NoSuchLearner => StatusCode::NOT_FOUND,
        Unchanged::NameTaken => StatusCode::CONFLICT,
        Unchanged::File(_) => StatusCode::SERVICE_UNAVAILABLE,
    };
    refused(status, &problem.to_string())
}

async fn take(
    State(board): State<Arc<Board>>,
    ConnectInfo(peer): ConnectInfo<SocketAddr>,
    headers: HeaderMap,
    sending: Result<Json<Sending>, JsonRejection>,
) -> Response {
    let brought = headers
        .get(header::AUTHORIZATION)
        .and_then(|brought| brought.to_str().ok());
    let brought = brought
        .and_then(|brought| brought.strip_prefix("Bearer "))
        .unwrap_or_default();
    if !code::same(&board.code, brought) {
        return refused(
            StatusCode::UNAUTHORIZED,
            "the code is not this class's: ask for the line to join with",
        );
    }
    let sending = match sending {
        Ok(Json(sending)) => sending,
        Err(rejection) => return refused(rejection.status(), &rejection.body_text()),
    };
    if let Some(problem) = sending.problem() {
        return refused(StatusCode::UNPROCESSABLE_ENTITY, &problem);
    }
    let from = peer.ip();
    let (status, why) = match board.writer.keep(Arrived { from, sending }).await {
        Some(Answer::Kept { unknown }) => return Json(Receipt { unknown }).into_response(),
        Some(Answer::NameTaken) => (
            StatusCode::CONFLICT,
            "somebody in this class has this name, or one that looks like it: end this workbook, and start it with another --as NAME",
        ),
        Some(Answer::Full) => (StatusCode::FORBIDDEN, "this class is full"),
        Some(Answer::Closed) => (
            StatusCode::FORBIDDEN,
            "this class takes nobody new now: ask your instructor",
        ),
        Some(Answer::Removed) => (
            StatusCode::FORBIDDEN,
            "your instructor has removed you from this class, and can let you in again",
        ),
        Some(Answer::Wait) => (
            StatusCode::TOO_MANY_REQUESTS,
            "too many join at this moment; your workbook tries again by itself",
        ),
        None => (
            StatusCode::SERVICE_UNAVAILABLE,
            "the board cannot write its file now",
        ),
    };
    refused(status, why)
}

fn refused(status: StatusCode, why: &str) -> Response {
    (status, why.to_owned()).into_response()
}

async fn news(
    State(board): State<Arc<Board>>,
) -> Sse<impl Stream<Item = Result<Event, Infallible>>> {
    let news = WatchStream::new(board.news.clone());
    let events = news.map(|news| {
        let snapshot = Snapshot {
            now: crate::now(),
            news: &news,
        };
        Ok(Event::default().data(serde_json::to_string(&snapshot).unwrap_or_default()))
    });
    Sse::new(events).keep_alive(KeepAlive::default())
}
