//! Bytes of a table to text: UTF-8 and UTF-16 by ourselves, others with the browser's decoder. Says which it was, and reads
//! the same bytes in another encoding where somebody knows better.
//!
//! Refused: guessing any encoding but these and GBK, and letters that are replaced by boxes without a word.

use web_sys::TextDecoder;

use super::table::{self, TableError};

/// How a text was encoded.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Encoding {
    Utf8,
    /// UTF-8 that says so by a byte order mark, which is taken off.
    Utf8Marked,
    Utf16,
    /// What a Chinese Excel writes as CSV; GB 18030 is GBK and what came after it.
    Gbk,
    /// The same in Taiwan and Hong Kong.
    Big5,
    /// The same in the West.
    Windows1252,
}

impl Encoding {
    /// Those that somebody can choose.
    pub const CHOICES: [Encoding; 5] =
        [Encoding::Utf8, Encoding::Gbk, Encoding::Utf16, Encoding::Big5, Encoding::Windows1252];

    /// What it is called, in any language.
    pub fn name(self) -> &'static str {
        match self {
            Encoding::Utf8 | Encoding::Utf8Marked => "UTF-8",
            Encoding::Utf16 => "UTF-16",
            Encoding::Gbk => "GBK / GB 18030",
            Encoding::Big5 => "Big5",
            Encoding::Windows1252 => "Windows-1252",
        }
    }

    /// The same as one that can be chosen.
    pub fn choice(self) -> Encoding {
        if self == Encoding::Utf8Marked { Encoding::Utf8 } else { self }
    }

    fn label(self, bytes: &[u8]) -> &'static str {
        match self {
            Encoding::Utf8 | Encoding::Utf8Marked => "utf-8",
            Encoding::Utf16 if bytes.starts_with(&[0xFE, 0xFF]) => "utf-16be",
            Encoding::Utf16 => "utf-16le",
            Encoding::Gbk => "gb18030",
            Encoding::Big5 => "big5",
            Encoding::Windows1252 => "windows-1252",
        }
    }
}

/// The text of a file's bytes.
pub fn text_of(bytes: &[u8]) -> Result<(String, Encoding), TableError> {
    match table::decode(bytes) {
        Ok(text) => Ok((text, marked(bytes))),
        Err(TableError::NotUtf8) if table::looks_like_gbk(bytes) => {
            text_as(bytes, Encoding::Gbk).map(|it| (it, Encoding::Gbk)).ok_or(TableError::NotUtf8)
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

/// The text in an encoding that somebody chose, a box for each letter that is none in it. None where the browser does not
/// know the encoding.
pub fn text_as(bytes: &[u8], encoding: Encoding) -> Option<String> {
    let decoder = TextDecoder::new_with_label(encoding.label(bytes)).ok()?;
    decoder.decode_with_u8_array(bytes).ok()
}

/// How many letters of a text could not be read.
pub fn unread(text: &str) -> usize {
    text.matches('\u{fffd}').count()
}
