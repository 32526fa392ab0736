//! Small tokenizer files, as many as there are settings to combine, and what is known of each.

use std::fmt;

use serde_json::{Value, json};

/// A `tokenizer.json` to be made.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct File {
    pub splits: Splits,
    pub around: Around,
    pub truncation: Truncation,
    pub padding: Padding,
    /// Tokens that the file adds after the model's vocabulary.
    pub added: u32,
}

/// Into what a text is split.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Splits {
    /// The bundled tokenizer: WordPiece, small letters.
    Bundled,
    /// Words of a short list.
    Words,
    /// The same, but a word that is not in the list is an error.
    KnownWords,
    /// So many words that no request has as many allocations: `w0` and so on, [`MANY_WORDS`] of them.
    ManyWords,
    /// BPE: letters, and some pairs of them.
    Letters,
    /// The same in small letters alone, with a token for each blank.
    Blanks,
}

/// What a post-processor puts around a text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Around {
    Nothing,
    /// A post-processor that changes offsets alone.
    OffsetsOnly,
    Bert,
    Roberta,
    Before,
    After,
    /// Two tokens before a text and one after it.
    TwoAndOne,
    /// One special token that is two ids.
    TwoIdsInOne,
    /// Post-processors one after the other.
    Sequence,
    /// As `Before`, with the other token: the file is as long.
    OtherBefore,
}

/// The truncation that is set in the file.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Truncation {
    None,
    To(u64),
    FromTheLeft(u64),
    WithStride(u64),
    /// Of the second of two texts: an error for one.
    OfASecondText(u64),
}

/// The padding that is set in the file.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Padding {
    None,
    ToTheLongest,
    To(u64),
    AtTheStart,
    ToAMultiple(u64),
    /// With this id.
    With(u32),
}

const PAD: u32 = 0;
const CLS: u32 = 2;
const SEP: u32 = 3;
const MASK: u32 = 4;
const SPECIAL: [&str; 5] = ["[PAD]", "[UNK]", "[CLS]", "[SEP]", "[MASK]"];
const WORDS: [&str; 14] = [
    "a",
    "good",
    "film",
    "the",
    "was",
    "end",
    "and",
    "but",
    "well-made",
    "well",
    "made",
    ",",
    ".",
    "-",
];

pub const MANY_WORDS: usize = 6000;

impl Around {
    pub const ALL: [Around; 10] = [
        Around::Bert,
        Around::Nothing,
        Around::OffsetsOnly,
        Around::Roberta,
        Around::Before,
        Around::After,
        Around::TwoAndOne,
        Around::TwoIdsInOne,
        Around::Sequence,
        Around::OtherBefore,
    ];
}

impl File {
    /// The bundled tokenizer as it is.
    pub const BUNDLED: File = File {
        splits: Splits::Bundled,
        around: Around::Bert,
        truncation: Truncation::None,
        padding: Padding::None,
        added: 0,
    };

    /// The ids before a text, and those after it.
    pub fn around(self) -> (&'static [u32], &'static [u32]) {
        match self.around {
            Around::Nothing | Around::OffsetsOnly => (&[], &[]),
            Around::Bert | Around::Roberta | Around::Sequence => (&[CLS], &[SEP]),
            Around::Before => (&[CLS], &[]),
            Around::OtherBefore => (&[SEP], &[]),
            Around::After => (&[], &[SEP]),
            Around::TwoAndOne => (&[CLS, MASK], &[SEP]),
            Around::TwoIdsInOne => (&[CLS, MASK], &[]),
        }
    }

    /// The same file with neither truncation nor padding set in it.
    pub fn without_settings(self) -> File {
        File {
            truncation: Truncation::None,
            padding: Padding::None,
            ..self
        }
    }

    /// Which ids padding may have.
    pub fn pad_ids(self) -> Vec<u32> {
        match self.padding {
            Padding::With(id) => vec![PAD, id],
            _ => vec![PAD],
        }
    }

    /// How many ids the file has: the first new word gets this one.
    pub fn size(self) -> u32 {
        let model = match self.splits {
            Splits::Bundled => models::VOCABULARY,
            Splits::Words | Splits::KnownWords => SPECIAL.len() + WORDS.len(),
            Splits::ManyWords => SPECIAL.len() + MANY_WORDS,
            Splits::Letters => SPECIAL.len() + letters().len(),
            Splits::Blanks => SPECIAL.len() + letters().len() + 1,
        };
        model as u32 + self.added
    }

    /// The text of the file.
    pub fn json(self) -> String {
        if self == File::BUNDLED {
            return models::TOKENIZER.to_owned();
        }
        let mut file = match self.splits {
            Splits::Bundled => serde_json::from_str(models::TOKENIZER).expect("it is JSON"),
            Splits::Words => words(&WORDS, Some("[UNK]")),
            Splits::KnownWords => words(&WORDS, None),
            Splits::ManyWords => many_words(),
            Splits::Letters => pairs_of_letters(),
            Splits::Blanks => letters_and_blanks(),
        };
        if let Value::Array(added) = &mut file["added_tokens"] {
            let first = self.size() - self.added;
            added.extend(
                (0..self.added).map(|more| special(first + more, &format!("[MORE{more}]"))),
            );
        }
        if (self.splits, self.around) != (Splits::Bundled, Around::Bert) {
            file["post_processor"] = self.post_processor();
        }
        file["truncation"] = self.truncation.json();
        file["padding"] = self.padding.json();
        file.to_string()
    }

    fn post_processor(self) -> Value {
        let pair = |name, id| json!([name, id]);
        let mut both = json!({
            "sep": pair("[SEP]", SEP), "cls": pair("[CLS]", CLS), "trim_offsets": true, "add_prefix_space": false,
        });
        let offsets = json!({ "type": "ByteLevel", "add_prefix_space": false, "trim_offsets": true, "use_regex": false });
        match self.around {
            Around::Nothing => Value::Null,
            Around::OffsetsOnly => offsets,
            Around::Bert => {
                json!({ "type": "BertProcessing", "sep": both["sep"], "cls": both["cls"] })
            }
            Around::Roberta => {
                both["type"] = json!("RobertaProcessing");
                both
            }
            Around::Before => template(&["[CLS]", "A"]),
            Around::OtherBefore => template(&["[SEP]", "A"]),
            Around::After => template(&["A", "[SEP]"]),
            Around::TwoAndOne => template(&["[CLS]", "[MASK]", "A", "[SEP]"]),
            Around::TwoIdsInOne => template(&["both", "A"]),
            Around::Sequence => {
                json!({ "type": "Sequence", "processors": [offsets, template(&["[CLS]", "A", "[SEP]"])] })
            }
        }
    }
}

impl fmt::Display for File {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let splits = match self.splits {
            Splits::Bundled => "the bundled file",
            Splits::Words => "a file of words",
            Splits::KnownWords => "a file of words without `[UNK]`",
            Splits::ManyWords => "a file of thousands of words",
            Splits::Letters => "a file of letters",
            Splits::Blanks => "a file of letters and blanks",
        };
        let (before, after) = self.around();
        write!(
            f,
            "{splits} with {before:?} before and {after:?} after a text"
        )?;
        for setting in [self.truncation.to_string(), self.padding.to_string()] {
            if !setting.is_empty() {
                write!(f, ", {setting} set in it")?;
            }
        }
        match self.added {
            0 => Ok(()),
            added => write!(f, ", {} of its own", tokens(added.into())),
        }
    }
}

fn many_words() -> Value {
    let list: Vec<String> = (0..MANY_WORDS).map(|word| format!("w{word}")).collect();
    let list: Vec<&str> = list.iter().map(String::as_str).collect();
    words(&list, Some("[UNK]"))
}

fn words(list: &[&str], unknown: Option<&str>) -> Value {
    let model = json!({
        "type": "WordLevel",
        "vocab": numbered(SPECIAL.iter().chain(list).copied()),
        "unk_token": unknown.unwrap_or("no such token"),
    });
    with_model(model, json!({ "type": "Whitespace" }))
}

fn letters() -> Vec<String> {
    let pairs = ["fi", "lm", "th", "en"].map(String::from);
    ('a'..='z').map(String::from).chain(pairs).collect()
}

fn pairs_of_letters() -> Value {
    let mut file = bpe(&letters(), json!({ "type": "WhitespaceSplit" }));
    file["normalizer"] = json!({ "type": "Lowercase" });
    file
}

fn letters_and_blanks() -> Value {
    let blank = "\u{2581}";
    let blanks = json!({ "type": "Metaspace", "replacement": blank, "prepend_scheme": "always", "split": true });
    let letters = [letters(), vec![blank.to_owned()]].concat();
    bpe(&letters, blanks)
}

fn bpe(letters: &[String], pre_tokenizer: Value) -> Value {
    let model = json!({
        "type": "BPE",
        "vocab": numbered(SPECIAL.into_iter().chain(letters.iter().map(String::as_str))),
        "merges": [["f", "i"], ["l", "m"], ["t", "h"], ["e", "n"]],
        "unk_token": "[UNK]",
        "dropout": null, "continuing_subword_prefix": null, "end_of_word_suffix": null,
        "fuse_unk": false, "byte_fallback": false,
    });
    with_model(model, pre_tokenizer)
}

fn with_model(model: Value, pre_tokenizer: Value) -> Value {
    let added: Vec<Value> = SPECIAL
        .iter()
        .zip(0..)
        .map(|(name, id)| special(id, name))
        .collect();
    json!({
        "version": "1.0",
        "truncation": null, "padding": null,
        "added_tokens": added,
        "normalizer": null, "pre_tokenizer": pre_tokenizer, "post_processor": null, "decoder": null,
        "model": model,
    })
}

fn special(id: u32, content: &str) -> Value {
    json!({
        "id": id, "content": content,
        "single_word": false, "lstrip": false, "rstrip": false, "normalized": false, "special": true,
    })
}

fn numbered<'a>(words: impl Iterator<Item = &'a str>) -> Value {
    let numbered = words
        .zip(0_u32..)
        .map(|(word, id)| (word.to_owned(), Value::from(id)));
    numbered.collect()
}

/// `A` is the text. Two texts get two tokens more than one.
fn template(parts: &[&str]) -> Value {
    let piece = |name: &str| match name {
        "A" | "B" => json!({ "Sequence": { "id": name, "type_id": 0 } }),
        _ => json!({ "SpecialToken": { "id": name, "type_id": 0 } }),
    };
    let single: Vec<Value> = parts.iter().map(|part| piece(part)).collect();
    let mut pair = single.clone();
    pair.extend(["[SEP]", "B", "[SEP]"].map(piece));
    let special = |name: &str, ids: &[u32]| json!({ "id": name, "ids": ids, "tokens": vec![name; ids.len()] });
    json!({
        "type": "TemplateProcessing", "single": single, "pair": pair,
        "special_tokens": {
            "[CLS]": special("[CLS]", &[CLS]), "[SEP]": special("[SEP]", &[SEP]),
            "[MASK]": special("[MASK]", &[MASK]), "both": special("both", &[CLS, MASK]),
        },
    })
}

/// Empty for none.
fn tokens(count: u64) -> String {
    checks::counted(count as usize, "token", "tokens")
}

impl fmt::Display for Truncation {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Truncation::None => Ok(()),
            Truncation::To(length) => write!(f, "truncation to {}", tokens(*length)),
            Truncation::FromTheLeft(length) => {
                write!(f, "truncation of the start to {}", tokens(*length))
            }
            Truncation::WithStride(length) => {
                write!(
                    f,
                    "truncation to {} with a stride of {}",
                    tokens(*length),
                    length / 2
                )
            }
            Truncation::OfASecondText(length) => {
                write!(f, "truncation of a second text to {}", tokens(*length))
            }
        }
    }
}

/// Empty for none.
impl fmt::Display for Padding {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Padding::None => Ok(()),
            Padding::ToTheLongest => f.write_str("padding to the longest row"),
            Padding::To(length) => write!(f, "padding to {}", tokens(*length)),
            Padding::AtTheStart => f.write_str("padding at the start"),
            Padding::ToAMultiple(of) => write!(f, "padding to a multiple of {of}"),
            Padding::With(id) => write!(f, "padding with the id {id}"),
        }
    }
}

impl Truncation {
    fn json(self) -> Value {
        let (max_length, direction, strategy, stride) = match self {
            Truncation::None => return Value::Null,
            Truncation::To(length) => (length, "Right", "LongestFirst", 0),
            Truncation::FromTheLeft(length) => (length, "Left", "LongestFirst", 0),
            Truncation::WithStride(length) => (length, "Right", "OnlyFirst", length / 2),
            Truncation::OfASecondText(length) => (length, "Right", "OnlySecond", 0),
        };
        json!({ "direction": direction, "max_length": max_length, "strategy": strategy, "stride": stride })
    }
}

impl Padding {
    fn json(self) -> Value {
        let longest = json!("BatchLongest");
        let (strategy, direction, multiple, id) = match self {
            Padding::None => return Value::Null,
            Padding::ToTheLongest => (longest, "Right", Value::Null, PAD),
            Padding::To(length) => (json!({ "Fixed": length }), "Right", Value::Null, PAD),
            Padding::AtTheStart => (longest, "Left", Value::Null, PAD),
            Padding::ToAMultiple(multiple) => (longest, "Right", json!(multiple), PAD),
            Padding::With(id) => (longest, "Right", Value::Null, id),
        };
        json!({
            "strategy": strategy, "direction": direction, "pad_to_multiple_of": multiple,
            "pad_id": id, "pad_type_id": 0, "pad_token": "[PAD]",
        })
    }
}
