//! What may have become of a file since it was tested, and of the manifest that tells of it.

use proptest::prelude::*;

use super::stage::{File, Release};

/// What happened to the bytes of a file.
#[derive(Debug, Clone)]
pub enum Change {
    /// It is as it was.
    Nothing,
    /// One bit of the byte at this place, or of the last one.
    Byte(usize),
    /// So many bytes at the end are missing.
    Cut(usize),
    /// There is more at the end.
    More(&'static str),
    /// The line ends of another system.
    LineEnds,
}

impl Change {
    pub fn of(&self, bytes: &[u8]) -> Vec<u8> {
        let mut bytes = bytes.to_vec();
        match self {
            Change::Nothing => {}
            Change::Byte(at) => {
                let at = (*at).min(bytes.len() - 1);
                bytes[at] ^= 1;
            }
            Change::Cut(length) => bytes.truncate(bytes.len().saturating_sub(*length)),
            Change::More(end) => bytes.extend(end.as_bytes()),
            Change::LineEnds => {
                let lines: Vec<&[u8]> = bytes.split(|byte| *byte == b'\n').collect();
                bytes = lines.join(&b"\r\n"[..]);
            }
        }
        bytes
    }

    pub fn words(&self) -> String {
        match self {
            Change::Nothing => "as it was".to_owned(),
            Change::Byte(usize::MAX) => "of which the last byte is another one".to_owned(),
            Change::Byte(at) => format!("of which byte {at} is another one"),
            Change::Cut(length) => format!("of which the last {length} are missing"),
            Change::More(end) => format!("with {end:?} at its end"),
            Change::LineEnds => "with the line ends of Windows".to_owned(),
        }
    }
}

pub fn change() -> impl Strategy<Value = Change> {
    let places = vec![0, 1, 50, 4095, 4096, 65_535, 65_536, 1 << 20, usize::MAX];
    prop_oneof![
        4 => prop::sample::select(places).prop_map(Change::Byte),
        1 => prop::sample::select(vec![1, 2, 64, 5000]).prop_map(Change::Cut),
        1 => prop::sample::select(vec!["\n", " ", "\0"]).prop_map(Change::More),
        1 => Just(Change::LineEnds),
        1 => Just(Change::Nothing),
    ]
}

/// How long a file is at least.
pub fn length() -> impl Strategy<Value = usize> {
    prop::sample::select(vec![0, 20_000, 70_000, (1 << 20) + 5])
}

/// What a release may be called.
pub fn release() -> impl Strategy<Value = &'static str> {
    let names = vec![
        "2026-11-23",
        "",
        " between spaces ",
        "\u{e9} \u{6a21}\u{578b}",
    ];
    prop::sample::select(names)
}

/// A right file that is so long.
pub fn padded(file: File, bytes: &[u8], length: usize) -> Vec<u8> {
    let mut bytes = bytes.to_vec();
    let missing = length.saturating_sub(bytes.len());
    if missing == 0 {
        return bytes;
    }
    match file {
        // `doc_string` of the model.
        File::Model => {
            bytes.push(0x32);
            prost::encode_length_delimiter(missing, &mut bytes).expect("a vector grows");
            bytes.extend(vec![b'.'; missing]);
        }
        _ => bytes.extend(vec![b' '; missing]),
    }
    bytes
}

/// What a manifest may say instead of a file's hash: from that hash and the one of the other file.
pub type OfHash = fn(&str, &str) -> String;

pub fn hashes() -> Vec<(&'static str, OfHash)> {
    fn digit_changed(hash: &str, at: usize) -> String {
        let mut digits: Vec<char> = hash.chars().collect();
        digits[at] = if digits[at] == '0' { '1' } else { '0' };
        digits.into_iter().collect()
    }
    vec![
        ("empty", |_, _| String::new()),
        ("its first 12 digits", |hash, _| hash[..12].into()),
        ("its first half", |hash, _| hash[..32].into()),
        ("all but its last digit", |hash, _| hash[..63].into()),
        ("its last 12 digits", |hash, _| hash[52..].into()),
        ("with a digit more", |hash, _| format!("{hash}0")),
        ("with a digit before it", |hash, _| format!("0{hash}")),
        ("itself between spaces", |hash, _| format!(" {hash} ")),
        (
            "itself and the file's name, as `sha256sum` writes it",
            |hash, _| format!("{hash}  model.onnx"),
        ),
        (
            "itself, with `+` for each 0 that begins a pair of digits",
            |hash, _| {
                let digits = hash.char_indices();
                let digits = digits.map(|(at, digit)| {
                    if at % 2 == 0 && digit == '0' {
                        '+'
                    } else {
                        digit
                    }
                });
                digits.collect()
            },
        ),
        ("twice itself", |hash, _| hash.repeat(2)),
        ("another one in the first digit", |hash, _| {
            digit_changed(hash, 0)
        }),
        ("another one in the middle", |hash, _| {
            digit_changed(hash, 31)
        }),
        ("another one in the last digit", |hash, _| {
            digit_changed(hash, 63)
        }),
        ("backwards", |hash, _| hash.chars().rev().collect()),
        ("that of the other file", |_, other| other.into()),
        ("a word", |_, _| "unknown".into()),
        ("no digits", |_, _| "é".repeat(32)),
        ("no digits, of which pairs of bytes are cut", |_, _| {
            format!("0{}0", "é".repeat(31))
        }),
        ("in upper-case digits", |hash, _| hash.to_uppercase()),
        ("another one in upper-case digits", |hash, _| {
            digit_changed(hash, 40).to_uppercase()
        }),
    ]
}

/// Ways to write a manifest, right and wrong.
pub type OfRelease = fn(&Release) -> Vec<u8>;

pub fn manifests() -> Vec<(&'static str, OfRelease)> {
    fn without(release: &Release, line: &str) -> Vec<u8> {
        let text = release.toml();
        let lines = text.lines().filter(|one| !one.starts_with(line));
        lines.collect::<Vec<_>>().join("\n").into()
    }
    fn with(release: &Release, line: &str, other: &str) -> Vec<u8> {
        let text = release.toml();
        let lines = text
            .lines()
            .map(|one| if one.starts_with(line) { other } else { one });
        lines.collect::<Vec<_>>().join("\n").into()
    }
    vec![
        ("with the line ends of Windows", |release| {
            release.toml().replace('\n', "\r\n").into()
        }),
        ("with comments and another order", |release| {
            release.filled_into(
                "# sha256 = \"0\"\nrelease = 'NAME' # the name\n[tokenizer]\nsize = 1\nsha256 = 'TOKENIZER'\n\
                 [model]\nsha256 = 'MODEL'\n[runtime]\n# api = 99\ntested = 'TESTED'\napi=API\n[notes]\napi = 99\n",
            )
            .into()
        }),
        ("in lines of its own kind", |release| {
            release
                .filled_into(
                    "release = \"\"\"NAME\"\"\"\nruntime = { api = API, tested = \"TESTED\" }\n\
                 model.sha256 = \"MODEL\"\ntokenizer.sha256 = \"TOKENIZER\"\n",
                )
                .into()
        }),
        ("with a long comment", |release| {
            let comment = "# what was tested, and by whom\n".repeat(5000);
            (comment + &release.toml()).into()
        }),
        ("that is empty", |_| Vec::new()),
        ("that is JSON", |_| b"{\"release\": \"1\"}".to_vec()),
        ("that is no text", |_| vec![0xff, 0, 0xfe]),
        ("that breaks off", |release| {
            let text = release.toml();
            text.as_bytes()[..text.len() / 2].to_vec()
        }),
        ("without a release", |release| without(release, "release")),
        ("without an API version", |release| without(release, "api")),
        ("without a tested version", |release| {
            without(release, "tested")
        }),
        ("without hashes", |release| without(release, "sha256")),
        ("without a tokenizer", |release| {
            let text = release.toml();
            text.split("[tokenizer]").next().unwrap_or_default().into()
        }),
        ("whose API version is a text", |release| {
            with(release, "api", "api = \"24\"")
        }),
        ("whose API version is below zero", |release| {
            with(release, "api", "api = -1")
        }),
        ("whose API version is a fraction", |release| {
            with(release, "api", "api = 24.0")
        }),
        ("whose tested version is a number", |release| {
            with(release, "tested", "tested = 1.31")
        }),
    ]
}
