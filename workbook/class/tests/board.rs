//! The class as learners and an instructor meet it: what is kept, what is refused, what is shown.

use std::collections::BTreeMap;
use std::io::{Read, Write};
use std::net::{SocketAddr, TcpStream};
use std::path::PathBuf;

use axum::Router;
use axum::body::{Body, to_bytes};
use axum::extract::ConnectInfo;
use axum::http::{Request, StatusCode};
use common::key::Key;
use common::sending::{ChapterVerdict, LARGEST, Sending};
use runner::CheckState;
use rusqlite::Connection;
use serde_json::{Value, json};
use tempfile::TempDir;
use tokio::net::TcpListener;
use tokio_stream::StreamExt;
use tower::ServiceExt;
use workbook_class::now;
use workbook_class::outline::{Chapter, Outline};
use workbook_class::store::{
    Answer, Arrived, Change, MOST_LEARNERS, Store, Unchanged, hold, put_away,
};
use workbook_class::web::{Board, router, serve};

const CODE: &str = "k7q2mx4p";
const ADAS: &str = "0123456789abcdef0123456789abcdef";
const OTHER: &str = "fedcba9876543210fedcba9876543210";

fn outline() -> Outline {
    let chapter = |name: &str| Chapter {
        name: name.into(),
        title: format!("Title of {name}"),
        subject: format!("Subject of {name}"),
        checks: vec!["holds".into(), "is_right".into()],
    };
    Outline(vec![chapter("ch01-first"), chapter("ch02-second")])
}

fn sending(name: &str, key: &str, chapter: &str, checks: &[(&str, CheckState)]) -> Sending {
    let checks = checks
        .iter()
        .map(|(check, state)| ((*check).to_owned(), *state))
        .collect();
    let verdict = ChapterVerdict {
        compiles: true,
        checks,
    };
    Sending {
        name: name.into(),
        key: key.into(),
        chapters: BTreeMap::from([(chapter.to_owned(), verdict)]),
    }
}

fn arrived(sending: Sending) -> Arrived {
    let from = IN_THE_ROOM.parse::<SocketAddr>().unwrap().ip();
    Arrived { from, sending }
}

/// Somebody who has begun nothing.
fn nothing(name: &str, key: &str) -> Sending {
    Sending {
        name: name.into(),
        key: key.into(),
        chapters: BTreeMap::new(),
    }
}

/// A class in a temporary folder.
struct Class(TempDir);

impl Class {
    fn new() -> Class {
        Class(tempfile::tempdir().unwrap())
    }

    fn file(&self) -> PathBuf {
        self.0.path().join("class.sqlite")
    }

    fn store(&self) -> Store {
        Store::open(&self.file()).unwrap()
    }

    fn keep(&self, sending: &Sending, now: i64) -> Answer {
        self.keep_if(sending, now, true)
    }

    /// What is kept when a new learner may join now, or may not.
    fn keep_if(&self, sending: &Sending, now: i64, may_join: bool) -> Answer {
        let arrived = [arrived(sending.clone())];
        let kept = self.store().keep(&outline(), &arrived, now, |_| may_join);
        kept.unwrap()[0]
    }

    /// Makes a change, for the learner of this name as the class numbers it.
    fn change(&self, change: impl Fn(i64) -> Change, name: &str) {
        let named = self.store().named(name).unwrap();
        self.store().change(change(named[0].id)).unwrap();
    }

    fn csv(&self) -> String {
        let mut csv = Vec::new();
        self.store().export(&mut csv).unwrap();
        String::from_utf8(csv).unwrap()
    }

    /// A board that listens for the room and is started anew on the same file.
    fn board(&self) -> Router {
        let address = "0.0.0.0:3100".parse().unwrap();
        let join = "cargo workbook --join …".to_owned();
        let key = Key::new("abc", 3100);
        router(Board::new(self.store(), outline(), address, CODE.into(), join, key).unwrap())
    }

    async fn send(&self, body: &str, headers: &[(&str, &str)]) -> (StatusCode, String) {
        send(self.board(), body.to_owned(), headers).await
    }
}

/// What the instructor's browser sends, once it has opened the address with the key.
const COOKIE: (&str, &str) = ("cookie", "workbook-3100=abc");

const IN_THE_ROOM: &str = "192.168.1.44:51000";
const HERE: &str = "127.0.0.1:51000";

fn request(
    method: &str,
    path: &str,
    peer: &str,
    headers: &[(&str, &str)],
) -> axum::http::request::Builder {
    let peer: SocketAddr = peer.parse().unwrap();
    let request = Request::builder()
        .method(method)
        .uri(path)
        .extension(ConnectInfo(peer));
    headers.iter().fold(request, |request, (name, value)| {
        request.header(*name, *value)
    })
}

async fn ask(board: Router, request: Request<Body>) -> (StatusCode, String) {
    let response = board.oneshot(request).await.unwrap();
    let status = response.status();
    let body = to_bytes(response.into_body(), 1 << 20).await.unwrap();
    (status, String::from_utf8_lossy(&body).into_owned())
}

async fn send(board: Router, body: String, headers: &[(&str, &str)]) -> (StatusCode, String) {
    let request = request("POST", "/verdicts", IN_THE_ROOM, headers);
    ask(board, request.body(Body::from(body)).unwrap()).await
}

const JSON: (&str, &str) = ("content-type", "application/json");
const CODE_FITS: (&str, &str) = ("authorization", "Bearer k7q2mx4p");

fn text(sending: &Sending) -> String {
    serde_json::to_string(sending).unwrap()
}

fn adas() -> Sending {
    sending(
        "Ada",
        ADAS,
        "ch01-first",
        &[
            ("holds", CheckState::Passed),
            ("is_right", CheckState::Failed),
        ],
    )
}

/// What a page that opens is told first.
async fn shown(board: Router) -> Value {
    let request = request("GET", "/news", HERE, &[("host", "127.0.0.1:3100"), COOKIE]);
    let response = board
        .oneshot(request.body(Body::empty()).unwrap())
        .await
        .unwrap();
    assert_eq!(response.status(), StatusCode::OK);
    let event = response
        .into_body()
        .into_data_stream()
        .next()
        .await
        .unwrap()
        .unwrap();
    let event = String::from_utf8_lossy(&event).into_owned();
    serde_json::from_str(event.strip_prefix("data: ").unwrap()).unwrap()
}

#[test]
fn a_class_that_is_opened_again_has_every_verdict_and_its_code() {
    let class = Class::new();
    let code = class.store().code(None).unwrap();
    assert_eq!(class.keep(&adas(), 0), Answer::Kept { unknown: 0 });
    let before = class.csv();
    assert!(
        before.contains("\"Ada\",\"ch01-first\",\"is_right\",\"failed\""),
        "{before}"
    );
    assert_eq!(
        (class.csv(), class.store().code(None).unwrap()),
        (before, code)
    );
    assert_eq!(
        class.store().code(Some("my-own-code")).unwrap(),
        "my-own-code"
    );
    assert_eq!(class.store().code(None).unwrap(), "my-own-code");
}

#[test]
fn the_table_says_what_passes_since_when_and_keeps_a_formula_from_running() {
    let class = Class::new();
    let formula = sending(
        "=1+1",
        ADAS,
        "ch01-first",
        &[("holds", CheckState::TimedOut)],
    );
    class.keep(&formula, 1_700_000_000_000);
    let mut broken = sending("Grace, \"Amazing\"", OTHER, "ch02-second", &[]);
    broken.chapters.get_mut("ch02-second").unwrap().compiles = false;
    class.keep(&broken, 1_700_000_060_000);
    let nothing = Sending {
        name: "Zoë".into(),
        key: OTHER.into(),
        chapters: BTreeMap::new(),
    };
    class.keep(&nothing, 1_700_000_120_000);
    let lines = [
        "learner,chapter,check,verdict,since,last_seen",
        r#""'=1+1","ch01-first","holds","timed-out","2023-11-14T22:13:20Z","2023-11-14T22:13:20Z""#,
        r#""Grace, ""Amazing""","ch02-second","","does-not-compile","2023-11-14T22:14:20Z","2023-11-14T22:14:20Z""#,
        r#""Zoë","","","","","2023-11-14T22:15:20Z""#,
        "",
    ];
    assert_eq!(class.csv(), lines.join("\r\n"));
}

#[test]
fn a_check_that_fails_on_is_stuck_since_it_first_failed() {
    let class = Class::new();
    let with = |state| sending("Ada", ADAS, "ch01-first", &[("holds", state)]);
    class.keep(&with(CheckState::Failed), 1_000);
    class.keep(&with(CheckState::TimedOut), 2_000);
    class.keep(&with(CheckState::TimedOut), 3_000);
    assert!(
        class
            .csv()
            .contains("\"timed-out\",\"1970-01-01T00:00:01Z\",\"1970-01-01T00:00:03Z\"")
    );
    class.keep(&with(CheckState::Passed), 4_000);
    assert!(
        class
            .csv()
            .contains("\"passed\",\"1970-01-01T00:00:04Z\",\"1970-01-01T00:00:04Z\"")
    );
}

#[test]
fn a_class_that_is_put_away_is_whole_and_the_next_one_is_empty() {
    let class = Class::new();
    for number in 1..=2 {
        let code = class.store().code(None).unwrap();
        class.keep(&adas(), 0);
        let before = class.csv();
        let away = put_away(&class.file()).unwrap();
        assert_eq!(
            away,
            class
                .0
                .path()
                .join(format!("class.cleared-{number}.sqlite"))
        );
        assert_eq!(class.csv().lines().count(), 1);
        assert_ne!(class.store().code(None).unwrap(), code);
        let mut kept = Vec::new();
        Store::open(&away).unwrap().export(&mut kept).unwrap();
        assert_eq!(String::from_utf8(kept).unwrap(), before);
        let here = std::fs::read(class.file()).unwrap();
        assert!(!here.windows(3).any(|bytes| bytes == b"Ada"));
    }
}

#[test]
fn a_class_that_is_settled_is_one_file() {
    let class = Class::new();
    let (open, copy) = (class.store(), Class::new());
    class.keep(&adas(), 0);
    class.store().settle().unwrap();
    std::fs::copy(class.file(), copy.file()).unwrap();
    drop(open);
    assert_eq!(copy.csv(), class.csv());
    assert_eq!(copy.csv().lines().count(), 3);
}

#[test]
fn a_class_has_one_board_at_a_time() {
    let class = Class::new();
    let held = hold(&class.file()).unwrap();
    let refused = hold(&class.file()).unwrap_err().to_string();
    assert!(
        refused.starts_with("the board of this class is open"),
        "{refused}"
    );
    drop(held);
    hold(&class.file()).unwrap();
}

#[test]
fn a_second_learner_of_one_name_is_told_and_the_first_one_s_verdicts_stay() {
    let class = Class::new();
    class.keep(&adas(), 0);
    let before = class.csv();
    let other = sending("Ada", OTHER, "ch01-first", &[("holds", CheckState::Failed)]);
    assert_eq!(class.keep(&other, 1), Answer::NameTaken);
    assert_eq!(class.csv(), before);
}

#[test]
fn a_full_class_takes_its_learners_and_nobody_else() {
    let class = Class::new();
    class.store();
    let fill = format!(
        "WITH RECURSIVE number (n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM number WHERE n < {MOST_LEARNERS})
         INSERT INTO learner (name, key, seen) SELECT n, '{ADAS}', 0 FROM number"
    );
    Connection::open(class.file())
        .unwrap()
        .execute_batch(&fill)
        .unwrap();
    let new = class.keep(&nothing("Bo", OTHER), 1);
    assert_eq!(new, Answer::Full);
    // At a rush as well.
    let back = class.keep_if(&nothing("7", ADAS), 1, false);
    assert_eq!(back, Answer::Kept { unknown: 0 });
}

#[test]
fn a_name_that_looks_like_another_learner_s_is_taken_and_one_s_own_is_not() {
    let class = Class::new();
    class.keep(&nothing("Ada", ADAS), 0);
    for name in ["ada", "ADA", "\u{410}da", "Ａｄａ", "A\u{200D}da"] {
        assert_eq!(class.keep(&nothing(name, OTHER), 1), Answer::NameTaken);
        // The same workbook, joined again with the name typed in another way.
        let back = class.keep(&nothing(name, ADAS), 2);
        assert_eq!(back, Answer::Kept { unknown: 0 });
    }
    assert_eq!(class.csv().matches("\"Ada\"").count(), 1);
    assert_eq!(class.csv().lines().count(), 2);
}

#[test]
fn a_learner_who_is_removed_is_shown_no_more_and_stays_out_under_any_name() {
    let class = Class::new();
    class.keep(&adas(), 0);
    class.keep(&nothing("Bo", OTHER), 0);
    class.change(Change::Remove, "Ada");
    for name in ["Ada", "Grace"] {
        assert_eq!(class.keep(&nothing(name, ADAS), 1), Answer::Removed);
    }
    assert!(!class.csv().contains("Ada"), "{}", class.csv());
    assert!(class.csv().contains("Bo"));
    let bo = class.keep(&nothing("Bo", OTHER), 2);
    assert_eq!(bo, Answer::Kept { unknown: 0 });
}

#[test]
fn a_removal_that_is_undone_brings_every_verdict_back() {
    let class = Class::new();
    class.keep(&adas(), 0);
    let before = class.csv();
    class.change(Change::Remove, "Ada");
    class.store().change(Change::Readmit(1)).unwrap();
    assert_eq!(class.csv(), before);
    assert_eq!(class.keep(&adas(), 0), Answer::Kept { unknown: 0 });
}

#[test]
fn a_removed_learner_s_name_is_free_and_whoever_has_it_keeps_it() {
    let class = Class::new();
    class.keep(&nothing("\u{410}da", OTHER), 0);
    // As it is typed.
    class.change(Change::Remove, "Ada");
    assert_eq!(class.keep(&adas(), 1), Answer::Kept { unknown: 0 });
    let refused = class.store().change(Change::Readmit(1));
    assert!(matches!(refused, Err(Unchanged::NameTaken)), "{refused:?}");
    let nobody = class.store().change(Change::Remove(7));
    assert!(
        matches!(nobody, Err(Unchanged::NoSuchLearner)),
        "{nobody:?}"
    );
}

/// A folder may be copied with the number that tells learners apart.
#[test]
fn who_shares_a_removed_learner_s_number_and_has_joined_stays() {
    let class = Class::new();
    class.keep(&nothing("Ada", ADAS), 0);
    class.keep(&nothing("Bo", ADAS), 0);
    class.change(Change::Remove, "Ada");
    let bo = class.keep(&nothing("Bo", ADAS), 1);
    assert_eq!(bo, Answer::Kept { unknown: 0 });
}

#[test]
fn a_closed_class_takes_its_learners_and_nobody_else_until_it_is_opened_again() {
    let class = Class::new();
    class.keep(&nothing("Ada", ADAS), 0);
    class.store().change(Change::Closed(true)).unwrap();
    // It stays so when the board is started again.
    assert!(class.store().is_closed().unwrap());
    assert_eq!(class.keep(&nothing("Bo", OTHER), 1), Answer::Closed);
    for name in ["Ada", "ada"] {
        let back = class.keep(&nothing(name, ADAS), 1);
        assert_eq!(back, Answer::Kept { unknown: 0 });
    }
    class.store().change(Change::Closed(false)).unwrap();
    let new = class.keep(&nothing("Bo", OTHER), 2);
    assert_eq!(new, Answer::Kept { unknown: 0 });
}

#[tokio::test]
async fn a_thousand_who_join_at_once_do_not_fill_the_class_and_who_is_in_stays() {
    let class = Class::new();
    let board = class.board();
    let mut taken = 0;
    for number in 0..1000 {
        let body = text(&nothing(
            &format!("Ghost {number}"),
            &format!("{number:032x}"),
        ));
        let (status, said) = send(board.clone(), body, &[JSON, CODE_FITS]).await;
        match status {
            StatusCode::OK => taken += 1,
            status => assert_eq!(status, StatusCode::TOO_MANY_REQUESTS, "{said}"),
        }
    }
    // 60 at once, and 2 for each second that this took.
    assert!((60..1000).contains(&taken), "{taken}");
    let body = text(&nothing("Ghost 0", &format!("{:032x}", 0)));
    let (status, _) = send(board, body, &[JSON, CODE_FITS]).await;
    assert_eq!(status, StatusCode::OK);
}

#[test]
fn what_this_workbook_does_not_have_is_counted_and_not_kept() {
    let class = Class::new();
    let mut later = sending(
        "Ada",
        ADAS,
        "ch01-first",
        &[
            ("holds", CheckState::Passed),
            ("is_new", CheckState::Passed),
        ],
    );
    later
        .chapters
        .insert("ch99-none".into(), later.chapters["ch01-first"].clone());
    assert_eq!(class.keep(&later, 0), Answer::Kept { unknown: 2 });
    assert_eq!(class.csv().lines().count(), 2);
}

#[test]
fn a_file_that_is_no_class_or_a_later_one_is_one_line() {
    let class = Class::new();
    class.store();
    let version = |version: i64| {
        let connection = Connection::open(class.file()).unwrap();
        connection
            .pragma_update(None, "user_version", version)
            .unwrap();
    };
    let refused = || Store::open(&class.file()).err().unwrap().to_string();
    version(1);
    assert!(
        refused().contains("of another version of the workbook"),
        "{}",
        refused()
    );
    for file in ["class.sqlite-wal", "class.sqlite-shm"] {
        let _ = std::fs::remove_file(class.0.path().join(file));
    }
    std::fs::write(class.file(), "no database ".repeat(100)).unwrap();
    assert!(refused().contains("move the file away"), "{}", refused());
    assert_eq!(refused().lines().count(), 1);
}

#[tokio::test]
async fn a_verdict_is_answered_when_it_is_in_the_file() {
    let class = Class::new();
    let taken = class.send(&text(&adas()), &[JSON, CODE_FITS]).await;
    assert_eq!(taken, (StatusCode::OK, "{\"unknown\":0}".into()));
    assert!(
        class
            .csv()
            .contains("\"Ada\",\"ch01-first\",\"holds\",\"passed\"")
    );
}

#[tokio::test]
async fn a_board_that_is_started_again_in_the_middle_loses_nothing() {
    let class = Class::new();
    let names: Vec<String> = (0..20)
        .map(|number| format!("Learner {number:02}"))
        .collect();
    for checks in [
        &[("holds", CheckState::Passed)][..],
        &[("is_right", CheckState::Passed)],
    ] {
        // Each turn has a board of its own; they share the file alone.
        let board = class.board();
        for name in &names {
            let body = text(&sending(name, ADAS, "ch01-first", checks));
            assert_eq!(
                send(board.clone(), body, &[JSON, CODE_FITS]).await.0,
                StatusCode::OK
            );
        }
    }
    let shown = shown(class.board()).await;
    assert_eq!(shown["learners"].as_array().unwrap().len(), 20);
    assert_eq!(shown["chapters"][0]["done"], 20);
}

#[tokio::test]
async fn without_the_very_code_nothing_is_taken() {
    let class = Class::new();
    for code in [
        "",
        "Bearer ",
        "Bearer k7q2mx4",
        "Bearer k7q2mx4pp",
        "Bearer K7Q2MX4P",
        "k7q2mx4p",
        "Basic k7q2mx4p",
    ] {
        let (status, body) = class
            .send(&text(&adas()), &[JSON, ("authorization", code)])
            .await;
        assert_eq!(status, StatusCode::UNAUTHORIZED, "{code}");
        assert!(!body.contains(CODE));
    }
    assert_eq!(
        class.send(&text(&adas()), &[JSON]).await.0,
        StatusCode::UNAUTHORIZED
    );
    assert_eq!(class.csv().lines().count(), 1);
}

#[tokio::test]
async fn what_is_too_large_misnamed_or_says_more_is_refused() {
    let class = Class::new();
    let with = |field: &str, value: Value| {
        let mut body = json!(adas());
        body[field] = value;
        body.to_string()
    };
    let verdict = json!({ "compiles": true, "checks": { "holds": "perfect" } });
    for (body, expected) in [
        (
            with("name", json!("x".repeat(LARGEST))),
            StatusCode::PAYLOAD_TOO_LARGE,
        ),
        (
            with("name", json!("x".repeat(41))),
            StatusCode::UNPROCESSABLE_ENTITY,
        ),
        (
            with("name", json!("two\nlines")),
            StatusCode::UNPROCESSABLE_ENTITY,
        ),
        (
            with("key", json!("short")),
            StatusCode::UNPROCESSABLE_ENTITY,
        ),
        (
            with("code", json!("fn main() {}")),
            StatusCode::UNPROCESSABLE_ENTITY,
        ),
        (
            with("chapters", json!({ "ch01-first": verdict })),
            StatusCode::UNPROCESSABLE_ENTITY,
        ),
        ("{".into(), StatusCode::BAD_REQUEST),
    ] {
        let (status, why) = class.send(&body, &[JSON, CODE_FITS]).await;
        assert_eq!(status, expected, "{}: {why}", &body[..body.len().min(80)]);
    }
    // What a form of a web page can send is no JSON.
    let (status, _) = class
        .send(&text(&adas()), &[("content-type", "text/plain"), CODE_FITS])
        .await;
    assert_eq!(status, StatusCode::UNSUPPORTED_MEDIA_TYPE);
    assert_eq!(class.csv().lines().count(), 1);
}

#[tokio::test]
async fn the_room_cannot_read_the_page_nor_can_another_site() {
    let class = Class::new();
    for path in ["/", "/board.js", "/board.css", "/news"] {
        for (peer, host) in [
            (IN_THE_ROOM, "192.168.1.20:3100"),
            (IN_THE_ROOM, "127.0.0.1:3100"),
            (HERE, "evil.example:3100"),
            (HERE, "127.0.0.1:3101"),
        ] {
            let request = request("GET", path, peer, &[("host", host), COOKIE]);
            let (status, body) = ask(class.board(), request.body(Body::empty()).unwrap()).await;
            assert_eq!(status, StatusCode::FORBIDDEN, "{path} for {peer} on {host}");
            assert!(body.contains("cargo workbook --join"), "{body}");
        }
    }
    for peer in [HERE, "[::ffff:127.0.0.1]:51000", "[::1]:51000"] {
        let request = request("GET", "/", peer, &[("host", "localhost:3100"), COOKIE]);
        let response = class
            .board()
            .oneshot(request.body(Body::empty()).unwrap())
            .await
            .unwrap();
        assert_eq!(response.status(), StatusCode::OK, "{peer}");
        let policy = response.headers()["content-security-policy"]
            .to_str()
            .unwrap();
        assert!(policy.contains("script-src 'self'"), "{policy}");
    }
}

#[tokio::test]
async fn only_the_instructor_sees_the_page_and_no_other_user_of_the_machine() {
    let class = Class::new();
    let host = ("host", "127.0.0.1:3100");
    for path in ["/", "/board.js", "/board.css", "/news", "/?key=abd"] {
        for cookie in ["", "workbook-3100=abd", "workbook-3101=abc"] {
            let request = request("GET", path, HERE, &[host, ("cookie", cookie)]);
            let (status, body) = ask(class.board(), request.body(Body::empty()).unwrap()).await;
            assert_eq!(status, StatusCode::FORBIDDEN, "{path} with {cookie:?}");
            assert!(
                body.contains("at the address that the terminal shows"),
                "{body}"
            );
        }
    }
    let request = request("GET", "/?key=abc", HERE, &[host]);
    let response = class.board().oneshot(request.body(Body::empty()).unwrap());
    let response = response.await.unwrap();
    assert_eq!(response.status(), StatusCode::OK);
    let cookie = response.headers()["set-cookie"].to_str().unwrap();
    assert!(cookie.starts_with("workbook-3100=abc; "), "{cookie}");
}

/// What the page's buttons send.
async fn change(board: Router, change: &Value, headers: &[(&str, &str)]) -> StatusCode {
    let host = ("host", "127.0.0.1:3100");
    let request = request("POST", "/change", HERE, &[headers, &[host, JSON]].concat());
    ask(board, request.body(Body::from(change.to_string())).unwrap())
        .await
        .0
}

#[tokio::test]
async fn the_instructor_removes_readmits_and_closes_and_nobody_else_does() {
    let class = Class::new();
    class.keep(&nothing("Ada", ADAS), 0);
    let own = ("origin", "http://127.0.0.1:3100");
    for (headers, why) in [
        (&[own][..], "another user of this machine"),
        (&[CODE_FITS, own], "a learner"),
        (
            &[COOKIE, ("origin", "http://127.0.0.1:3000")],
            "a page of another port",
        ),
        (&[COOKIE, ("origin", "null")], "a page of nowhere"),
    ] {
        for sent in [json!({ "remove": 1 }), json!({ "closed": true })] {
            let status = change(class.board(), &sent, headers).await;
            assert_eq!(status, StatusCode::FORBIDDEN, "{why}");
        }
    }
    let from_the_page = async |sent| change(class.board(), &sent, &[COOKIE, own]).await;
    let seen = async || {
        let shown = shown(class.board()).await;
        (
            shown["learners"].as_array().unwrap().len(),
            shown["removed"].clone(),
            shown["closed"].clone(),
        )
    };
    assert_eq!(seen().await, (1, json!([]), json!(false)));
    for sent in [json!({ "remove": 1 }), json!({ "closed": true })] {
        assert_eq!(from_the_page(sent).await, StatusCode::NO_CONTENT);
    }
    let removed = json!([{ "id": 1, "name": "Ada" }]);
    assert_eq!(seen().await, (0, removed, json!(true)));
    for sent in [json!({ "readmit": 1 }), json!({ "closed": false })] {
        assert_eq!(from_the_page(sent).await, StatusCode::NO_CONTENT);
    }
    assert_eq!(seen().await, (1, json!([]), json!(false)));
    let nobody = from_the_page(json!({ "remove": 7 })).await;
    assert_eq!(nobody, StatusCode::NOT_FOUND);
    let nonsense = from_the_page(json!({ "clear": true })).await;
    assert_eq!(nonsense, StatusCode::UNPROCESSABLE_ENTITY);
}

#[tokio::test]
async fn who_may_not_join_is_told_why() {
    let class = Class::new();
    class.keep(&nothing("Ada", ADAS), 0);
    let said = async |name: &str, key: &str| {
        let body = text(&nothing(name, key));
        class.send(&body, &[JSON, CODE_FITS]).await
    };
    let (status, why) = said("ada", OTHER).await;
    assert_eq!(status, StatusCode::CONFLICT);
    assert!(why.contains("or one that looks like it"), "{why}");
    class.store().change(Change::Closed(true)).unwrap();
    let (status, why) = said("Bo", OTHER).await;
    assert_eq!(status, StatusCode::FORBIDDEN);
    assert!(why.contains("takes nobody new now"), "{why}");
    class.change(Change::Remove, "Ada");
    let (status, why) = said("Ada", ADAS).await;
    assert_eq!(status, StatusCode::FORBIDDEN);
    assert!(why.contains("has removed you"), "{why}");
}

#[tokio::test]
async fn a_name_reaches_the_page_as_data_and_the_page_sets_text_only() {
    let class = Class::new();
    let name = "<img src=x onerror=alert(1)>";
    class.keep(
        &sending(name, ADAS, "ch01-first", &[("holds", CheckState::Passed)]),
        0,
    );
    assert_eq!(shown(class.board()).await["learners"][0]["name"], name);
    let script = include_str!("../src/board.js");
    for writes_markup in [
        "innerHTML",
        "outerHTML",
        "insertAdjacentHTML",
        "document.write",
    ] {
        assert!(!script.contains(writes_markup), "{writes_markup}");
    }
}

#[tokio::test]
async fn the_page_is_told_where_the_room_is_stuck() {
    let class = Class::new();
    class.keep(&adas(), 1_000);
    class.keep(
        &sending("Bo", OTHER, "ch01-first", &[("holds", CheckState::Failed)]),
        2_000,
    );
    let mut broken = adas();
    broken.chapters.get_mut("ch01-first").unwrap().compiles = false;
    broken
        .chapters
        .get_mut("ch01-first")
        .unwrap()
        .checks
        .clear();
    class.keep(&broken, 3_000);
    let shown = shown(class.board()).await;
    let chapter = &shown["chapters"][0];
    assert_eq!(
        (&chapter["begun"], &chapter["done"], &chapter["broken"]),
        (&json!(2), &json!(0), &json!(1))
    );
    let holds = json!({ "sentence": "holds", "passed": 1, "stuck": 1, "since": 2_000 });
    let is_right = json!({ "sentence": "is right", "passed": 0, "stuck": 2, "since": 1_000 });
    assert_eq!(chapter["checks"], json!([holds, is_right]));
    assert_eq!(shown["chapters"][1]["begun"], 0);
    let at = json!({
        "chapter": "ch01-first", "compiles": false, "passed": 1, "checks": 2, "stuck": "is right", "since": 3_000
    });
    assert_eq!(
        shown["learners"][0],
        json!({ "id": 1, "name": "Ada", "seen": 3_000, "at": at })
    );
}

#[tokio::test]
async fn a_page_that_opens_late_is_told_the_time_of_now() {
    let class = Class::new();
    let board = class.board();
    let opened = now();
    while now() == opened {}
    let told = shown(board).await["now"].as_i64().unwrap();
    assert!(told > opened, "{told} is not after {opened}");
}

#[tokio::test(flavor = "multi_thread")]
async fn whoever_says_nothing_or_never_ends_is_cut_off() {
    let class = Class::new();
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let address = listener.local_addr().unwrap();
    let board = Board::new(
        class.store(),
        outline(),
        address,
        CODE.into(),
        String::new(),
        Key::new("abc", address.port()),
    );
    tokio::spawn(serve(listener, board.unwrap()));
    let mut silent = TcpStream::connect(address).unwrap();
    let mut endless = TcpStream::connect(address).unwrap();
    // It may be refused before all of it is sent.
    let _ = write!(endless, "GET / HTTP/1.1\r\nx: {}", "a".repeat(1 << 20));
    let ends = |stream: &mut TcpStream| stream.read_to_end(&mut Vec::new()).map_or(0, |read| read);
    assert!(ends(&mut endless) < 1024);
    assert_eq!(ends(&mut silent), 0);
}

#[tokio::test]
async fn a_page_that_is_open_is_told_what_arrives() {
    let class = Class::new();
    let board = class.board();
    let request = request("GET", "/news", HERE, &[("host", "127.0.0.1:3100"), COOKIE]);
    let response = board
        .clone()
        .oneshot(request.body(Body::empty()).unwrap())
        .await
        .unwrap();
    let mut events = response.into_body().into_data_stream();
    let mut learners = async || {
        let event = events.next().await.unwrap().unwrap();
        let event = String::from_utf8_lossy(&event).into_owned();
        let news: Value = serde_json::from_str(event.strip_prefix("data: ").unwrap()).unwrap();
        news["learners"].as_array().unwrap().len()
    };
    assert_eq!(learners().await, 0);
    send(board, text(&adas()), &[JSON, CODE_FITS]).await;
    assert_eq!(learners().await, 1);
}
