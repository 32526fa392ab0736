use std::collections::BTreeMap;
use std::sync::mpsc::{Receiver, RecvTimeoutError};
use std::time::Duration;

use common::name::changes_its_surroundings;
use common::sending::{Receipt, Sending};

use super::{Invitation, Report};
use crate::feed::ClassNews;

/// How often everything is said again: the board sees who is there, and heals whatever it has missed.
const AGAIN: Duration = Duration::from_secs(30);

/// The first wait after the board did not answer; each next one is twice as long, up to [`AGAIN`].
const RETRY: Duration = Duration::from_secs(1);

/// A board that takes longer does not answer.
const TIMEOUT: Duration = Duration::from_secs(10);

/// The latest verdict on every chapter, and the latest that the board has acknowledged.
pub struct Post {
    invitation: Invitation,
    key: String,
    agent: ureq::Agent,
    latest: BTreeMap<String, Report>,
    acknowledged: BTreeMap<String, Report>,
    again: Duration,
    retry: Duration,
}

impl Post {
    pub fn new(invitation: Invitation, key: String) -> Post {
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
    pub fn run(
        mut self,
        verdicts: &Receiver<(String, Report)>,
        say: impl Fn(&str),
        show: impl Fn(ClassNews),
    ) {
        let mut wait = Duration::ZERO;
        let mut trouble: Option<String> = None;
        let mut shown = None;
        let (mut is_in, mut told_unknown) = (false, false);
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
                    if unknown > 0 && !told_unknown {
                        say(
                            "the board does not know some of these checks: is its workbook another version?",
                        );
                        told_unknown = true;
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
    fn unsent(&self) -> impl Iterator<Item = (&String, &Report)> {
        let latest = self.latest.iter();
        latest.filter(|(chapter, verdict)| self.acknowledged.get(*chapter) != Some(verdict))
    }

    fn sending(&self, everything: bool) -> Sending {
        let all = self
            .latest
            .iter()
            .filter(|_| everything)
            .chain(self.unsent());
        Sending {
            name: self.invitation.name.clone(),
            key: self.key.clone(),
            chapters: all
                .map(|(chapter, report)| (chapter.clone(), report.verdict.clone()))
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
            let receipt: Result<Receipt, _> = serde_json::from_str(&body);
            return receipt
                .map(|receipt| receipt.unknown)
                .map_err(|_| "this is no class board".into());
        }
        // From another machine: a line's end or a colour in it is not for this terminal.
        let words = body.chars().filter(|&c| !changes_its_surroundings(c));
        let words: String = words.take(200).collect();
        Err(match words.is_empty() {
            true => format!("the board takes no verdicts ({})", response.status()),
            false => format!("the board does not take your verdicts: {words}"),
        })
    }
}

#[cfg(test)]
mod tests {
    use std::io::{BufRead, BufReader, Read, Write};
    use std::net::{SocketAddr, TcpListener};
    use std::sync::mpsc::{Sender, channel};
    use std::thread;

    use runner::{CheckState, Outcome};
    use serde_json::Value;

    use super::super::tests::{ran, verdict};
    use super::*;

    const KEY: &str = "0123456789abcdef0123456789abcdef";

    fn report(outcome: Outcome) -> Report {
        Report::of(&verdict("ch01-first", outcome)).unwrap()
    }

    fn passing(state: CheckState) -> Report {
        report(ran(&[("holds", state)]))
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
        class: Sender<(String, Report)>,
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
            ("ch01-first".into(), report(first)),
            ("ch02-second".into(), report(second)),
        ]
        .into();
        let sent = serde_json::to_string_pretty(&post.sending(true)).unwrap() + "\n";
        assert_eq!(sent, include_str!("../../../common/src/sending.json"));
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
            "the board does not take your verdicts: no room[31mon the disk"
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
}
