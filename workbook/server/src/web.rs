use std::convert::Infallible;
use std::path::PathBuf;
use std::sync::Arc;

use axum::Router;
use axum::extract::{Extension, Request, State};
use axum::http::{HeaderMap, HeaderName, HeaderValue, StatusCode, header};
use axum::middleware::{self, Next};
use axum::response::sse::{Event, KeepAlive, Sse};
use axum::response::{Html, IntoResponse, Response};
use axum::routing::get;
use common::connections;
use common::key::{Key, page_that_leads_to};
use common::live::{LIVE, LOCKED};
use futures_util::stream::{self, Stream};
use serde_json::json;
use tokio::net::TcpListener;
use tower::ServiceExt;
use tower_http::services::ServeDir;

use crate::book::Book;
use crate::feed::Feed;
use crate::policy::policy;
use crate::terminal::Terminal;
use crate::work::{self, Exercises};

/// What is served.
#[derive(Clone)]
pub struct Site {
    /// What a page may change.
    pub exercises: Exercises,
    /// The pages.
    pub book: Arc<Book>,
    /// What pages are told.
    pub feed: Arc<Feed>,
    /// The secret of this run, which a page must know to change a file.
    pub token: Arc<str>,
    /// Who has it may work on exercises; everybody else on this machine may read the book.
    pub key: Key,
    /// The code editor's files.
    pub editor: PathBuf,
}

#[derive(Clone)]
struct Shared {
    book: Arc<Book>,
    feed: Arc<Feed>,
    names: Arc<Names>,
    key: Key,
    token: Arc<str>,
}

/// Whether a request comes from the browser of whoever started the workbook.
#[derive(Clone, Copy)]
struct HasKey(bool);

/// What a request from this book's own pages calls the server.
struct Names {
    hosts: Vec<String>,
    origins: Vec<String>,
}

impl Names {
    /// `codespace`: the environment variables `CODESPACE_NAME` and `GITHUB_CODESPACES_PORT_FORWARDING_DOMAIN`, where
    /// GitHub's proxy stands between browser and server. It may pass on its own host or this one, and makes an
    /// origin that is its own `localhost`.
    fn new(port: u16, codespace: Option<(&str, &str)>) -> Names {
        let mut hosts = vec![format!("127.0.0.1:{port}"), format!("localhost:{port}")];
        if port == 80 {
            // A browser leaves out the port that it takes for granted.
            hosts.extend(["127.0.0.1".into(), "localhost".into()]);
        }
        let mut origins: Vec<_> = hosts.iter().map(|host| format!("http://{host}")).collect();
        if let Some((name, domain)) = codespace {
            hosts.push(format!("{name}-{port}.{domain}"));
            origins.extend([
                format!("https://{name}-{port}.{domain}"),
                format!("https://localhost:{port}"),
            ]);
        }
        Names { hosts, origins }
    }
}

/// Serves the book and its news until the process ends.
pub async fn serve(
    listener: TcpListener,
    site: Site,
    terminal: Terminal,
) -> anyhow::Result<Infallible> {
    let port = listener.local_addr()?.port();
    let variable = |name| std::env::var(name).ok();
    let codespace =
        variable("CODESPACE_NAME").zip(variable("GITHUB_CODESPACES_PORT_FORWARDING_DOMAIN"));
    let codespace = codespace
        .as_ref()
        .map(|(name, domain)| (name.as_str(), domain.as_str()));
    let router = router(Names::new(port, codespace), site);
    Ok(connections::serve(listener, router, move |problem| terminal.say(problem)).await)
}

fn router(names: Names, site: Site) -> Router {
    let shared = Shared {
        book: site.book,
        feed: site.feed,
        names: Arc::new(names),
        key: site.key,
        token: Arc::clone(&site.token),
    };
    let work = Router::new()
        .route("/workbook/news", get(news))
        .with_state(shared.clone())
        .merge(work::router(site.exercises, &site.token))
        .route_layer(middleware::from_fn(only_with_the_key));
    Router::new()
        .route(LIVE, get(live))
        .nest_service("/workbook/editor", ServeDir::new(site.editor))
        .fallback(page)
        .with_state(shared.clone())
        .merge(work)
        .layer(middleware::from_fn_with_state(shared.clone(), take_the_key))
        .layer(middleware::from_fn_with_state(shared, only_from_this_book))
}

/// Lets a browser in that opens an address with the key, and notes who has it.
async fn take_the_key(
    State(shared): State<Shared>,
    headers: HeaderMap,
    mut request: Request,
    next: Next,
) -> Response {
    let uri = request.uri();
    match shared.key.is_brought(uri.query()) {
        Some(true) => {
            let cookie = [(header::SET_COOKIE, shared.key.set_cookie())];
            return (cookie, Html(page_that_leads_to(uri.path()))).into_response();
        }
        Some(false) => {
            let message = "This address is of another workbook: open the one that the terminal shows, or press `o` there.\n";
            return (StatusCode::FORBIDDEN, message).into_response();
        }
        None => {}
    }
    let cookies = headers.get_all(header::COOKIE).iter();
    let mut cookies = cookies.filter_map(|cookies| cookies.to_str().ok());
    let has_key = cookies.any(|cookies| shared.key.is_among(cookies));
    request.extensions_mut().insert(HasKey(has_key));
    next.run(request).await
}

/// Another user of this machine reads the book here, and no more.
async fn only_with_the_key(
    Extension(HasKey(has_key)): Extension<HasKey>,
    request: Request,
    next: Next,
) -> Response {
    if !has_key {
        let message = "This page can only be read: open the address that the terminal shows, or press `o` there.";
        return (StatusCode::FORBIDDEN, message).into_response();
    }
    next.run(request).await
}

/// On static hosting this is a file of the book that says `"live": false`.
async fn live(
    State(shared): State<Shared>,
    Extension(HasKey(has_key)): Extension<HasKey>,
) -> impl IntoResponse {
    let said = match has_key {
        true => json!({ "live": true, "token": &*shared.token }).to_string(),
        false => LOCKED.to_owned(),
    };
    ([(header::CONTENT_TYPE, "application/json")], said)
}

/// Of a path, in bytes: no file of the book is near it, and a file system refuses what is much longer.
const LONGEST_PATH: usize = 200;

/// Refuses what another web page sends, directly or by a name that it made point to this machine.
async fn only_from_this_book(
    State(shared): State<Shared>,
    headers: HeaderMap,
    request: Request,
    next: Next,
) -> Response {
    let fit = |name: HeaderName, own: &[String]| {
        let mut values = headers.get_all(name).iter();
        values.all(|value| own.iter().any(|own| own == value))
    };
    let Names { hosts, origins } = &*shared.names;
    // Which of two a server goes by is not the same everywhere.
    let has_one_host = headers.get_all(header::HOST).iter().count() == 1;
    let host_fits = has_one_host && fit(header::HOST, hosts);
    let origin_fits = fit(header::ORIGIN, origins);
    if !host_fits || !origin_fits {
        let message = "This server answers only the book that it serves itself.\n";
        return (StatusCode::FORBIDDEN, message).into_response();
    }
    let path = request.uri().path();
    // A proxy is asked for a host without a path.
    let mut response = if path.len() > LONGEST_PATH || !path.starts_with('/') {
        (StatusCode::NOT_FOUND, "There is no such page.\n").into_response()
    } else {
        next.run(request).await
    };
    let headers = response.headers_mut();
    for (name, value) in [
        // The book changes while it is read.
        (header::CACHE_CONTROL, "no-cache"),
        (header::X_CONTENT_TYPE_OPTIONS, "nosniff"),
        (header::REFERRER_POLICY, "no-referrer"),
    ] {
        headers.insert(name, HeaderValue::from_static(value));
    }
    headers
        .entry(header::CONTENT_SECURITY_POLICY)
        .or_insert_with(|| policy(""));
    response
}

async fn page(
    State(shared): State<Shared>,
    Extension(HasKey(has_key)): Extension<HasKey>,
    request: Request,
) -> Response {
    let folder = shared.book.folder();
    // The page that prints the whole book has nothing to work on.
    let is_for_work = has_key && !request.uri().path().ends_with("/print.html");
    let not_found = tower_http::services::ServeFile::new(folder.join("404.html"));
    let served = ServeDir::new(folder)
        .not_found_service(not_found)
        .oneshot(request)
        .await;
    match served {
        Ok(response) => as_a_page(response.into_response(), is_for_work).await,
        Err(never) => match never {},
    }
}

/// Lets a page's styles know that this server stands behind it, before any script runs: room is kept for the editor and
/// the verdict, so that nothing moves when they come.
async fn as_a_page(response: Response, is_for_work: bool) -> Response {
    let kind = response.headers().get(header::CONTENT_TYPE);
    if kind.is_none_or(|kind| !kind.as_bytes().starts_with(b"text/html")) {
        return response;
    }
    let (mut head, body) = response.into_parts();
    let Ok(body) = axum::body::to_bytes(body, usize::MAX).await else {
        return StatusCode::INTERNAL_SERVER_ERROR.into_response();
    };
    let mut page = String::from_utf8_lossy(&body).into_owned();
    if is_for_work {
        page = page.replacen("<html ", "<html data-live ", 1);
    }
    head.headers.remove(header::CONTENT_LENGTH);
    // A browser must not show again what it was sent before it had the key.
    head.headers.remove(header::ETAG);
    head.headers.remove(header::LAST_MODIFIED);
    head.headers
        .insert(header::CONTENT_SECURITY_POLICY, policy(&page));
    Response::from_parts(head, page.into())
}

async fn news(State(shared): State<Shared>) -> Sse<impl Stream<Item = Result<Event, Infallible>>> {
    let events = stream::unfold(shared.feed.subscribe(), async |mut updates| {
        let update = updates.next().await?;
        let data = serde_json::to_string(&update).unwrap_or_default();
        Some((Ok(Event::default().data(data)), updates))
    });
    Sse::new(events).keep_alive(KeepAlive::default())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::feed::tests::checking;
    use axum::body::{Body, to_bytes};
    use futures_util::StreamExt;
    use runner::{Phase, Root};

    const TOKEN: &str = "0123456789abcdef";

    /// A server on port 3000 for a book of one page and no chapter.
    fn server() -> (tempfile::TempDir, Router, Arc<Feed>) {
        server_in(None)
    }

    fn server_in(codespace: Option<(&str, &str)>) -> (tempfile::TempDir, Router, Arc<Feed>) {
        let folder = tempfile::tempdir().unwrap();
        let write = |file: &str, text: &str| {
            let path = folder.path().join(file);
            std::fs::create_dir_all(path.parent().unwrap()).unwrap();
            std::fs::write(path, text).unwrap();
        };
        write("book.toml", "[book]\ntitle = \"A tiny book\"\n");
        write("src/SUMMARY.md", "- [One page](page.md)\n");
        write("src/page.md", "# One page\n\nWords.\n");
        write("secret.txt", "not for the web");
        let root = Root::at(folder.path());
        let book = Arc::new(Book::new(&root));
        book.build().unwrap();
        let feed = Arc::new(Feed::default());
        let site = Site {
            exercises: Exercises {
                root,
                check: Arc::new(|_| ()),
            },
            editor: book.unpack_editor().unwrap(),
            book,
            feed: Arc::clone(&feed),
            token: TOKEN.into(),
            key: Key::new("abc", 3000),
        };
        (folder, router(Names::new(3000, codespace), site), feed)
    }

    const COOKIE: (HeaderName, &str) = (header::COOKIE, "workbook-3000=abc");

    /// Asks as the browser of whoever started the workbook does.
    async fn ask(path: &str, headers: &[(HeaderName, &str)]) -> (StatusCode, String) {
        ask_without_key(path, &[headers, &[COOKIE]].concat()).await
    }

    async fn ask_without_key(path: &str, headers: &[(HeaderName, &str)]) -> (StatusCode, String) {
        let (_folder, server, _feed) = server();
        let mut request = Request::builder().uri(path);
        for (name, value) in headers {
            request = request.header(name, *value);
        }
        let response = server
            .oneshot(request.body(Body::empty()).unwrap())
            .await
            .unwrap();
        let status = response.status();
        let body = to_bytes(response.into_body(), 1 << 20).await.unwrap();
        (status, String::from_utf8_lossy(&body).into_owned())
    }

    const OWN_HOST: (HeaderName, &str) = (header::HOST, "127.0.0.1:3000");

    #[tokio::test]
    async fn a_page_of_the_book_is_served_to_its_own_host_by_both_names() {
        for host in ["127.0.0.1:3000", "localhost:3000"] {
            let (status, body) = ask("/page.html", &[(header::HOST, host)]).await;
            assert_eq!(status, StatusCode::OK);
            assert!(body.contains("<p>Words.</p>"), "{body}");
        }
    }

    #[tokio::test]
    async fn a_page_is_marked_as_live_and_the_one_for_print_is_not() {
        for (path, is_marked) in [("/page.html", true), ("/print.html", false)] {
            let (_, body) = ask(path, &[OWN_HOST]).await;
            assert!(body.contains("<p>Words.</p>"), "{body}");
            assert_eq!(body.contains("<html data-live "), is_marked, "{path}");
        }
    }

    #[tokio::test]
    async fn a_page_of_another_site_cannot_frame_the_book() {
        let (_folder, server, _feed) = server();
        let request = Request::builder()
            .uri("/page.html")
            .header(OWN_HOST.0, OWN_HOST.1);
        let response = server
            .oneshot(request.body(Body::empty()).unwrap())
            .await
            .unwrap();
        let policy = response.headers()[header::CONTENT_SECURITY_POLICY]
            .to_str()
            .unwrap();
        assert!(policy.contains("frame-ancestors 'self'"), "{policy}");
    }

    #[tokio::test]
    async fn every_answer_says_what_a_browser_may_make_of_it() {
        let (_folder, server, _feed) = server();
        for path in ["/page.html", "/workbook.json", "/book.js", "/none.html"] {
            let request = Request::builder().uri(path).header(OWN_HOST.0, OWN_HOST.1);
            let response = server
                .clone()
                .oneshot(request.body(Body::empty()).unwrap())
                .await
                .unwrap();
            let has = |name, value| {
                let own = response.headers()[name].to_str().unwrap();
                assert!(own.contains(value), "{path}: {own}");
            };
            has("x-content-type-options", "nosniff");
            has("referrer-policy", "no-referrer");
            has(
                "content-security-policy",
                "default-src 'none'; script-src 'self'",
            );
            let policy = response.headers()["content-security-policy"]
                .to_str()
                .unwrap();
            // The scripts that mdBook writes into each page.
            assert_eq!(
                policy.contains("'sha256-"),
                path.ends_with(".html"),
                "{path}"
            );
        }
    }

    #[tokio::test]
    async fn an_overlong_path_or_another_server_s_name_is_no_page() {
        let to_a_proxy = "evil.example:80".to_owned();
        for path in [
            format!("/{}", "a".repeat(5000)),
            "/a".repeat(3000),
            to_a_proxy,
        ] {
            assert_eq!(ask(&path, &[OWN_HOST]).await.0, StatusCode::NOT_FOUND);
        }
    }

    #[tokio::test]
    async fn another_host_or_none_is_refused() {
        for host in [
            "evil.example",
            "evil.example:3000",
            "127.0.0.1:3001",
            "127.0.0.1",
        ] {
            let (status, _) = ask("/page.html", &[(header::HOST, host)]).await;
            assert_eq!(status, StatusCode::FORBIDDEN, "{host}");
        }
        assert_eq!(ask("/page.html", &[]).await.0, StatusCode::FORBIDDEN);
        for other in ["evil.example", OWN_HOST.1] {
            let (status, _) = ask("/workbook.json", &[OWN_HOST, (header::HOST, other)]).await;
            assert_eq!(status, StatusCode::FORBIDDEN, "and {other}");
        }
    }

    #[tokio::test]
    async fn another_page_s_origin_is_refused_everywhere() {
        for path in ["/page.html", "/workbook.json", "/workbook/news"] {
            for origin in [
                "http://evil.example",
                "https://127.0.0.1:3000",
                "null",
                "http://127.0.0.1:80",
            ] {
                let (status, _) = ask(path, &[OWN_HOST, (header::ORIGIN, origin)]).await;
                assert_eq!(status, StatusCode::FORBIDDEN, "{path} for {origin}");
            }
        }
        let own = (header::ORIGIN, "http://127.0.0.1:3000");
        assert_eq!(
            ask("/workbook.json", &[OWN_HOST, own]).await.0,
            StatusCode::OK
        );
    }

    #[tokio::test]
    async fn in_a_codespace_its_proxy_is_answered_and_no_other() {
        let (_folder, server, _feed) = server_in(Some(("octocat-mld5", "app.github.dev")));
        let own = "octocat-mld5-3000.app.github.dev";
        for (host, origin, status) in [
            (own, "https://localhost:3000", StatusCode::OK),
            (
                own,
                "https://octocat-mld5-3000.app.github.dev",
                StatusCode::OK,
            ),
            ("localhost:3000", "http://localhost:3000", StatusCode::OK),
            (
                own,
                "https://evil-mld5-3000.app.github.dev",
                StatusCode::FORBIDDEN,
            ),
            (
                "evil-3000.app.github.dev",
                "https://localhost:3000",
                StatusCode::FORBIDDEN,
            ),
        ] {
            let request = Request::builder().uri("/page.html");
            let request = request
                .header(header::HOST, host)
                .header(header::ORIGIN, origin);
            let response = server
                .clone()
                .oneshot(request.body(Body::empty()).unwrap())
                .await;
            assert_eq!(response.unwrap().status(), status, "{host}, {origin}");
        }
    }

    #[tokio::test]
    async fn a_path_outside_the_book_is_not_found() {
        for path in [
            "/../secret.txt",
            "/..%2fsecret.txt",
            "/%2e%2e/%2e%2e/%2e%2e/secret.txt",
            "/..%5c..%5csecret.txt",
            "/nothing.html",
            "/%00",
        ] {
            let (status, body) = ask(path, &[OWN_HOST]).await;
            assert!(status.is_client_error(), "{path}: {status}");
            assert!(!body.contains("not for the web"), "{path}");
        }
    }

    #[tokio::test]
    async fn the_page_learns_that_it_is_live() {
        assert_eq!(
            ask("/workbook.json", &[OWN_HOST]).await.1,
            r#"{"live":true,"token":"0123456789abcdef"}"#
        );
    }

    #[tokio::test]
    async fn without_the_key_pages_are_read_and_nothing_is_told_or_done() {
        for headers in [
            vec![OWN_HOST],
            vec![OWN_HOST, (header::COOKIE, "workbook-3000=abd")],
            vec![OWN_HOST, (header::COOKIE, "workbook-3001=abc")],
        ] {
            let (status, page) = ask_without_key("/page.html", &headers).await;
            assert_eq!(status, StatusCode::OK);
            assert!(page.contains("<p>Words.</p>") && !page.contains("data-live"));
            let (_, live) = ask_without_key("/workbook.json", &headers).await;
            assert_eq!(live, LOCKED);
            for path in [
                "/workbook/news",
                "/workbook/exercise/ch01-first",
                "/workbook/exercise/ch01-first/fix",
                "/workbook/exercise/ch01-first/solved",
            ] {
                let (status, body) = ask_without_key(path, &headers).await;
                assert_eq!(status, StatusCode::FORBIDDEN, "{path}");
                assert!(body.starts_with("This page can only be read: "), "{body}");
            }
        }
    }

    #[tokio::test]
    async fn without_the_key_also_a_page_that_knows_the_token_writes_and_runs_nothing() {
        let (_folder, server, _feed) = server();
        for (method, what) in [("PUT", ""), ("POST", "/check"), ("POST", "/reset")] {
            let request = Request::builder()
                .method(method)
                .uri(format!("/workbook/exercise/ch01-first{what}"))
                .header(OWN_HOST.0, OWN_HOST.1)
                .header(header::ORIGIN, "http://127.0.0.1:3000")
                .header(work::TOKEN, TOKEN)
                .header(header::CONTENT_TYPE, "application/json");
            let body = Body::from(r#"{"was":"","text":""}"#);
            let response = server.clone().oneshot(request.body(body).unwrap()).await;
            let response = response.unwrap();
            assert_eq!(response.status(), StatusCode::FORBIDDEN, "{method} {what}");
        }
    }

    #[tokio::test]
    async fn an_address_with_the_key_lets_a_browser_in_and_one_with_another_does_not() {
        let (_folder, server, _feed) = server();
        let ask = |uri: &'static str| {
            let request = Request::builder().uri(uri).header(OWN_HOST.0, OWN_HOST.1);
            server.clone().oneshot(request.body(Body::empty()).unwrap())
        };
        let response = ask("/page.html?key=abc").await.unwrap();
        let cookie = response.headers()[header::SET_COOKIE].to_str().unwrap();
        assert!(cookie.starts_with("workbook-3000=abc; "), "{cookie}");
        for part in ["HttpOnly", "SameSite=Strict"] {
            assert!(cookie.contains(part), "{cookie}");
        }
        let body = to_bytes(response.into_body(), 1 << 20).await.unwrap();
        let body = String::from_utf8_lossy(&body);
        assert!(body.contains("url=/page.html\"") && !body.contains("abc"));
        let response = ask("/page.html?key=abd").await.unwrap();
        assert_eq!(response.status(), StatusCode::FORBIDDEN);
        assert!(!response.headers().contains_key(header::SET_COOKIE));
    }

    #[tokio::test]
    async fn a_page_that_opens_late_is_told_the_latest_of_every_chapter_then_what_comes() {
        let (_folder, server, feed) = server();
        let linking = |chapter: &str| checking(chapter, Phase::Linking);
        feed.publish(linking("ch01-first"));
        let request = Request::builder()
            .uri("/workbook/news")
            .header(COOKIE.0, COOKIE.1)
            .header(OWN_HOST.0, OWN_HOST.1);
        let response = server
            .oneshot(request.body(Body::empty()).unwrap())
            .await
            .unwrap();
        feed.publish(linking("ch02-second"));
        let mut events = response.into_body().into_data_stream();
        for chapter in ["ch01-first", "ch02-second"] {
            let event = events.next().await.unwrap().unwrap();
            let expected = format!(
                "data: {}\n\n",
                serde_json::to_string(&linking(chapter)).unwrap()
            );
            assert_eq!(String::from_utf8_lossy(&event), expected);
        }
    }

    #[test]
    fn a_saved_page_is_shown_at_once_and_found_by_its_words_after_the_next_build() {
        let (folder, _server, _feed) = server();
        let book = Book::new(&Root::at(folder.path()));
        let shown = |file: &str| std::fs::read_to_string(book.folder().join(file)).unwrap();
        book.build().unwrap();
        std::fs::write(
            folder.path().join("src/page.md"),
            "# One page\n\nOrdering.\n",
        )
        .unwrap();

        book.build_pages().unwrap();
        assert!(shown("page.html").contains("<p>Ordering.</p>"));
        let index = shown("searchindex.js");
        assert!(
            index.contains("Words") && !index.contains("Ordering"),
            "{index}"
        );

        book.build().unwrap();
        assert!(shown("searchindex.js").contains("Ordering"));
    }

    #[tokio::test]
    async fn a_book_that_does_not_build_leaves_the_last_one_shown() {
        let (folder, server, _feed) = server();
        let book = Book::new(&Root::at(folder.path()));
        book.build().unwrap();
        let shown = book.folder();
        std::fs::write(
            folder.path().join("src/SUMMARY.md"),
            "- [Broken](\n- [x]((((",
        )
        .unwrap();
        std::fs::write(folder.path().join("book.toml"), "[book\n").unwrap();
        let error = book.build().unwrap_err().to_string();
        assert!(error.starts_with("the book does not build: "), "{error:#}");
        assert_eq!(error.lines().count(), 1, "{error:#}");
        assert_eq!(book.folder(), shown);
        let request = Request::builder()
            .uri("/page.html")
            .header(OWN_HOST.0, OWN_HOST.1);
        let response = server
            .oneshot(request.body(Body::empty()).unwrap())
            .await
            .unwrap();
        assert_eq!(response.status(), StatusCode::OK);
    }
}
