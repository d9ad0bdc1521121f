//! The envelope of a plan in a link: `p1c.<length>.<body>.<check>`, around bytes that mean nothing in here.
//!
//! ```text
//! p1c.2ir.nVrtT9tI…v_w8.1v25v6a
//! ││││  │ │             └ CRC-32 of the kind and the body bytes, base36, 7 characters
//! ││││  │ └ body, base64url without padding
//! ││││  └ its length in characters, base36: "got 1,457 of 3,267"
//! ││└ kind: c = columns, deflated; d = JSON, deflated; r = JSON as it is; w = a what-if, deflated; x = one as it is; e = any of
//! ││  these behind a passphrase
//! │└ version of the envelope
//! └ magic
//! ```
//!
//! Chats, mail gateways and people mangle links, so `unpack` takes the whole message and finds the link in it. The
//! length in front and the check behind say where it ends and whether it is whole. Refused: a link that is cut or
//! altered in any character, base64 that is not canonical, and whatever unpacks to more than it should. Nothing is
//! inflated before the check holds, and nothing is written anywhere.

use crate::amount::is_invisible;
use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use crc::{CRC_32_ISO_HDLC, Crc, NoTable};
use miniz_oxide::deflate::{CompressionLevel, compress_to_vec};
use miniz_oxide::inflate::{TINFLStatus, decompress_to_vec_with_limit};
use std::borrow::Cow;
use std::fmt;

/// Longer texts are not searched.
pub const MAX_CHARS: usize = 200_000;

/// More bytes than that never come out of a link; deflate alone could make them a thousand times its characters.
pub const MAX_BYTES: usize = 1 << 20;

/// What the bytes of a body are.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Form {
    /// The plan file. The first links had nothing else, and they are read for ever.
    Json,
    /// What `columns` writes.
    Columns,
    /// What `what_if` writes: edits, and no plan.
    WhatIf,
    /// What `seal` makes of any of them.
    Sealed,
}

/// What came out of a link.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Body {
    pub form: Form,
    pub bytes: Vec<u8>,
}

/// How many times a link may have been percent-escaped on its way.
const MAX_ESCAPES: usize = 3;

const CHECK_LEN: usize = 7;

/// Why no plan came out of a text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum LinkError {
    /// There is no link in it.
    None,
    /// The end is missing: that many of so many characters came.
    Cut { got: usize, want: usize },
    /// It was altered on the way.
    Damaged,
    /// An envelope or a kind that this version does not know.
    Newer,
    /// The text is longer than `MAX_CHARS`.
    TooLong,
    /// It unpacks to more than `MAX_BYTES`.
    Bomb,
}

impl fmt::Display for LinkError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::None => write!(f, "there is no link in this text"),
            Self::Cut { got, want } => write!(f, "the link was cut: {got} of {want} characters"),
            Self::Damaged => write!(f, "the link was altered"),
            Self::Newer => write!(f, "the link was made by a newer version"),
            Self::TooLong => write!(f, "the text has more than {MAX_CHARS} characters"),
            Self::Bomb => write!(f, "the link unpacks to more than {MAX_BYTES} bytes"),
        }
    }
}

impl std::error::Error for LinkError {}

/// Packs bytes into the part of a link that follows the `#`. Whoever shows the link minds its length; a body of more
/// than `MAX_BYTES` would not come out again.
pub fn pack(form: Form, body: &[u8]) -> String {
    let (kind, bytes) = squeezed(form, body);
    let text = URL_SAFE_NO_PAD.encode(&bytes);
    format!("p1{kind}.{}.{text}.{}", base36(text.len()), check(kind, &bytes))
}

/// The same as bytes alone, its kind in front: what is to be sealed.
pub fn squeeze(form: Form, body: &[u8]) -> Vec<u8> {
    let (kind, bytes) = squeezed(form, body);
    [&[kind as u8][..], &bytes].concat()
}

/// What was squeezed.
pub fn expand(squeezed: &[u8]) -> Result<Body, LinkError> {
    let (kind, bytes) = squeezed.split_first().ok_or(LinkError::Damaged)?;
    expanded(char::from(*kind), bytes.to_vec())
}

fn squeezed(form: Form, body: &[u8]) -> (char, Cow<'_, [u8]>) {
    let deflated = || compress_to_vec(body, CompressionLevel::UberCompression as u8);
    match form {
        Form::Columns => ('c', deflated().into()),
        // Nobody can make what is sealed any shorter.
        Form::Sealed => ('e', body.into()),
        Form::Json | Form::WhatIf => {
            let (short, plain) = if form == Form::Json { ('d', 'r') } else { ('w', 'x') };
            let deflated = deflated();
            if deflated.len() < body.len() { (short, deflated.into()) } else { (plain, body.into()) }
        }
    }
}

fn expanded(kind: char, bytes: Vec<u8>) -> Result<Body, LinkError> {
    let (form, bytes) = match kind {
        'c' => (Form::Columns, inflate(&bytes)?),
        'w' => (Form::WhatIf, inflate(&bytes)?),
        'x' => (Form::WhatIf, bytes),
        'd' => (Form::Json, inflate(&bytes)?),
        'r' => (Form::Json, bytes),
        'e' => (Form::Sealed, bytes),
        _ => return Err(LinkError::Newer),
    };
    Ok(Body { form, bytes })
}

/// Finds the link in an address, a message or a quoted mail, and takes its bytes out.
pub fn unpack(text: &str) -> Result<Body, LinkError> {
    if MAX_CHARS < text.chars().count() {
        return Err(LinkError::TooLong);
    }
    let mut reason = LinkError::None;
    let mut text = clean(text);
    for _ in 0..=MAX_ESCAPES {
        match scan(&text) {
            Ok(body) => return Ok(body),
            Err(LinkError::None) => {}
            Err(error) => reason = error, // The less escaped text knows better how much of it is there.
        }
        let Some(plain) = unescape(&text) else { break };
        text = clean(&plain);
    }
    Err(reason)
}

/// Whether there is a link in the text, whole or not. Nothing is taken out of it.
pub fn find(text: &str) -> bool {
    if MAX_CHARS < text.chars().count() {
        return has_magic(text);
    }
    let mut text = clean(text);
    for _ in 0..=MAX_ESCAPES {
        if has_magic(&text) || envelopes(&text).next().is_some() {
            return true;
        }
        let Some(plain) = unescape(&text) else { break };
        text = clean(&plain);
    }
    false
}

// ---- The text around the link ----

/// Takes out what mail and chats put into a link: line breaks with their quote marks, the `=` of a quoted-printable
/// line, spaces, invisible characters, and the backslashes of escaped Markdown. None of them is ever part of one.
fn clean(text: &str) -> String {
    let lines = text.split('\n').map(|line| {
        let line = line.trim_end().trim_start_matches(|it: char| it == '>' || it.is_whitespace());
        line.strip_suffix('=').unwrap_or(line)
    });
    lines.flat_map(str::chars).filter(|it| !it.is_whitespace() && !is_invisible(*it) && *it != '\\').collect()
}

/// Undoes one level of percent-escapes, of ASCII alone: nothing else is part of a link.
fn unescape(text: &str) -> Option<String> {
    let mut parts = text.split('%');
    let mut plain = parts.next().unwrap_or_default().to_owned();
    let mut undone = false;
    for part in parts {
        let code = part.get(..2).and_then(hex).filter(u8::is_ascii);
        match (code, part.get(2..)) {
            (Some(code), Some(rest)) => {
                undone = true;
                plain.push(char::from(code));
                plain.push_str(rest);
            }
            _ => {
                plain.push('%');
                plain.push_str(part);
            }
        }
    }
    undone.then_some(plain)
}

fn hex(text: &str) -> Option<u8> {
    let is_hex = text.bytes().all(|it| it.is_ascii_hexdigit()); // A sign would do for `from_str_radix`.
    if is_hex { u8::from_str_radix(text, 16).ok() } else { None }
}

/// Tries every envelope in the text: a chat may hold the same link twice, once as a title that it cut short.
fn scan(text: &str) -> Result<Body, LinkError> {
    let mut reason = if has_magic(text) { LinkError::Damaged } else { LinkError::None };
    let mut is_first = true;
    for envelope in envelopes(text) {
        match envelope.open() {
            Ok(body) => return Ok(body),
            Err(error) if is_first => (reason, is_first) = (error, false),
            Err(_) => {}
        }
    }
    Err(reason)
}

fn envelopes(text: &str) -> impl Iterator<Item = Envelope<'_>> {
    text.match_indices('p').filter_map(|(at, _)| Envelope::at(text, at))
}

fn has_magic(text: &str) -> bool {
    ["p1c.", "p1d.", "p1e.", "p1r.", "p1w.", "p1x."].iter().any(|it| text.contains(it))
}

// ---- The envelope ----

struct Envelope<'a> {
    version: char,
    kind: char,
    /// Of `p1d.2ir.`
    header_len: usize,
    body_len: usize,
    /// What follows the header, up to the end of the text.
    rest: &'a str,
}

impl<'a> Envelope<'a> {
    /// Reads `p<version><kind>.<length>.`; what is not quite that is not an envelope.
    fn at(text: &'a str, at: usize) -> Option<Envelope<'a>> {
        let header = text.get(at..)?.strip_prefix('p')?;
        let mut chars = header.chars();
        let version = chars.next().filter(|it| matches!(it, '1'..='9'))?;
        let kind = chars.next().filter(char::is_ascii_lowercase)?;
        let (length, rest) = chars.as_str().strip_prefix('.')?.split_once('.')?;
        let body_len = from_base36(length)?;
        // `mp4a.40.2` and its like are no plans of the future: an unknown envelope must stand at the start of a word.
        let is_known = version == '1' && matches!(kind, 'c' | 'd' | 'e' | 'r' | 'w' | 'x');
        let is_glued = text.get(..at)?.ends_with(|it: char| it.is_ascii_alphanumeric());
        (is_known || !is_glued).then_some(Envelope { version, kind, header_len: 5 + length.len(), body_len, rest })
    }

    fn open(&self) -> Result<Body, LinkError> {
        if self.version != '1' {
            return Err(LinkError::Newer);
        }
        let bytes = self.checked_bytes()?;
        expanded(self.kind, bytes)
    }

    fn checked_bytes(&self) -> Result<Vec<u8>, LinkError> {
        let body = leading(self.rest, self.body_len, is_base64url);
        let after = self.rest.get(body.len()..).unwrap_or_default();
        let check_text = leading(after.strip_prefix('.').unwrap_or_default(), CHECK_LEN, is_base36);
        let is_body_whole = body.len() == self.body_len;
        let is_check_whole = check_text.len() == CHECK_LEN;
        if is_body_whole && is_check_whole {
            let bytes = URL_SAFE_NO_PAD.decode(body).map_err(|_| LinkError::Damaged)?;
            return if check(self.kind, &bytes) == check_text { Ok(bytes) } else { Err(LinkError::Damaged) };
        }
        // A check that comes too early, or in its place behind a body that breaks off: changed within, not cut.
        let is_altered = match self.rest.get(self.body_len..).and_then(|it| it.chars().next()) {
            Some('.') => !is_body_whole,
            Some(other) => is_body_whole && other.is_ascii(),
            None => false,
        };
        if is_altered || is_check_whole {
            return Err(LinkError::Damaged);
        }
        let dot = usize::from(after.starts_with('.'));
        Err(self.cut(body.len() + dot + check_text.len()))
    }

    fn cut(&self, got: usize) -> LinkError {
        LinkError::Cut { got: self.header_len + got, want: self.header_len + self.body_len + 1 + CHECK_LEN }
    }
}

fn inflate(bytes: &[u8]) -> Result<Vec<u8>, LinkError> {
    decompress_to_vec_with_limit(bytes, MAX_BYTES).map_err(|error| match error.status {
        TINFLStatus::HasMoreOutput => LinkError::Bomb,
        _ => LinkError::Damaged,
    })
}

/// Without the table of 16 KB by which others are faster: it does not compress, and a link is short.
const CRC: Crc<u32, NoTable> = Crc::<u32, NoTable>::new(&CRC_32_ISO_HDLC);

/// A checksum of bytes, of the kind that stands at the end of a link.
pub fn sum(bytes: &[u8]) -> u32 {
    CRC.checksum(bytes)
}

/// The kind is checked along with the body: a `d` that became an `r` would pass off deflated bytes as a plan.
fn check(kind: char, bytes: &[u8]) -> String {
    let mut sum = CRC.digest();
    sum.update(kind.encode_utf8(&mut [0; 4]).as_bytes());
    sum.update(bytes);
    format!("{:0>CHECK_LEN$}", base36(sum.finalize() as usize))
}

fn leading(text: &str, most: usize, is_part: fn(u8) -> bool) -> &str {
    let len = text.bytes().take(most).take_while(|it| is_part(*it)).count();
    text.get(..len).unwrap_or_default()
}

fn is_base64url(it: u8) -> bool {
    it.is_ascii_alphanumeric() || matches!(it, b'-' | b'_')
}

fn is_base36(it: u8) -> bool {
    it.is_ascii_digit() || it.is_ascii_lowercase()
}

fn base36(mut number: usize) -> String {
    let mut digits = Vec::new();
    loop {
        digits.extend(char::from_digit((number % 36) as u32, 36));
        number /= 36;
        if number == 0 {
            return digits.iter().rev().collect();
        }
    }
}

/// Canonical only, and no longer than `MAX_CHARS` needs.
fn from_base36(text: &str) -> Option<usize> {
    let number = if text.len() <= 4 { usize::from_str_radix(text, 36).ok()? } else { return None };
    (base36(number) == text).then_some(number)
}
