//! `tokenizer.json`

use tokenizers::models::bpe::Vocab;
use tokenizers::models::wordpiece::WordPiece;
use tokenizers::normalizers::BertNormalizer;
use tokenizers::pre_tokenizers::bert::BertPreTokenizer;
use tokenizers::processors::template::TemplateProcessing;
use tokenizers::{AddedToken, Tokenizer, decoders};

use crate::vocabulary::{SPECIAL, Vocabulary};

/// The tokenizer, as `tokenizer.json` holds it. The `tokenizers` crate writes the vocabulary in the
/// order of its ids, whatever the order in its hash map.
pub fn made(vocabulary: &Vocabulary) -> String {
    let ids = vocabulary
        .tokens()
        .iter()
        .zip(0..)
        .map(|(token, id)| (token.text.clone(), id));
    let wordpiece = WordPiece::builder()
        .vocab(ids.collect::<Vocab>())
        .unk_token("[UNK]".into())
        .build()
        .unwrap();
    let sentence = TemplateProcessing::builder()
        .try_single("[CLS] $A [SEP]")
        .unwrap()
        .try_pair("[CLS] $A [SEP] $B:1 [SEP]:1")
        .unwrap()
        .special_tokens(vec![("[CLS]", 2), ("[SEP]", 3)])
        .build()
        .unwrap();
    let mut tokenizer = Tokenizer::new(wordpiece);
    tokenizer
        .with_normalizer(Some(BertNormalizer::new(true, true, Some(true), true)))
        .unwrap()
        .with_pre_tokenizer(Some(BertPreTokenizer))
        .with_post_processor(Some(sentence))
        .with_decoder(Some(decoders::wordpiece::WordPiece::default()));
    let special = SPECIAL.map(|text| AddedToken::from(text, true));
    tokenizer.add_special_tokens(special).unwrap();
    tokenizer.to_string(true).unwrap() + "\n"
}
