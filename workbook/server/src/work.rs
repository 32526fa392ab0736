//! What a page may do with the learner's files: read one, save it, bring the shipped text back, and see
//! how one right fix differs. And what it may have checked: the learner's file, or a wrong fix of the page.

use anyhow::anyhow;
use std::sync::Arc;

use axum::extract::{DefaultBodyLimit, Path, Request, State};
use axum::http::{HeaderMap, HeaderValue, Method, StatusCode, header};
use axum::middleware::{self, Next};
use axum::response::{IntoResponse, Response};
use axum::routing::{get, post};
use axum::{Json, Router};
use common::connections::with_a_whole_body;
use runner::{
    Chapter, LARGEST_TEXT, Limits, NearWrongFix, Reset, Root, Saved, Variant, difference_to_fix,
    nearest_wrong_fix, next_unsolved, read_answer, reset, run_variant, save_answer, text,
};
use serde::{Deserialize, Serialize};

use crate::history;

/// The header that proves that a page was served by this run of the server.
pub const TOKEN: &str = "x-workbook-token";

/// Bytes of a request's body: it holds two texts, and JSON writes some characters as two.
const LARGEST: usize = 4 * LARGEST_TEXT;

/// The exercises, and whoever checks them.
#[derive(Clone)]
pub struct Exercises {
    /// The workbook.
    pub root: Root,
    /// Has a chapter, by its full name, checked soon.
    pub check: Arc<dyn Fn(&str) + Send + Sync>,
}

/// The routes under `/workbook/exercise`. A request that changes or checks a file must bring `token`.
pub fn router(exercises: Exercises, token: &Arc<str>) -> Router {
    Router::new()
        .route("/workbook/exercise/{chapter}", get(read).put(save))
        .route("/workbook/exercise/{chapter}/check", post(check_again))
        .route("/workbook/exercise/{chapter}/history", get(history::list))
        .route(
            "/workbook/exercise/{chapter}/history/{number}",
            get(history::text),
        )
        .route("/workbook/exercise/{chapter}/reset", post(bring_back))
        .route("/workbook/exercise/{chapter}/fix", get(one_right_fix))
        .route("/workbook/exercise/{chapter}/solved", get(solved))
        .route(
            "/workbook/exercise/{chapter}/wrong/{file}",
            post(try_wrong_fix),
        )
        .layer(DefaultBodyLimit::disable())
        .layer(middleware::from_fn(with_a_whole_body::<LARGEST>))
        .layer(middleware::from_fn_with_state(
            Arc::clone(token),
            only_with_the_token,
        ))
        .with_state(exercises)
}

/// Another page of this machine's browser can send requests here, but not read the token.
async fn only_with_the_token(
    State(token): State<Arc<str>>,
    headers: HeaderMap,
    request: Request,
    next: Next,
) -> Response {
    let brought = headers.get(TOKEN).map(HeaderValue::as_bytes);
    let is_from_a_page = headers.contains_key(header::ORIGIN);
    if request.method() != Method::GET && (brought != Some(token.as_bytes()) || !is_from_a_page) {
        let message = "Reload the page: the workbook was started anew.";
        return (StatusCode::FORBIDDEN, message).into_response();
    }
    next.run(request).await
}

#[derive(Serialize)]
pub struct Answer {
    pub text: String,
}

/// An exercise for the page's editor.
#[derive(Serialize)]
struct Exercise {
    text: String,
    /// As the workbook ships it.
    shipped: String,
    /// The sections of the shipped text that one right fix changes.
    repairs: Vec<String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Change {
    /// What the page believes to stand in the file.
    was: String,
    text: String,
}

#[derive(Serialize)]
struct Fix {
    /// From the learner's text to the solution, in lines that begin with a blank, `-` or `+`.
    difference: String,
}

/// What a page shows when all checks pass.
#[derive(Serialize)]
struct Solved {
    /// In one line.
    learned: String,
    /// None where a chapter has no wrong fixes.
    nearest: Option<NearWrongFix>,
    /// The next one that is not solved; none when all are.
    next: Option<NextChapter>,
}

#[derive(Serialize)]
struct NextChapter {
    /// `chNN-name`.
    name: String,
    title: String,
}

#[derive(Serialize)]
struct BroughtBack {
    text: String,
    /// Where the learner's text is kept.
    kept: Option<String>,
}

#[derive(Serialize)]
struct Tried {
    /// The verdict as the terminal shows it.
    verdict: String,
}

pub type Reply<T> = Result<Json<T>, Refused>;

/// An error as a response of one line.
pub struct Refused(anyhow::Error);

impl IntoResponse for Refused {
    fn into_response(self) -> Response {
        (StatusCode::UNPROCESSABLE_ENTITY, format!("{:#}", self.0)).into_response()
    }
}

impl From<anyhow::Error> for Refused {
    fn from(error: anyhow::Error) -> Refused {
        Refused(error)
    }
}

/// A chapter by its full name, as the workbook lists it: no other name reaches a path.
pub fn chapter(root: &Root, name: &str) -> Result<Chapter, Refused> {
    if !root.names()?.iter().any(|own| own == name) {
        return Err(Refused(anyhow!("there is no such chapter")));
    }
    Ok(root.chapter(name)?)
}

async fn read(
    State(Exercises { root, .. }): State<Exercises>,
    Path(name): Path<String>,
) -> Reply<Exercise> {
    let chapter = chapter(&root, &name)?;
    let text = read_answer(&root, &chapter)?;
    let shipped = Variant::shipped(&chapter).source(&root)?;
    let solution = Variant::solution(&root, &chapter).source(&root)?;
    let repairs = shipped.sections_changed_in(&root, &solution)?;
    let shipped = shipped.text();
    Ok(Json(Exercise {
        text,
        shipped,
        repairs,
    }))
}

async fn save(
    State(Exercises { root, .. }): State<Exercises>,
    Path(name): Path<String>,
    Json(change): Json<Change>,
) -> Result<Response, Refused> {
    let chapter = chapter(&root, &name)?;
    Ok(
        match save_answer(&root, &chapter, &change.was, &change.text)? {
            Saved::Written => StatusCode::NO_CONTENT.into_response(),
            Saved::ChangedElsewhere(text) => {
                (StatusCode::CONFLICT, Json(Answer { text })).into_response()
            }
        },
    )
}

/// For a text that is saved already: a save is seen by whoever watches the files.
async fn check_again(
    State(Exercises { root, check }): State<Exercises>,
    Path(name): Path<String>,
) -> Result<StatusCode, Refused> {
    check(&chapter(&root, &name)?.name);
    Ok(StatusCode::NO_CONTENT)
}

async fn bring_back(
    State(Exercises { root, .. }): State<Exercises>,
    Path(name): Path<String>,
) -> Reply<BroughtBack> {
    let chapter = chapter(&root, &name)?;
    let kept = match reset(&root, &chapter)? {
        Reset::Kept(kept) => Some(root.shown(&kept)),
        Reset::Nothing | Reset::BroughtBack => None,
    };
    let text = read_answer(&root, &chapter)?;
    Ok(Json(BroughtBack { text, kept }))
}

async fn one_right_fix(
    State(Exercises { root, .. }): State<Exercises>,
    Path(name): Path<String>,
) -> Reply<Fix> {
    let chapter = chapter(&root, &name)?;
    let difference = difference_to_fix(&root, &chapter)?;
    Ok(Json(Fix { difference }))
}

/// Checks a wrong fix of the chapter in place of the learner's text, which it leaves alone. One at a time: each takes a
/// cargo and all that its checks may use.
async fn try_wrong_fix(
    State(Exercises { root, .. }): State<Exercises>,
    Path((name, file)): Path<(String, String)>,
) -> Reply<Tried> {
    static ONE_AT_A_TIME: tokio::sync::Mutex<()> = tokio::sync::Mutex::const_new(());
    let chapter = chapter(&root, &name)?;
    let mut wrong = chapter.manifest.wrong.iter();
    if !wrong.any(|wrong| *wrong.file.get_ref() == file) {
        return Err(Refused(anyhow!("the chapter has no such wrong fix")));
    }
    let _turn = ONE_AT_A_TIME.lock().await;
    let run = move || {
        let variant = Variant::wrong(&chapter, &file);
        text(&run_variant(&root, &variant, Limits::default(), None))
    };
    let verdict = tokio::task::spawn_blocking(run)
        .await
        .map_err(|error| Refused(anyhow!("the run has ended without a verdict: {error}")))?;
    Ok(Json(Tried { verdict }))
}

async fn solved(
    State(Exercises { root, .. }): State<Exercises>,
    Path(name): Path<String>,
) -> Reply<Solved> {
    let chapter = chapter(&root, &name)?;
    let next = match next_unsolved(&root, &name) {
        Some(next) => Some(NextChapter {
            title: root.chapter(&next)?.heading(),
            name: next,
        }),
        None => None,
    };
    Ok(Json(Solved {
        nearest: nearest_wrong_fix(&root, &chapter)?,
        learned: chapter.manifest.learned,
        next,
    }))
}

#[cfg(test)]
pub mod tests {
    use std::sync::Mutex;

    use axum::body::{Body, to_bytes};
    use serde_json::{Value, json};
    use tempfile::TempDir;
    use tower::ServiceExt;

    use super::*;

    const OWN: &str = "0123456789abcdef";
    const EXERCISE: &str = "exercises/ch01-first/src/lib.rs";
    const SHIPPED: &str = "fn a() {}\n// ANCHOR: b\nfn b() {}\n// ANCHOR_END: b\nmod check;\n";

    /// A folder, and the names of chapters that were to be checked.
    pub struct Workbook(TempDir, Arc<Mutex<Vec<String>>>);

    impl Workbook {
        /// With one chapter, as shipped.
        pub fn new() -> Workbook {
            let workbook = Workbook(tempfile::tempdir().unwrap(), Arc::default());
            let toml = "title = \"One\"\nsubject = \"One\"\nalso_called = []\nsymptoms = [\"one\"]\nshort_goal = [\"holds\"]\nlearned = \"It holds.\"\n\
                        description = \"A chapter of one check, for the server's own tests.\"\n\
                        minutes = { talk = 1, exercise = 1, short = 1 }\nhints = [\"\", \"\", \"\"]\n\
                        [[check]]\nname = \"holds\"\nshipped = \"passes\"\npromises = [1]\n";
            workbook.write("exercises/ch01-first/chapter.toml", toml);
            workbook.write(
                "exercises/ch01-first/src/check.rs",
                "#[test]\nfn holds() {}\nchecks::earned!();\n",
            );
            let readme = "<!-- ANCHOR: promises -->\n1. It holds.\n<!-- ANCHOR_END: promises -->\n";
            workbook.write("exercises/ch01-first/README.md", readme);
            workbook.write("exercises/ch01-first/shipped.rs", SHIPPED);
            workbook.write(EXERCISE, SHIPPED);
            let solution = "fn a() {}\nfn c() {}\n#[path = \"../../../exercises/ch01-first/src/check.rs\"]\nmod check;\n";
            workbook.write("solutions/ch01-first/src/lib.rs", solution);
            workbook.write("secret.rs", "not for the web");
            workbook
        }

        pub fn root(&self) -> Root {
            Root::at(self.0.path())
        }

        fn write(&self, file: &str, text: &str) {
            let path = self.0.path().join(file);
            std::fs::create_dir_all(path.parent().unwrap()).unwrap();
            std::fs::write(path, text).unwrap();
        }

        fn exercise(&self) -> String {
            std::fs::read_to_string(self.0.path().join(EXERCISE)).unwrap()
        }

        /// Sends a request as a page of the book does.
        async fn ask(&self, method: &str, path: &str, body: &Value) -> (StatusCode, String) {
            let headers = [
                (TOKEN, OWN),
                ("origin", "http://127.0.0.1:3000"),
                ("content-type", "application/json"),
            ];
            self.ask_with(method, path, body.to_string(), &headers)
                .await
        }

        async fn ask_with(
            &self,
            method: &str,
            path: &str,
            body: String,
            headers: &[(&str, &str)],
        ) -> (StatusCode, String) {
            let mut request = Request::builder().method(method).uri(path);
            for (name, value) in headers {
                request = request.header(*name, *value);
            }
            let checked = Arc::clone(&self.1);
            let exercises = Exercises {
                root: self.root(),
                check: Arc::new(move |name| checked.lock().unwrap().push(name.to_owned())),
            };
            let server = router(exercises, &OWN.into());
            let response = server
                .oneshot(request.body(Body::from(body)).unwrap())
                .await
                .unwrap();
            let status = response.status();
            let body = to_bytes(response.into_body(), 1 << 20).await.unwrap();
            (status, String::from_utf8_lossy(&body).into_owned())
        }
    }

    const PATH: &str = "/workbook/exercise/ch01-first";

    #[tokio::test]
    async fn a_page_reads_and_saves_the_learner_s_file() {
        let workbook = Workbook::new();
        let (status, body) = workbook.ask("GET", PATH, &Value::Null).await;
        assert_eq!(
            (status, body),
            (
                StatusCode::OK,
                json!({ "text": SHIPPED, "shipped": SHIPPED, "repairs": ["b"] }).to_string()
            )
        );
        let change = json!({ "was": SHIPPED, "text": "mine" });
        let (status, _) = workbook.ask("PUT", PATH, &change).await;
        assert_eq!(status, StatusCode::NO_CONTENT);
        assert_eq!(workbook.exercise(), "mine");
    }

    #[tokio::test]
    async fn a_file_that_was_changed_elsewhere_is_not_overwritten() {
        let workbook = Workbook::new();
        workbook.write(EXERCISE, "from an editor");
        let change = json!({ "was": SHIPPED, "text": "from the page" });
        let (status, body) = workbook.ask("PUT", PATH, &change).await;
        assert_eq!(status, StatusCode::CONFLICT);
        assert_eq!(body, json!({ "text": "from an editor" }).to_string());
        assert_eq!(workbook.exercise(), "from an editor");
    }

    #[test]
    fn of_two_who_save_at_once_one_is_told_of_the_other() {
        let workbook = Workbook::new();
        let root = workbook.root();
        let chapter = root.chapter("ch01-first").unwrap();
        for round in 0..100 {
            let was = read_answer(&root, &chapter).unwrap();
            let save = |who: &str| {
                let text = format!("{who} {round}");
                save_answer(&root, &chapter, &was, &text).unwrap()
            };
            let both = std::thread::scope(|scope| {
                let other = scope.spawn(|| save("other"));
                [save("one"), other.join().unwrap()]
            });
            let written = both.iter().filter(|saved| **saved == Saved::Written);
            assert_eq!(written.count(), 1, "{both:?}");
        }
    }

    #[tokio::test]
    async fn a_page_sees_one_kind_of_line_end_and_the_file_keeps_its_own() {
        let workbook = Workbook::new();
        for (file, saved) in [
            ("a\r\nb\nc\r\n", "a\r\nb\r\nd\r\n"),
            ("a\nb\r\nc\n", "a\nb\nd\n"),
        ] {
            workbook.write(EXERCISE, file);
            let (_, body) = workbook.ask("GET", PATH, &Value::Null).await;
            let body: Value = serde_json::from_str(&body).unwrap();
            assert_eq!(body["text"], "a\nb\nc\n");
            let change = json!({ "was": "a\nb\nc\n", "text": "a\nb\nd\n" });
            let (status, body) = workbook.ask("PUT", PATH, &change).await;
            assert_eq!(status, StatusCode::NO_CONTENT, "{body}");
            assert_eq!(workbook.exercise(), saved);
        }
    }

    #[tokio::test]
    async fn a_text_that_is_saved_already_is_checked_when_asked() {
        let workbook = Workbook::new();
        let (status, _) = workbook
            .ask("POST", &format!("{PATH}/check"), &Value::Null)
            .await;
        assert_eq!(status, StatusCode::NO_CONTENT);
        assert_eq!(*workbook.1.lock().unwrap(), ["ch01-first"]);
    }

    #[tokio::test]
    async fn a_reset_keeps_a_copy_and_names_it() {
        let workbook = Workbook::new();
        workbook.write(EXERCISE, "mine");
        let (_, body) = workbook
            .ask("POST", &format!("{PATH}/reset"), &Value::Null)
            .await;
        let kept = "exercises/ch01-first/src/lib.yours-1.rs";
        assert_eq!(body, json!({ "text": SHIPPED, "kept": kept }).to_string());
        assert_eq!(
            std::fs::read_to_string(workbook.0.path().join(kept)).unwrap(),
            "mine"
        );
    }

    #[tokio::test]
    async fn the_texts_that_were_saved_and_those_that_were_replaced_are_listed_and_shown() {
        let workbook = Workbook::new();
        workbook.write(EXERCISE, "from an editor");
        for change in [
            json!({ "was": "from an editor", "text": "mine\nin two lines" }),
            json!({ "was": "mine\nin two lines", "text": SHIPPED }),
        ] {
            workbook.ask("PUT", PATH, &change).await;
        }
        let history = format!("{PATH}/history");
        let (_, body) = workbook.ask("GET", &history, &Value::Null).await;
        let listed: Vec<Value> = serde_json::from_str(&body).unwrap();
        let numbers: Vec<&Value> = listed.iter().map(|text| &text["number"]).collect();
        assert_eq!(numbers, [&json!(2), &json!(1)]);
        assert_eq!(listed[0]["lines"], 2);
        assert!(listed[0]["seen"].as_u64() > Some(1_700_000_000_000));
        let (_, body) = workbook
            .ask("GET", &format!("{history}/1"), &Value::Null)
            .await;
        assert_eq!(body, json!({ "text": "from an editor" }).to_string());
        for other in ["9", "x", "..", "..%2f0001.rs"] {
            let path = format!("{history}/{other}");
            let (status, _) = workbook.ask("GET", &path, &Value::Null).await;
            assert!(status.is_client_error(), "{other}: {status}");
        }
    }

    #[tokio::test]
    async fn the_next_chapter_is_the_next_one_that_is_not_solved() {
        let workbook = Workbook::new();
        let first = |file: &str| {
            let path = workbook.0.path().join("exercises/ch01-first").join(file);
            std::fs::read_to_string(path).unwrap()
        };
        for name in ["ch02-second", "ch03-third"] {
            for file in [
                "chapter.toml",
                "src/check.rs",
                "README.md",
                "shipped.rs",
                "src/lib.rs",
            ] {
                workbook.write(&format!("exercises/{name}/{file}"), &first(file));
            }
        }
        for (solved, next) in [
            (json!({}), json!("ch02-second")),
            (
                json!({ "ch02-second": { "passed": [], "solved": true } }),
                json!("ch03-third"),
            ),
            (
                json!({ "ch02-second": { "passed": [], "solved": true }, "ch03-third": { "passed": [], "solved": true } }),
                Value::Null,
            ),
        ] {
            workbook.write(".workbook/progress.json", &solved.to_string());
            let (_, body) = workbook
                .ask("GET", &format!("{PATH}/solved"), &Value::Null)
                .await;
            let body: Value = serde_json::from_str(&body).unwrap();
            assert_eq!(body["next"]["name"], next, "{solved}");
        }
    }

    #[tokio::test]
    async fn the_fix_is_the_difference_from_the_learner_s_text() {
        let workbook = Workbook::new();
        let (_, body) = workbook
            .ask("GET", &format!("{PATH}/fix"), &Value::Null)
            .await;
        let body: Value = serde_json::from_str(&body).unwrap();
        let lines: Vec<&str> = body["difference"].as_str().unwrap().lines().collect();
        assert_eq!(
            lines,
            [
                "@@ -1,3 +1,3 @@",
                " fn a() {}",
                "-fn b() {}",
                "+fn c() {}",
                " mod check;"
            ]
        );
    }

    #[tokio::test]
    async fn a_solved_chapter_says_what_was_learned_and_which_wrong_fix_was_nearest() {
        let workbook = Workbook::new();
        let toml = "exercises/ch01-first/chapter.toml";
        let path = workbook.0.path().join(toml);
        let wrong = |file: &str| {
            format!("[[wrong]]\nfile = \"{file}\"\nfails = [\"holds\"]\nwhy = \"Of {file}.\"\n")
        };
        let listed = std::fs::read_to_string(path).unwrap() + &wrong("far.rs") + &wrong("near.rs");
        workbook.write(toml, &listed);
        let whole = |code: &str| format!("{code}\n#[cfg(test)]\nmod check;\n");
        workbook.write(
            "exercises/ch01-first/wrong/far.rs",
            &whole("fn x() {}\nfn y() {}"),
        );
        workbook.write(
            "exercises/ch01-first/wrong/near.rs",
            &whole("fn a() {}\nfn mine() {}"),
        );
        workbook.write(EXERCISE, &whole("fn a() {}\nfn my() {}"));
        let (_, body) = workbook
            .ask("GET", &format!("{PATH}/solved"), &Value::Null)
            .await;
        let expected = json!({
            "learned": "It holds.",
            "nearest": { "file": "near.rs", "why": "Of near.rs.", "lines": 2 },
            "next": null,
        });
        assert_eq!(serde_json::from_str::<Value>(&body).unwrap(), expected);
    }

    #[tokio::test]
    async fn a_fix_that_the_chapter_does_not_have_is_not_tried() {
        let workbook = Workbook::new();
        let path = "/workbook/exercise/ch01-first/wrong/..%2Flib.rs";
        let (status, words) = workbook.ask("POST", path, &json!(null)).await;
        assert_eq!(status, StatusCode::UNPROCESSABLE_ENTITY);
        assert_eq!(words, "the chapter has no such wrong fix");
    }

    #[tokio::test]
    async fn a_change_without_this_run_s_token_or_from_no_page_is_refused() {
        let workbook = Workbook::new();
        let change = json!({ "was": SHIPPED, "text": "theirs" }).to_string();
        let json = ("content-type", "application/json");
        let origin = ("origin", "http://127.0.0.1:3000");
        for headers in [
            vec![json, origin],
            vec![json, origin, (TOKEN, "")],
            vec![json, origin, (TOKEN, "0123456789abcdee")],
            vec![json, (TOKEN, OWN)],
        ] {
            for (method, path) in [("PUT", PATH.to_owned()), ("POST", format!("{PATH}/reset"))] {
                let (status, _) = workbook
                    .ask_with(method, &path, change.clone(), &headers)
                    .await;
                assert_eq!(status, StatusCode::FORBIDDEN, "{method} {headers:?}");
            }
        }
        // What a form of another page can send is no JSON.
        let form = [origin, (TOKEN, OWN), ("content-type", "text/plain")];
        let (status, _) = workbook.ask_with("PUT", PATH, change, &form).await;
        assert_eq!(status, StatusCode::UNSUPPORTED_MEDIA_TYPE);
        assert_eq!(workbook.exercise(), SHIPPED);
    }

    #[tokio::test]
    async fn no_name_but_a_chapter_s_reaches_a_file() {
        let workbook = Workbook::new();
        let change = json!({ "was": "not for the web", "text": "theirs" });
        for name in [
            "ch01",
            "ch99-none",
            "..",
            "%2e%2e",
            "..%2fch01-first",
            "ch01-first%2f..",
            "%00",
            "ch01-first%00",
        ] {
            for method in ["GET", "PUT"] {
                let (status, body) = workbook
                    .ask(method, &format!("/workbook/exercise/{name}"), &change)
                    .await;
                assert!(status.is_client_error(), "{method} {name}: {status}");
                assert!(!body.contains("not for the web"), "{method} {name}: {body}");
            }
        }
    }

    #[tokio::test]
    async fn a_text_beyond_any_exercise_is_refused() {
        let workbook = Workbook::new();
        for (bytes, expected) in [
            (LARGEST, StatusCode::PAYLOAD_TOO_LARGE),
            (LARGEST_TEXT + 1, StatusCode::UNPROCESSABLE_ENTITY),
        ] {
            let change = json!({ "was": SHIPPED, "text": "x".repeat(bytes) });
            let (status, _) = workbook.ask("PUT", PATH, &change).await;
            assert_eq!(status, expected);
            assert_eq!(workbook.exercise(), SHIPPED);
        }
        // The largest that is taken can be read, and saved over.
        let largest = "\n".repeat(LARGEST_TEXT);
        for (was, text) in [(SHIPPED, &*largest), (&*largest, SHIPPED)] {
            let change = json!({ "was": was, "text": text });
            let (status, body) = workbook.ask("PUT", PATH, &change).await;
            assert_eq!(status, StatusCode::NO_CONTENT, "{body}");
        }
    }

    #[cfg(unix)]
    #[tokio::test]
    async fn a_link_out_of_the_workbook_is_neither_read_nor_written() {
        let change = json!({ "was": "not for the web", "text": "theirs" });
        for linked in [EXERCISE, "exercises/ch01-first/src"] {
            let workbook = Workbook::new();
            let elsewhere = tempfile::tempdir().unwrap();
            let secret = elsewhere.path().join("lib.rs");
            std::fs::write(&secret, "not for the web").unwrap();
            std::fs::write(
                elsewhere.path().join("check.rs"),
                "#[test]\nfn holds() {}\nchecks::earned!();\n",
            )
            .unwrap();
            let path = workbook.0.path().join(linked);
            let target = if path.is_dir() {
                std::fs::remove_dir_all(&path).unwrap();
                elsewhere.path()
            } else {
                std::fs::remove_file(&path).unwrap();
                &secret
            };
            std::os::unix::fs::symlink(target, &path).unwrap();
            for method in ["GET", "PUT"] {
                let (status, body) = workbook.ask(method, PATH, &change).await;
                assert_eq!(status, StatusCode::UNPROCESSABLE_ENTITY);
                assert!(body.contains("is a link that leads elsewhere"), "{body}");
            }
            assert_eq!(std::fs::read_to_string(&secret).unwrap(), "not for the web");
        }
    }
}
