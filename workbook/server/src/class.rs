//! The learner's side of a class board: sends verdicts to an instructor whose class the learner has joined,
//! on a thread of its own. Whatever happens to the board, the learner's checks do not notice.

use anyhow::anyhow;
use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::sync::mpsc::{Receiver, RecvTimeoutError, Sender, channel};
use std::sync::{Arc, Mutex, PoisonError};
use std::thread;
use std::time::Duration;

use runner::{
    CheckState, Outcome, Root, Verdict, changes_its_surroundings, is_as_shipped, one_line,
    problem_with_name,
};
use serde::{Deserialize, Serialize};
use ureq::http::Uri;

use crate::feed::{ClassNews, Feed, Update};

/// How often everything is said again: the board sees who is there, and heals whatever it has missed.
const AGAIN: Duration = Duration::from_secs(30);

/// The first wait after the board did not answer; each next one is twice as long, up to [`AGAIN`].
const RETRY: Duration = Duration::from_secs(1);

/// A board that takes longer does not answer.
const TIMEOUT: Duration = Duration::from_secs(10);

/// Which class, and under what name.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Invitation {
    /// `HOST:PORT`.
    host: String,
    code: String,
    name: String,
}

impl Invitation {
    /// Reads `http://HOST:PORT/CODE`, with or without the scheme.
    pub fn read(url: &str, name: &str) -> anyhow::Result<Invitation> {
        let bare = url.strip_prefix("http://").unwrap_or(url);
        let mut parts = bare.trim_end_matches('/').split('/');
        let parts = (parts.next(), parts.next(), parts.next());
        let is_code = |code: &str| {
            code.bytes()
                .all(|byte| byte.is_ascii_alphanumeric() || byte == b'-')
        };
        let (Some(host), Some(code), None) = parts else {
            return Err(not_a_board(url));
        };
        let has_host = host.parse().is_ok_and(|uri: Uri| {
            let has_port = uri.port_u16().is_some_and(|port| port > 0);
            has_port && !host.starts_with(':') && !host.contains('@') && uri.path().len() <= 1
        });
        if !has_host || code.is_empty() || !is_code(code) {
            return Err(not_a_board(url));
        }
        let name = name.trim();
        if let Some(problem) = problem_with_name(name) {
            return Err(anyhow!("--as: {problem}"));
        }
        let (host, code, name) = (host.into(), code.into(), name.into());
        Ok(Invitation { host, code, name })
    }
}

fn not_a_board(url: &str) -> anyhow::Error {
    anyhow!(
        "--join {url}: a class board's address is http://HOST:PORT/CODE; copy it from the instructor's screen"
    )
}

/// All that is ever sent.
#[derive(Serialize)]
struct Sending<'a> {
    name: &'a str,
    key: &'a str,
    chapters: BTreeMap<&'a str, &'a ChapterVerdict>,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
struct ChapterVerdict {
    compiles: bool,
    checks: BTreeMap<String, CheckState>,
    /// For the learner's own terminal.
    #[serde(skip)]
    line: String,
}

impl ChapterVerdict {
    /// Of a verdict the names of its checks and how they ended. None, if it is not about the learner's work.
    fn of(verdict: &Verdict) -> Option<ChapterVerdict> {
        let (compiles, checks): (bool, &[_]) = match &verdict.outcome {
            Outcome::Ran { checks, .. } => (true, checks),
            Outcome::DoesNotCompile { .. } => (false, &[]),
            Outcome::Error { .. } => return None,
        };
        let checks = checks
            .iter()
            .map(|check| (check.name.clone(), check.state))
            .collect();
        let line = one_line(verdict);
        Some(ChapterVerdict {
            compiles,
            checks,
            line,
        })
    }
}

/// A class that the learner has joined.
pub struct Class {
    post: Sender<(String, ChapterVerdict)>,
    /// Chapters of which it has been told.
    told: Mutex<BTreeSet<String>>,
}

impl Class {
    /// Joins, says what will be sent, and starts the thread that sends and tells `feed` what it has sent.
    pub fn join(root: &Root, invitation: Invitation, feed: Arc<Feed>) -> anyhow::Result<Class> {
        let key = key(root)?;
        println!(
            "Joining the class on {} as {}.",
            invitation.host, invitation.name
        );
        println!(
            "It is sent this name, a random number that tells you from others of it, and of each chapter that \
             you have changed the names of its checks and whether they pass: never code, never a message."
        );
        let (class, verdicts) = channel();
        thread::spawn(move || {
            let say = |line: &str| println!("class: {line}");
            let show = |news| feed.publish(Update::Class(news));
            Post::new(invitation, key).run(&verdicts, say, show);
        });
        Ok(Class::over(class))
    }

    fn over(post: Sender<(String, ChapterVerdict)>) -> Class {
        let told = Mutex::default();
        Class { post, told }
    }

    /// Takes a verdict along. A chapter that is as shipped says nothing about the learner, unless it was changed
    /// before and is reset now.
    pub fn tell(&self, root: &Root, verdict: &Verdict) {
        let chapter = &verdict.chapter;
        let mut told = self.told.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(of_it) = ChapterVerdict::of(verdict)
            && (told.contains(chapter) || has_begun(root, chapter))
        {
            told.insert(chapter.clone());
            let _ = self.post.send((chapter.clone(), of_it));
        }
    }
}

fn has_begun(root: &Root, chapter: &str) -> bool {
    !is_as_shipped(&root.path().join("exercises").join(chapter))
}

/// The number by which a board knows this learner again after a break.
fn key(root: &Root) -> anyhow::Result<String> {
    let file = root.path().join(".workbook").join("class-key");
    let had = fs::read_to_string(&file).unwrap_or_default();
    let had = had.trim();
    if had.len() == 32 && had.bytes().all(|byte| byte.is_ascii_hexdigit()) {
        return Ok(had.to_lowercase());
    }
    let key = crate::work::new_token()?;
    fs::create_dir_all(file.with_file_name(""))
        .and_then(|()| fs::write(&file, &key))
        .map_err(|error| anyhow!("{}: {error}; the class is not joined", root.shown(&file)))?;
    Ok(key)
}

/// The latest verdict on every chapter, and the latest that the board has acknowledged.
struct Post {
    invitation: Invitation,
    key: String,
    agent: ureq::Agent,
    latest: BTreeMap<String, ChapterVerdict>,
    acknowledged: BTreeMap<String, ChapterVerdict>,
    again: Duration,
    retry: Duration,
}

/// What the board says to a sending.
#[derive(Deserialize)]
struct Taken {
    unknown: usize,
}

impl Post {
    fn new(invitation: Invitation, key: String) -> Post {
        let agent = ureq::Agent::config_builder()
            .timeout_global(Some(TIMEOUT))
            // The board stands in the same room.
            .proxy(None)
            .max_redirects(0)
            .http_status_as_error(false)
            .build()
            .new_agent();
        Post {
            invitation,
            key,
            agent,
            latest: BTreeMap::new(),
            acknowledged: BTreeMap::new(),
            again: AGAIN,
            retry: RETRY,
        }
    }

    /// Sends until the workbook ends. Says each verdict that the board has taken, and each trouble once; shows how
    /// it stands whenever that has changed.
    fn run(
        mut self,
        verdicts: &Receiver<(String, ChapterVerdict)>,
        say: impl Fn(&str),
        show: impl Fn(ClassNews),
    ) {
        let mut wait = Duration::ZERO;
        let mut trouble: Option<String> = None;
        let mut shown = None;
        let (mut is_in, mut said_unknown) = (false, false);
        loop {
            let everything = match verdicts.recv_timeout(wait) {
                Ok((chapter, verdict)) => {
                    self.latest.insert(chapter, verdict);
                    self.latest.extend(verdicts.try_iter());
                    trouble.is_some()
                }
                Err(RecvTimeoutError::Timeout) => true,
                Err(RecvTimeoutError::Disconnected) => return,
            };
            match self.send(everything) {
                Ok(unknown) => {
                    if !is_in {
                        say("you are in");
                        is_in = true;
                    }
                    for (chapter, verdict) in self.unsent() {
                        say(&format!("sent {chapter}: {}", verdict.line));
                    }
                    if unknown > 0 && !said_unknown {
                        say(
                            "the board does not know some of these checks: is its workbook another version?",
                        );
                        said_unknown = true;
                    }
                    if trouble.take().is_some() {
                        say("the board is there, and has every verdict");
                    }
                    self.acknowledged = self.latest.clone();
                    wait = self.again;
                }
                Err(refusal) => {
                    wait = match trouble {
                        None => self.retry,
                        Some(_) => (wait * 2).min(self.again),
                    };
                    if trouble.as_ref() != Some(&refusal) {
                        say(&refusal);
                    }
                    trouble = Some(refusal);
                }
            }
            let news = self.news(trouble.clone());
            if shown.as_ref() != Some(&news) {
                show(news.clone());
                shown = Some(news);
            }
        }
    }

    fn news(&self, trouble: Option<String>) -> ClassNews {
        ClassNews {
            host: self.invitation.host.clone(),
            sent: serde_json::to_string_pretty(&self.sending(true)).unwrap_or_default(),
            trouble,
        }
    }

    /// What the board has not acknowledged.
    fn unsent(&self) -> impl Iterator<Item = (&String, &ChapterVerdict)> {
        let latest = self.latest.iter();
        latest.filter(|(chapter, verdict)| self.acknowledged.get(*chapter) != Some(verdict))
    }

    fn sending(&self, everything: bool) -> Sending<'_> {
        let all = self
            .latest
            .iter()
            .filter(|_| everything)
            .chain(self.unsent());
        Sending {
            name: &self.invitation.name,
            key: &self.key,
            chapters: all
                .map(|(chapter, verdict)| (chapter.as_str(), verdict))
                .collect(),
        }
    }

    /// Sends what is new or everything, and returns how much of it the board does not know; or says why
    /// the board has not taken it.
    fn send(&self, everything: bool) -> Result<usize, String> {
        let away =
            || "the board does not answer; verdicts are kept and sent when it does".to_owned();
        let body = serde_json::to_vec(&self.sending(everything)).unwrap_or_default();
        let mut response = self
            .agent
            .post(format!("http://{}/verdicts", self.invitation.host))
            .header("authorization", format!("Bearer {}", self.invitation.code))
            .header("content-type", "application/json")
            // The next one is seconds away: a room need not hold so many connections open.
            .header("connection", "close")
            .send(&body)
            .map_err(|_| away())?;
        let body = response
            .body_mut()
            .with_config()
            .limit(4096)
            .read_to_string();
        let body = body.map_err(|_| away())?;
        if response.status() == 200 {
            let taken: Result<Taken, _> = serde_json::from_str(&body);
            return taken
                .map(|taken| taken.unknown)
                .map_err(|_| "this is no class board".into());
        }
        // From another machine: a line's end or a colour in it is not for this terminal.
        let words = body.chars().filter(|&c| !changes_its_surroundings(c));
        let words: String = words.take(200).collect();
        Err(format!(
            "not taken ({}): {words}",
            response.status().as_u16()
        ))
    }
}

#[cfg(test)]
mod tests {
    use std::io::{BufRead, BufReader, Read, Write};
    use std::net::{SocketAddr, TcpListener};
    use std::sync::mpsc::{Receiver, Sender, channel};

    use runner::CheckResult;
    use serde_json::Value;

    use super::*;

    const KEY: &str = "0123456789abcdef0123456789abcdef";

    fn verdict(chapter: &str, outcome: Outcome) -> Verdict {
        let (chapter, title) = (chapter.to_owned(), String::new());
        Verdict {
            chapter,
            title,
            outcome,
            milliseconds: 1,
        }
    }

    fn ran(checks: &[(&str, CheckState)]) -> Outcome {
        let result = |(name, state): &(&str, CheckState)| CheckResult {
            name: (*name).into(),
            sentence: name.replace('_', " "),
            state: *state,
            message: "secret: what my code said".into(),
            at: Some("exercises/ch01-first/src/lib.rs:7".into()),
            promises: Vec::new(),
            trace: None,
        };
        let checks = checks.iter().map(result).collect();
        Outcome::Ran {
            checks,
            warnings: vec!["secret: my code".into()],
        }
    }

    fn told(outcome: Outcome) -> ChapterVerdict {
        ChapterVerdict::of(&verdict("ch01-first", outcome)).unwrap()
    }

    fn passing(state: CheckState) -> ChapterVerdict {
        told(ran(&[("holds", state)]))
    }

    /// Answers one request with this status and body, and returns what came: head and body.
    fn answer(board: &TcpListener, status: &str, reply: &str) -> (String, Value) {
        let (mut stream, _) = board.accept().unwrap();
        let mut reader = BufReader::new(stream.try_clone().unwrap());
        let (mut head, mut length) = (String::new(), 0);
        loop {
            let mut line = String::new();
            reader.read_line(&mut line).unwrap();
            if let Some(value) = line.to_lowercase().strip_prefix("content-length:") {
                length = value.trim().parse().unwrap();
            }
            if line.trim().is_empty() {
                break;
            }
            head += &line;
        }
        let mut body = vec![0; length];
        reader.read_exact(&mut body).unwrap();
        let head_of_reply = format!(
            "HTTP/1.1 {status}\r\nContent-Length: {}\r\nConnection: close",
            reply.len()
        );
        write!(stream, "{head_of_reply}\r\n\r\n{reply}").unwrap();
        (head, serde_json::from_slice(&body).unwrap())
    }

    const TAKEN: (&str, &str) = ("200 OK", "{\"unknown\":0}");

    /// A learner whose board is at `address`, who waits 20 ms where others wait seconds.
    fn learner(address: SocketAddr) -> Learner {
        let invitation = Invitation::read(&format!("http://{address}/k7q2mx4p"), "Ada").unwrap();
        let ((class, verdicts), (say, said), (show, shown)) = (channel(), channel(), channel());
        let mut post = Post::new(invitation, KEY.into());
        (post.again, post.retry) = (Duration::from_millis(20), Duration::from_millis(20));
        thread::spawn(move || {
            let say = |line: &str| drop(say.send(line.to_owned()));
            post.run(&verdicts, say, |news| drop(show.send(news)));
        });
        Learner { class, said, shown }
    }

    struct Learner {
        class: Sender<(String, ChapterVerdict)>,
        /// In the terminal.
        said: Receiver<String>,
        /// In the page.
        shown: Receiver<ClassNews>,
    }

    #[test]
    fn it_sends_what_the_board_takes_and_nothing_of_the_code() {
        let mut post = Post::new(
            Invitation::read("127.0.0.1:1/k7q2mx4p", "Ada").unwrap(),
            KEY.into(),
        );
        let first = ran(&[
            ("there_is_an_answer", CheckState::Passed),
            ("the_answer_is_right", CheckState::Failed),
        ]);
        let errors = vec!["error[E0308]: secret".into()];
        let second = Outcome::DoesNotCompile { errors };
        post.latest = [
            ("ch01-first".into(), told(first)),
            ("ch02-second".into(), told(second)),
        ]
        .into();
        let sent = serde_json::to_string_pretty(&post.sending(true)).unwrap() + "\n";
        assert_eq!(sent, include_str!("../../class/tests/sending.json"));
    }

    #[test]
    fn a_board_that_goes_away_and_comes_back_has_every_verdict() {
        let board = TcpListener::bind("127.0.0.1:0").unwrap();
        let address = board.local_addr().unwrap();
        let Learner { class, said, .. } = learner(address);
        let (head, body) = answer(&board, TAKEN.0, TAKEN.1);
        assert!(head.contains("authorization: Bearer k7q2mx4p"), "{head}");
        assert_eq!(body["chapters"], serde_json::json!({}));
        assert_eq!(said.recv().unwrap(), "you are in");

        drop(board);
        class
            .send(("ch01-first".into(), passing(CheckState::Failed)))
            .unwrap();
        class
            .send(("ch02-second".into(), passing(CheckState::Passed)))
            .unwrap();
        class
            .send(("ch01-first".into(), passing(CheckState::Passed)))
            .unwrap();
        assert_eq!(
            said.recv().unwrap(),
            "the board does not answer; verdicts are kept and sent when it does"
        );

        let board = TcpListener::bind(address).unwrap();
        let both = |body: Value| {
            let passed = |chapter: &str| body["chapters"][chapter]["checks"]["holds"] == "passed";
            passed("ch01-first") && passed("ch02-second")
        };
        assert!(both(answer(&board, TAKEN.0, TAKEN.1).1));
        let told: Vec<String> = said.iter().take(3).collect();
        assert_eq!(
            told,
            [
                "sent ch01-first: passes",
                "sent ch02-second: passes",
                "the board is there, and has every verdict"
            ]
        );
        // A board that was cleared or has lost its file is told everything again.
        assert!(both(answer(&board, TAKEN.0, TAKEN.1).1));
    }

    #[test]
    fn what_the_board_did_not_take_is_sent_again() {
        let board = TcpListener::bind("127.0.0.1:0").unwrap();
        let Learner { class, said, .. } = learner(board.local_addr().unwrap());
        answer(&board, TAKEN.0, TAKEN.1);
        assert_eq!(said.recv().unwrap(), "you are in");
        class
            .send(("ch01-first".into(), passing(CheckState::Passed)))
            .unwrap();
        for _ in 0..3 {
            answer(
                &board,
                "503 Service Unavailable",
                "no room\n\u{1b}[31mon the disk",
            );
        }
        while answer(&board, TAKEN.0, TAKEN.1).1["chapters"]["ch01-first"]["compiles"] != true {}
        assert_eq!(
            said.recv().unwrap(),
            "not taken (503): no room[31mon the disk"
        );
        assert_eq!(said.recv().unwrap(), "sent ch01-first: passes");
    }

    #[test]
    fn the_page_is_told_what_is_sent_and_whether_it_was_taken() {
        let board = TcpListener::bind("127.0.0.1:0").unwrap();
        let address = board.local_addr().unwrap();
        let Learner { class, shown, .. } = learner(address);
        let (_, body) = answer(&board, TAKEN.0, TAKEN.1);
        let sent = |news: &ClassNews| serde_json::from_str::<Value>(&news.sent).unwrap();
        let first = shown.recv().unwrap();
        assert_eq!(
            (first.host.clone(), sent(&first), first.trouble),
            (address.to_string(), body, None)
        );

        drop(board);
        class
            .send(("ch01-first".into(), passing(CheckState::Passed)))
            .unwrap();
        // What is not taken is shown too, and why.
        let kept = shown
            .iter()
            .find(|news| sent(news)["chapters"] != serde_json::json!({}));
        assert_eq!(
            kept.unwrap().trouble.unwrap(),
            "the board does not answer; verdicts are kept and sent when it does"
        );
        let board = TcpListener::bind(address).unwrap();
        let (_, body) = answer(&board, TAKEN.0, TAKEN.1);
        let taken = shown.recv().unwrap();
        assert_eq!((sent(&taken), taken.trouble), (body, None));
    }

    #[test]
    fn an_address_is_read_with_and_without_its_scheme() {
        let read = |url| Invitation::read(url, " Ada ").unwrap();
        let one = read("http://192.168.1.20:3100/k7q2mx4p");
        assert_eq!(
            (one.host.as_str(), one.code.as_str(), one.name.as_str()),
            ("192.168.1.20:3100", "k7q2mx4p", "Ada")
        );
        assert_eq!(read("192.168.1.20:3100/k7q2mx4p/"), one);
        assert_eq!(read("http://[::1]:3100/k7q2mx4p").host, "[::1]:3100");
    }

    #[test]
    fn what_is_no_address_of_a_board_is_refused_in_one_line() {
        for url in [
            "",
            "http://",
            "k7q2mx4p",
            "http://192.168.1.20:3100",
            "http://192.168.1.20:3100/",
            "http://192.168.1.20:99999/k7q2mx4p",
            "http://192.168.1.20:0/k7q2mx4p",
            "http://:3100/k7q2mx4p",
            "https://192.168.1.20:3100/k7q2mx4p",
            "http://a@b/k7q2mx4p",
            "http://192.168.1.20:3100/k7q2/mx4p",
            "http://192.168.1.20:3100/k7q2%0d%0a",
        ] {
            let error = Invitation::read(url, "Ada").unwrap_err().to_string();
            assert!(error.contains("http://HOST:PORT/CODE"), "{url}: {error:#}");
            assert_eq!(error.lines().count(), 1, "{error:#}");
        }
    }

    #[test]
    fn a_name_that_the_board_would_refuse_is_refused_here() {
        for name in ["", "  ", "A\u{1b}[31mda", "A\u{202e}da", &"x".repeat(41)] {
            let error = Invitation::read("192.168.1.20:3100/k7q2mx4p", name)
                .unwrap_err()
                .to_string();
            assert!(error.starts_with("--as: a name has "), "{error:#}");
        }
    }

    #[test]
    fn a_chapter_as_shipped_is_not_told_unless_it_was_changed_before() {
        let folder = tempfile::tempdir().unwrap();
        let chapter = folder.path().join("exercises/ch01-first");
        fs::create_dir_all(chapter.join("src")).unwrap();
        fs::write(chapter.join("shipped.rs"), "as shipped\n").unwrap();
        fs::write(chapter.join("src/lib.rs"), "as shipped\r\n").unwrap();
        let root = Root::at(folder.path());
        let (class, told) = channel();
        let class = Class::over(class);
        let verdict = verdict("ch01-first", ran(&[("holds", CheckState::Failed)]));
        class.tell(&root, &verdict);
        assert!(told.try_recv().is_err());
        fs::write(chapter.join("src/lib.rs"), "changed\n").unwrap();
        class.tell(&root, &verdict);
        assert_eq!(told.try_recv().unwrap().0, "ch01-first");
        // Reset: what the board has of it is no longer so.
        fs::write(chapter.join("src/lib.rs"), "as shipped\n").unwrap();
        class.tell(&root, &verdict);
        assert_eq!(told.try_recv().unwrap().0, "ch01-first");
    }

    #[test]
    fn a_learner_keeps_one_key() {
        let folder = tempfile::tempdir().unwrap();
        let root = Root::at(folder.path());
        let first = key(&root).unwrap();
        assert_eq!((first.len(), key(&root).unwrap()), (32, first.clone()));
        // As an editor would save it.
        let file = folder.path().join(".workbook/class-key");
        fs::write(&file, format!("{first}\n")).unwrap();
        assert_eq!(key(&root).unwrap(), first);
        fs::write(&file, "Z".repeat(32)).unwrap();
        assert_ne!(key(&root).unwrap(), "Z".repeat(32));
    }
}
