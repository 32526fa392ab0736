//! Prompts and completions, and what they must be.

use checks::{Failure, caught, counted};

use super::file::{Around, File, brief};
use crate::Chat;
use crate::recipe::{ChatTemplate, Error, Message};

/// A template whose output is known without an engine.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Template {
    /// The start once, the end after each turn.
    StartOnce,
    /// The start before each turn of the user.
    StartForEachUser,
    /// No start, the end after each turn.
    EndsOnly,
    /// No special tokens at all.
    Plain,
    /// The start twice at once: its model was trained so.
    StartTwice,
    /// On several lines, with blanks that the engine takes away, and a macro.
    Indented,
    /// A line end at its own end, which the engine takes away; asks for what it does not get.
    LineEnd,
    /// Nothing but the start.
    StartAlone,
    /// Nothing.
    Empty,
    /// Calls what there is not.
    Fails,
}

impl Template {
    pub const ALL: [Template; 10] = [
        Template::StartOnce,
        Template::StartForEachUser,
        Template::EndsOnly,
        Template::Plain,
        Template::StartTwice,
        Template::Indented,
        Template::LineEnd,
        Template::StartAlone,
        Template::Empty,
        Template::Fails,
    ];

    fn source(self) -> &'static str {
        match self {
            Template::StartOnce => {
                "{{ bos_token }}{% for message in messages %}<|{{ message.role }}|>{{ message.content }}{{ eos_token }}{% endfor %}\
                 {% if add_generation_prompt %}<|assistant|>{% endif %}"
            }
            Template::StartForEachUser => {
                "{% for message in messages %}{% if message['role'] == 'user' %}{{ bos_token }}(user) {{ message['content'] }} (end)\
                 {% else %} {{ message['content'] }} {{ eos_token }}{% endif %}{% endfor %}"
            }
            Template::EndsOnly => {
                "{% for message in messages %}{{ message.role + ': ' + message.content + eos_token }}{% endfor %}\
                 {% if add_generation_prompt %}assistant: {% endif %}"
            }
            Template::Plain => {
                "{% for message in messages %}{{ message.role }}: {{ message.content }} {% endfor %}"
            }
            Template::StartTwice => {
                "{{ bos_token }}{{ bos_token }}{% for message in messages %}{{ message.content }}{% endfor %}"
            }
            Template::Indented => {
                "{% macro turn(message) %}<|{{ message.role }}|>{{ message.content }}{% endmacro %}\n\
                 {{ bos_token }}\n\
                 {% for message in messages %}\n    {% if message.role != 'system' %}\n{{ turn(message) }}\n    {% endif %}\n\
                 {% endfor %}\n\
                 {% if add_generation_prompt %}\n<|assistant|>{% endif %}"
            }
            Template::LineEnd => {
                "{% if tools %}(tools){% endif %}{% for message in messages %}{{ message.content }}{% endfor %}{{ eos_token }}\n"
            }
            Template::StartAlone => "{{ bos_token }}",
            Template::Empty => "",
            Template::Fails => "{{ bos_token }}{{ raise_exception('roles must alternate') }}",
        }
    }

    /// What it writes; none if it fails.
    fn text(self, [start, end]: [&str; 2], messages: &[Message]) -> Option<String> {
        let all = |turn: &dyn Fn(&Message) -> String| messages.iter().map(turn).collect::<String>();
        let text = match self {
            Template::StartOnce => {
                let turns = all(&|message| format!("<|{}|>{}{end}", message.role, message.content));
                format!("{start}{turns}<|assistant|>")
            }
            Template::StartForEachUser => all(&|message| {
                if message.role == "user" {
                    format!("{start}(user) {} (end)", message.content)
                } else {
                    format!(" {} {end}", message.content)
                }
            }),
            Template::EndsOnly => {
                let turns = all(&|message| format!("{}: {}{end}", message.role, message.content));
                format!("{turns}assistant: ")
            }
            Template::Plain => all(&|message| format!("{}: {} ", message.role, message.content)),
            Template::StartTwice => {
                format!("{start}{start}{}", all(&|message| message.content.clone()))
            }
            Template::Indented => {
                let turns = all(&|message| {
                    if message.role == "system" {
                        String::new()
                    } else {
                        format!("<|{}|>{}\n", message.role, message.content)
                    }
                });
                format!("{start}\n{turns}<|assistant|>")
            }
            Template::LineEnd => all(&|message| message.content.clone()) + end,
            Template::StartAlone => start.to_owned(),
            Template::Empty => String::new(),
            Template::Fails => return None,
        };
        Some(text)
    }

    pub fn of(self, [start, end]: [&str; 2]) -> ChatTemplate {
        ChatTemplate {
            source: self.source().to_owned(),
            bos_token: start.to_owned(),
            eos_token: end.to_owned(),
        }
    }
}

pub fn message(role: &str, content: &str) -> Message {
    Message {
        role: role.to_owned(),
        content: content.to_owned(),
    }
}

/// What one [`Chat`] is asked for.
#[derive(Debug, Clone)]
pub struct Talk {
    pub file: File,
    pub template: Template,
    /// Whether the model has a token for the start of a text, and one for the end of an answer.
    pub has: [bool; 2],
    /// Conversations.
    pub prompts: Vec<Vec<Message>>,
    /// Texts, one after each conversation.
    pub completions: Vec<String>,
}

impl Talk {
    pub fn of(file: File, template: Template) -> Talk {
        Talk {
            file,
            template,
            has: [true; 2],
            prompts: vec![],
            completions: vec![],
        }
    }

    /// How the template's `bos_token` and `eos_token` are spelled.
    fn spelled(&self) -> [&'static str; 2] {
        let [has_start, has_end] = self.has;
        let start = if has_start { self.file.start() } else { "" };
        let end = if has_end { self.file.end() } else { "" };
        [start, end]
    }

    pub fn judge(&self) -> Result<(), Failure> {
        let chat = match caught(|| Chat::load(&self.file.json(), self.template.of(self.spelled())))
        {
            Ok(Ok(chat)) => chat,
            Ok(Err(error)) => {
                return Err(self.broken(
                    11,
                    format!("`Chat::load` gives {error:?}"),
                    "a chat",
                    "The file is right, and so is the template.",
                ));
            }
            Err(panic) => {
                return Err(self.broken(
                    11,
                    format!("`Chat::load` panics: {panic}"),
                    "a chat",
                    NO_PANIC,
                ));
            }
        };
        let rounds = self.prompts.len().max(self.completions.len());
        for round in 0..rounds {
            if let Some(messages) = self.prompts.get(round) {
                self.judge_prompt(&chat, messages)?;
            }
            if let Some(text) = self.completions.get(round) {
                self.judge_completion(&chat, text)?;
            }
        }
        Ok(())
    }

    fn judge_completion(&self, chat: &Chat, text: &str) -> Result<(), Failure> {
        let what = format!("`completion({})`", brief(text));
        let why = "A text without a template has its special tokens from the tokenizer's file: without them the model goes on \
                   with a text that never started, or reads one that never ends.";
        let expected = match self.file.ids_around(text) {
            Some(ids) => Ok(ids),
            None => Err("Tokenizer"),
        };
        self.compare(1, &what, caught(|| chat.completion(text)), expected, why)
    }

    fn judge_prompt(&self, chat: &Chat, messages: &[Message]) -> Result<(), Failure> {
        const MOST: usize = 6;
        let said: Vec<String> = messages
            .iter()
            .take(MOST)
            .map(|message| format!("{}: {}", message.role, brief(&message.content)))
            .collect();
        let more = match messages.len().saturating_sub(MOST) {
            0 => String::new(),
            more => format!(" and {} more", counted(more, "message", "messages")),
        };
        let without = match self.spelled() {
            [_, ""] | ["", _] => format!(
                ", with {:?} as `bos_token` and `eos_token`,",
                self.spelled()
            ),
            _ => String::new(),
        };
        let what = format!(
            "`prompt` of [{}]{more} by {:?}{without}",
            said.join(", "),
            self.template.source()
        );
        let expected = match self.template.text(self.spelled(), messages) {
            None => Err("Template"),
            Some(text) => self.file.ids(&text).ok_or("Tokenizer"),
        };
        let answer = caught(|| chat.prompt(messages));
        let mut why = "The template is the whole of a conversation: the model was trained on what it writes. A token before, \
                       after or between is one that no conversation of the training had, and the model is not the same with it."
            .to_owned();
        if let (Ok(Ok(seen)), Ok(expected)) = (&answer, &expected) {
            let (seen, expected) = (File::starts(seen), File::starts(expected));
            if seen != expected {
                why += &format!(
                    " The prompt has {} {}; the template writes it {}.",
                    self.file.start(),
                    times(seen),
                    times(expected)
                );
            }
        }
        self.compare(2, &what, answer, expected, &why)
    }

    fn compare(
        &self,
        promise: usize,
        what: &str,
        answer: Result<Result<Vec<u32>, Error>, String>,
        expected: Result<Vec<u32>, &str>,
        why: &str,
    ) -> Result<(), Failure> {
        let spelled = |ids: &[u32]| {
            let text = brief(&self.file.spelled(ids));
            let few = &ids[..ids.len().min(20)];
            match ids.len() - few.len() {
                0 => format!("{text}, the ids {ids:?}"),
                more => format!("{text}, the ids {few:?} and {more} more"),
            }
        };
        let (seen, promise, why) = match (&answer, &expected) {
            (Err(panic), _) => (format!("panics: {panic}"), 11, NO_PANIC),
            (Ok(Ok(seen)), Ok(ids)) if seen == ids => return Ok(()),
            (Ok(Err(Error::Tokenizer(_))), Err("Tokenizer"))
            | (Ok(Err(Error::Template(_))), Err("Template")) => return Ok(()),
            (Ok(Ok(seen)), Ok(_)) => (format!("gives {}", spelled(seen)), promise, why),
            (Ok(Ok(seen)), Err(_)) => (format!("gives {}", spelled(seen)), 11, AN_ERROR),
            (Ok(Err(error)), Ok(_)) => (format!("gives {error:?}"), promise, why),
            (Ok(Err(error)), Err(_)) => (format!("gives {error:?}"), 11, AN_ERROR),
        };
        let expected = match expected {
            Ok(ids) => spelled(&ids),
            Err(error) => format!("`Error::{error}`"),
        };
        Err(self.broken(promise, format!("{what} {seen}"), &expected, why))
    }

    fn broken(&self, promise: usize, seen: String, expected: &str, why: &str) -> Failure {
        let (start, end) = (self.file.start(), self.file.end());
        let file = match self.file.around {
            Around::Nothing => "nothing around a text".to_owned(),
            Around::Start => format!("{start} before a text"),
            Around::End => format!("{end} after a text"),
            Around::Both => format!("{start} before a text and {end} after it"),
        };
        let seen = format!("with a tokenizer that puts {file}, {seen}");
        Failure::new(seen, expected, why).of_promise(promise)
    }
}

const NO_PANIC: &str = "One bad text would end the whole service.";
const AN_ERROR: &str = "What goes wrong for one text is an error of its own call.";

/// How often, in words.
fn times(count: usize) -> String {
    match count {
        0 => "nowhere".to_owned(),
        1 => "once".to_owned(),
        2 => "twice".to_owned(),
        more => format!("{more} times"),
    }
}
