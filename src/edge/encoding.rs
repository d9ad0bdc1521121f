//! Bytes of a table to text: UTF-8 and UTF-16 by ourselves, GBK with the browser's decoder. Says which it was.
//!
//! Refused: guessing any other encoding, and letters that are replaced by boxes without a word.

use web_sys::TextDecoder;

use super::table::{self, TableError};

/// How a text was encoded, where that is worth a word.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Encoding {
    Utf8,
    /// UTF-8 that says so by a byte order mark, which is taken off.
    Utf8Marked,
    Utf16,
    /// What a Chinese Excel writes as CSV.
    Gbk,
}

/// The text of a file's bytes.
pub fn text_of(bytes: &[u8]) -> Result<(String, Encoding), TableError> {
    match table::decode(bytes) {
        Ok(text) => Ok((text, marked(bytes))),
        Err(TableError::NotUtf8) if table::looks_like_gbk(bytes) => {
            gbk(bytes).map(|it| (it, Encoding::Gbk)).ok_or(TableError::NotUtf8)
        }
        Err(error) => Err(error),
    }
}

fn marked(bytes: &[u8]) -> Encoding {
    match bytes {
        [0xEF, 0xBB, 0xBF, ..] => Encoding::Utf8Marked,
        [0xFF, 0xFE, ..] | [0xFE, 0xFF, ..] => Encoding::Utf16,
        _ => Encoding::Utf8,
    }
}

/// GB 18030 is GBK and what came after it.
fn gbk(bytes: &[u8]) -> Option<String> {
    let decoder = TextDecoder::new_with_label("gb18030").ok()?;
    decoder.decode_with_u8_array(bytes).ok()
}
