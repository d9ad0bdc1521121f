//! A plan behind a passphrase: AES-256-GCM with a key that PBKDF2 makes of the passphrase, both by the browser's own WebCrypto.
//!
//! ```text
//! version  rounds  salt  iv  ciphertext and tag        1, 4, 16, 12 bytes and the rest
//! ```
//!
//! The version and the rounds are authenticated along with the text. Who alters them, or gives another passphrase, gets the
//! same answer; that nothing was altered on the way is what the check of the link says. Refused: to keep a passphrase, to
//! work without a secure origin, where browsers have no WebCrypto, and more rounds than a phone can bear.

use js_sys::{Array, Object, Reflect, Uint8Array};
use wasm_bindgen::{JsCast, JsValue};
use web_sys::{Crypto, CryptoKey, SubtleCrypto};

/// As few as somebody can still type wrong.
pub const MIN_CHARS: usize = 8;

const VERSION: u8 = 1;

/// What OWASP asks of PBKDF2 with SHA-256; an eighth of a second.
const ROUNDS: u32 = 600_000;

/// More would keep a phone busy for longer than somebody waits.
const MAX_ROUNDS: u32 = 2_000_000;

const HEADER: usize = 5;
const SALT: usize = 16;
const IV: usize = 12;
const TAG: usize = 16;

/// Why nothing came out from behind a passphrase.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum SealError {
    /// On plain http browsers have no WebCrypto.
    Insecure,
    /// It is another one; or whoever sealed it did not use this program.
    Passphrase,
    /// Too short to be sealed at all, or with more rounds than anybody needs.
    Damaged,
    /// Sealed by a newer version.
    Newer,
}

/// What was sealed, part by part.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Sealed<'a> {
    header: &'a [u8],
    rounds: u32,
    salt: &'a [u8],
    iv: &'a [u8],
    text: &'a [u8],
}

impl<'a> Sealed<'a> {
    pub fn read(bytes: &'a [u8]) -> Result<Sealed<'a>, SealError> {
        if bytes.first().is_some_and(|it| VERSION < *it) {
            return Err(SealError::Newer);
        }
        if bytes.len() < HEADER + SALT + IV + TAG {
            return Err(SealError::Damaged);
        }
        let (header, rest) = bytes.split_at(HEADER);
        let (salt, rest) = rest.split_at(SALT);
        let (iv, text) = rest.split_at(IV);
        let rounds = header[1..].iter().rev().fold(0, |sum, it| sum << 8 | u32::from(*it));
        let is_sound = header[0] == VERSION && (1..=MAX_ROUNDS).contains(&rounds);
        if is_sound { Ok(Sealed { header, rounds, salt, iv, text }) } else { Err(SealError::Damaged) }
    }
}

/// Whether the browser has what it takes.
pub fn is_possible() -> bool {
    crypto().is_some()
}

/// Puts bytes behind a passphrase. None where the browser cannot.
pub async fn seal(plain: &[u8], passphrase: &str) -> Option<Vec<u8>> {
    let crypto = crypto()?;
    let mut bytes = [&[VERSION][..], &ROUNDS.to_le_bytes(), &[0; SALT + IV]].concat();
    crypto.get_random_values_with_u8_array(bytes.get_mut(HEADER..)?).ok()?;
    let (header, rest) = bytes.split_at(HEADER);
    let (salt, iv) = rest.split_at(SALT);
    let parts = Sealed { header, rounds: ROUNDS, salt, iv, text: &[] };
    let subtle = crypto.subtle();
    let key = key(&subtle, parts, passphrase).await.ok()?;
    let sealed = subtle.encrypt_with_object_and_u8_array(&cipher(parts).ok()?, &key, plain).ok()?.await.ok()?;
    bytes.extend(Uint8Array::new(&sealed).to_vec());
    Some(bytes)
}

/// Takes bytes out from behind a passphrase.
pub async fn open(sealed: &[u8], passphrase: &str) -> Result<Vec<u8>, SealError> {
    let parts = Sealed::read(sealed)?;
    let subtle = crypto().ok_or(SealError::Insecure)?.subtle();
    let opened = async {
        let key = key(&subtle, parts, passphrase).await?;
        subtle.decrypt_with_object_and_u8_array(&cipher(parts)?, &key, parts.text)?.await
    };
    let plain: Result<_, JsValue> = opened.await;
    plain.map(|it| Uint8Array::new(&it).to_vec()).map_err(|_| SealError::Passphrase)
}

/// None on plain http, where the field is there and what it holds is not.
fn crypto() -> Option<Crypto> {
    let window = web_sys::window()?;
    let crypto = Reflect::get(&window, &"crypto".into()).ok()?.dyn_into::<Crypto>().ok()?;
    Reflect::get(&crypto, &"subtle".into()).is_ok_and(|it| it.is_object()).then_some(crypto)
}

async fn key(subtle: &SubtleCrypto, parts: Sealed<'_>, passphrase: &str) -> Result<CryptoKey, JsValue> {
    let raw = Uint8Array::from(passphrase.as_bytes());
    let uses = Array::of1(&"deriveKey".into());
    let base: CryptoKey = subtle.import_key_with_str("raw", &raw, "PBKDF2", false, &uses)?.await?.unchecked_into();
    let by = object(&[
        ("name", "PBKDF2".into()),
        ("hash", "SHA-256".into()),
        ("salt", Uint8Array::from(parts.salt).into()),
        ("iterations", parts.rounds.into()),
    ])?;
    let to = object(&[("name", "AES-GCM".into()), ("length", 256.into())])?;
    let uses = Array::of2(&"encrypt".into(), &"decrypt".into());
    let key = subtle.derive_key_with_object_and_object(&by, &base, &to, false, &uses)?.await?;
    Ok(key.unchecked_into())
}

fn cipher(parts: Sealed<'_>) -> Result<Object, JsValue> {
    object(&[
        ("name", "AES-GCM".into()),
        ("iv", Uint8Array::from(parts.iv).into()),
        ("additionalData", Uint8Array::from(parts.header).into()),
    ])
}

fn object(fields: &[(&str, JsValue)]) -> Result<Object, JsValue> {
    let object = Object::new();
    for (name, value) in fields {
        Reflect::set(&object, &(*name).into(), value)?;
    }
    Ok(object)
}
