//! Tokenizer files in which each character is a token, but for one pair, so that the ids of a text are known without a tokenizer.

use std::collections::HashMap;
use std::sync::{Arc, LazyLock, Mutex, PoisonError};

use serde_json::{Value, json};

/// A `tokenizer.json` to be made.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct File {
    pub spelling: Spelling,
    pub around: Around,
    /// Whether a character that is not in the vocabulary is a token, and no error.
    pub takes_unknown: bool,
    /// Whether a blank is a token, and not left out.
    pub has_blanks: bool,
}

/// How the tokens at both ends are spelled.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Spelling {
    Llama2,
    Llama3,
    Bert,
}

/// What the file puts around a text.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Around {
    Nothing,
    Start,
    End,
    Both,
}

const UNKNOWN: u32 = 0;
const START: u32 = 1;
const END: u32 = 2;
const UNKNOWN_TOKEN: &str = "<unk>";
const ROLES: [&str; 3] = ["<|system|>", "<|user|>", "<|assistant|>"];
const FIRST_CHARACTER: u32 = 6;
/// So far apart that the digits of some two ids, one after the other, are those of another two.
const APART: u32 = 5;
/// The token of `ab`: where a prefix and its text meet, it is made if they are one text.
const PAIR: u32 = 1000;
const MARKS: &str = " :.?&(){}<>|\"\n";

impl Spelling {
    pub const ALL: [Spelling; 3] = [Spelling::Llama2, Spelling::Llama3, Spelling::Bert];
}

impl Around {
    pub const ALL: [Around; 4] = [Around::Nothing, Around::Start, Around::End, Around::Both];
}

impl File {
    /// As most encoders have it.
    pub const ENCODER: File = File {
        spelling: Spelling::Bert,
        around: Around::Both,
        takes_unknown: true,
        has_blanks: true,
    };

    pub fn start(self) -> &'static str {
        match self.spelling {
            Spelling::Llama2 => "<s>",
            Spelling::Llama3 => "<|begin_of_text|>",
            Spelling::Bert => "[CLS]",
        }
    }

    pub fn end(self) -> &'static str {
        match self.spelling {
            Spelling::Llama2 => "</s>",
            Spelling::Llama3 => "<|eot_id|>",
            Spelling::Bert => "[SEP]",
        }
    }

    fn special(self) -> [&'static str; 6] {
        let [system, user, assistant] = ROLES;
        [
            UNKNOWN_TOKEN,
            self.start(),
            self.end(),
            system,
            user,
            assistant,
        ]
    }

    /// The ids of a text with nothing around it; none if it has a character that the file refuses.
    pub fn ids(self, text: &str) -> Option<Vec<u32>> {
        let mut ids = Vec::new();
        let mut rest = text;
        let special = self.special();
        while let Some(character) = rest.chars().next() {
            if let Some(id) = special.iter().position(|token| rest.starts_with(token)) {
                ids.push(id as u32);
                rest = &rest[special[id].len()..];
                continue;
            }
            rest = &rest[character.len_utf8()..];
            if character == ' ' && !self.has_blanks {
                continue;
            }
            let id = self.id(character)?;
            match ids.last_mut() {
                Some(last) if [*last, id] == [FIRST_CHARACTER, FIRST_CHARACTER + APART] => {
                    *last = PAIR;
                }
                _ => ids.push(id),
            }
        }
        Some(ids)
    }

    fn id(self, character: char) -> Option<u32> {
        let at = match character {
            'a'..='z' => Some(character as usize - 'a' as usize),
            _ => MARKS.find(character).map(|at| 26 + at),
        };
        match at {
            Some(at) => Some(FIRST_CHARACTER + APART * at as u32),
            None => self.takes_unknown.then_some(UNKNOWN),
        }
    }

    /// With what the file puts around a text.
    pub fn ids_around(self, text: &str) -> Option<Vec<u32>> {
        let (before, after) = match self.around {
            Around::Nothing => (None, None),
            Around::Start => (Some(START), None),
            Around::End => (None, Some(END)),
            Around::Both => (Some(START), Some(END)),
        };
        let ids = self.ids(text)?;
        Some(before.into_iter().chain(ids).chain(after).collect())
    }

    /// The ids as a text: `[CLS]a film[SEP]`.
    pub fn spelled(self, ids: &[u32]) -> String {
        let special = self.special();
        let spelled = ids.iter().map(|&id| match special.get(id as usize) {
            Some(token) => (*token).to_owned(),
            None if id == PAIR => "ab".to_owned(),
            None => characters()
                .nth(((id - FIRST_CHARACTER) / APART) as usize)
                .filter(|known| self.id(*known) == Some(id))
                .map_or_else(|| format!("(id {id})"), |known| known.to_string()),
        });
        spelled.collect()
    }

    /// How often the token at the start is among the ids.
    pub fn starts(ids: &[u32]) -> usize {
        ids.iter().filter(|&&id| id == START).count()
    }

    /// The text of the file. Each is written once: the checks load some thousand times, of few files.
    pub fn json(self) -> Arc<str> {
        static WRITTEN: LazyLock<Mutex<HashMap<File, Arc<str>>>> = LazyLock::new(Mutex::default);
        let mut written = WRITTEN.lock().unwrap_or_else(PoisonError::into_inner);
        written
            .entry(self)
            .or_insert_with(|| self.written().into())
            .clone()
    }

    fn written(self) -> String {
        let special = self.special();
        let added = special.iter().enumerate().map(|(id, token)| {
            json!({
                "id": id, "content": token, "single_word": false, "lstrip": false, "rstrip": false, "normalized": false,
                "special": true,
            })
        });
        let tokens = special.iter().enumerate();
        let tokens = tokens.map(|(id, token)| ((*token).to_owned(), json!(id)));
        let known = characters().map(|known| (known.to_string(), json!(self.id(known))));
        let pair = [("ab".to_owned(), json!(PAIR))];
        let vocabulary: serde_json::Map<String, Value> = tokens.chain(known).chain(pair).collect();
        let normalizer = if self.has_blanks {
            Value::Null
        } else {
            json!({"type": "Replace", "pattern": {"String": " "}, "content": ""})
        };
        let unknown = if self.takes_unknown {
            UNKNOWN_TOKEN
        } else {
            "not in the vocabulary"
        };
        json!({
            "version": "1.0", "truncation": null, "padding": null,
            "added_tokens": added.collect::<Vec<Value>>(),
            "normalizer": normalizer,
            "pre_tokenizer": null,
            "post_processor": self.post_processor(),
            "decoder": null,
            "model": {
                "type": "BPE", "vocab": vocabulary, "merges": ["a b"], "unk_token": unknown, "fuse_unk": false, "byte_fallback": false,
                "ignore_merges": false, "dropout": null, "continuing_subword_prefix": null, "end_of_word_suffix": null,
            },
        })
        .to_string()
    }

    fn post_processor(self) -> Value {
        let token = |token: &str| json!({"SpecialToken": {"id": token, "type_id": 0}});
        let text = json!({"Sequence": {"id": "A", "type_id": 0}});
        let single = match self.around {
            Around::Nothing => return Value::Null,
            Around::Start => json!([token(self.start()), text]),
            Around::End => json!([text, token(self.end())]),
            Around::Both => json!([token(self.start()), text, token(self.end())]),
        };
        let known = |token: &str, id: u32| json!({"id": token, "ids": [id], "tokens": [token]});
        json!({
            "type": "TemplateProcessing", "single": single, "pair": [text, {"Sequence": {"id": "B", "type_id": 1}}],
            "special_tokens": {self.start(): known(self.start(), START), self.end(): known(self.end(), END)},
        })
    }
}

/// A text as a message has it: of a long one the start and the end.
pub fn brief(text: &str) -> String {
    const MOST: usize = 100;
    let all = text.chars().count();
    if all <= MOST {
        return format!("{text:?}");
    }
    let start: String = text.chars().take(MOST / 2).collect();
    let end: String = text.chars().skip(all - MOST / 5).collect();
    format!("{:?}, {all} characters", format!("{start}...{end}"))
}

/// Those of the vocabulary: few, for each check loads files.
fn characters() -> impl Iterator<Item = char> {
    ('a'..='z').chain(MARKS.chars())
}
