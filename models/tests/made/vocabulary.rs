//! What the classifier knows: the words of `words.tsv`, and pieces for all others.

const WORDS: &str = include_str!("../../words.tsv");

/// Their ids are their places here. See [`Token::special`] for what they weigh.
pub const SPECIAL: [&str; 4] = ["[PAD]", "[UNK]", "[CLS]", "[SEP]"];

/// What a word ends with, so that `films` is `film ##s` and `dreadfully` is `dreadful ##ly`.
const SUFFIXES: [&str; 13] = [
    "able", "ed", "er", "es", "est", "ful", "ing", "ion", "ish", "ity", "ly", "ment", "ness",
];

const PUNCTUATION: &str = "!\"&'(),-./:;?";

/// A line of `words.tsv`.
pub struct Word {
    pub text: &'static str,
    /// From -4, which speaks ill, to 4, which speaks well.
    pub valence: f32,
}

/// The words of `words.tsv`, as they stand there.
pub fn words() -> Vec<Word> {
    let word = |line: &'static str| {
        let mut fields = line.split('\t');
        let (text, valence) = (fields.next()?, fields.next()?.parse().ok()?);
        let source = fields.next()?;
        matches!(source, "vader" | "ours").then_some(Word { text, valence })
    };
    let line =
        |(number, text)| word(text).unwrap_or_else(|| panic!("words.tsv:{}: {text}", number + 1));
    WORDS.lines().enumerate().map(line).collect()
}

/// One row of the vocabulary.
pub struct Token {
    pub text: String,
    /// How ill and how well it speaks: its embedding.
    pub weights: [f32; 2],
}

impl Token {
    fn neutral(text: impl Into<String>) -> Token {
        Token {
            text: text.into(),
            weights: [0.0, 0.0],
        }
    }

    /// Padding speaks ill, loudly: whoever forgets the mask gets another answer, and not by a hair.
    fn special(text: &str) -> Token {
        Token {
            text: text.into(),
            weights: if text == "[PAD]" {
                [2.0, 0.5]
            } else {
                [0.0, 0.0]
            },
        }
    }
}

/// All tokens; a token's id is its place.
pub struct Vocabulary(Vec<Token>);

impl Vocabulary {
    pub fn read() -> Vocabulary {
        let words = words();
        let characters = || ('0'..='9').chain('a'..='z');
        let mut tokens: Vec<Token> = SPECIAL.map(Token::special).into();
        tokens.extend(PUNCTUATION.chars().map(Token::neutral));
        // Single letters, so that a word of which nothing is known still comes apart.
        let is_word = |letter: &char| words.iter().any(|word| word.text == letter.to_string());
        tokens.extend(
            characters()
                .filter(|letter| !is_word(letter))
                .map(Token::neutral),
        );
        tokens.extend(characters().map(|letter| Token::neutral(format!("##{letter}"))));
        tokens.extend(SUFFIXES.map(|suffix| Token::neutral(format!("##{suffix}"))));
        tokens.extend(words.iter().map(|word| Token {
            text: word.text.into(),
            weights: [(-word.valence).max(0.0), word.valence.max(0.0)],
        }));
        Vocabulary(tokens)
    }

    pub fn tokens(&self) -> &[Token] {
        &self.0
    }

    pub fn len(&self) -> usize {
        self.0.len()
    }
}
