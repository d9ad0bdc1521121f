//! Zip archives as far as workbooks use them: entries that are stored or deflated, and no more than a few.
//!
//! Refused: an entry that unpacks to more than its limit, found out while it is unpacked; one that is encrypted, or packed
//! in any other way; and one whose check sum is not that of its bytes.

use crc::{CRC_32_ISO_HDLC, Crc};
use miniz_oxide::deflate::compress_to_vec;
use miniz_oxide::inflate::{TINFLStatus, decompress_to_vec_with_limit};

const CRC: Crc<u32> = Crc::<u32>::new(&CRC_32_ISO_HDLC);

/// What one entry may unpack to at most.
pub const MAX_ENTRY: usize = 48 << 20;
/// Beyond the first megabytes, so many times its packed size. Deflate goes to a thousand; sheets of a workbook to a hundred.
const MAX_RATIO: usize = 250;
const FREE: usize = 4 << 20;

const LOCAL: &[u8; 4] = b"PK\x03\x04";
const CENTRAL: &[u8; 4] = b"PK\x01\x02";
const END: &[u8; 4] = b"PK\x05\x06";
const STORED: u16 = 0;
const DEFLATED: u16 = 8;

/// Why an archive gives no bytes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ZipError {
    /// It was cut or altered, or is packed in a way that no workbook is.
    Damaged,
    /// It unpacks to more than a workbook may.
    Bomb,
}

// ---- Writing ----

/// Packs entries, by their names. The same entries give the same bytes, whenever that is.
pub fn pack(entries: &[(&str, Vec<u8>)]) -> Vec<u8> {
    const LEVEL: u8 = 6;
    let (mut archive, mut central) = (Vec::new(), Vec::new());
    for (name, bytes) in entries {
        let packed = compress_to_vec(bytes, LEVEL);
        let head = head(name, bytes, &packed);
        central.extend_from_slice(CENTRAL);
        central.extend(20_u16.to_le_bytes()); // written by version 2.0, on no system in particular
        central.extend_from_slice(&head);
        central.extend([0; 10]); // no comment, disk 0, no attributes
        central.extend(length(archive.len()));
        central.extend_from_slice(name.as_bytes());
        archive.extend_from_slice(LOCAL);
        archive.extend_from_slice(&head);
        archive.extend_from_slice(name.as_bytes());
        archive.extend_from_slice(&packed);
    }
    let count = u16::try_from(entries.len()).unwrap_or(u16::MAX).to_le_bytes();
    let (start, size) = (length(archive.len()), length(central.len()));
    archive.extend_from_slice(&central);
    archive.extend_from_slice(END);
    archive.extend([0; 4]);
    archive.extend([count, count].concat());
    archive.extend([size, start].concat());
    archive.extend([0; 2]);
    archive
}

/// What an entry's two heads have in common.
fn head(name: &str, bytes: &[u8], packed: &[u8]) -> Vec<u8> {
    const MIDNIGHT_OF_1980: [u8; 4] = [0, 0, 0x21, 0];
    const NAMES_IN_UTF8: u16 = 1 << 11;
    let mut head = Vec::new();
    head.extend([20_u16, NAMES_IN_UTF8, DEFLATED].map(u16::to_le_bytes).concat());
    head.extend(MIDNIGHT_OF_1980);
    head.extend(CRC.checksum(bytes).to_le_bytes());
    head.extend([length(packed.len()), length(bytes.len())].concat());
    head.extend(u16::try_from(name.len()).unwrap_or(u16::MAX).to_le_bytes());
    head.extend([0; 2]); // nothing extra
    head
}

fn length(length: usize) -> [u8; 4] {
    u32::try_from(length).unwrap_or(u32::MAX).to_le_bytes()
}

// ---- Reading ----

/// An archive whose entries are unpacked when they are asked for.
#[derive(Debug)]
pub struct Archive {
    bytes: Vec<u8>,
    entries: Vec<Entry>,
}

#[derive(Debug)]
struct Entry {
    name: String,
    flags: u16,
    method: u16,
    check: u32,
    packed: usize,
    /// Where its local head is.
    at: usize,
}

impl Archive {
    pub fn open(bytes: Vec<u8>) -> Result<Archive, ZipError> {
        let entries = entries(&bytes).ok_or(ZipError::Damaged)?;
        Ok(Archive { bytes, entries })
    }

    /// Unpacks an entry. None where there is none of that name.
    pub fn read(&self, name: &str) -> Option<Result<Vec<u8>, ZipError>> {
        self.find(name).map(|it| self.unpack(it))
    }

    /// Names of entries are the same in any case: some programs write `xl/Workbook.xml`.
    fn find(&self, name: &str) -> Option<&Entry> {
        self.entries.iter().find(|it| it.name.eq_ignore_ascii_case(name))
    }

    fn unpack(&self, entry: &Entry) -> Result<Vec<u8>, ZipError> {
        let packed = packed(&self.bytes, entry).ok_or(ZipError::Damaged)?;
        let is_encrypted = entry.flags & 1 != 0;
        let limit = MAX_ENTRY.min(FREE.max(entry.packed.saturating_mul(MAX_RATIO)));
        let bytes = match entry.method {
            _ if is_encrypted => return Err(ZipError::Damaged),
            STORED => packed.to_vec(),
            DEFLATED => decompress_to_vec_with_limit(packed, limit).map_err(|error| match error.status {
                TINFLStatus::HasMoreOutput => ZipError::Bomb,
                _ => ZipError::Damaged,
            })?,
            _ => return Err(ZipError::Damaged),
        };
        if CRC.checksum(&bytes) == entry.check { Ok(bytes) } else { Err(ZipError::Damaged) }
    }
}

/// The entries that the directory at the end lists.
fn entries(bytes: &[u8]) -> Option<Vec<Entry>> {
    let end = bytes.windows(END.len()).rposition(|it| it == END)?;
    let count = usize::from(short(bytes, end + 10)?);
    let mut at = long(bytes, end + 16)? as usize;
    let mut entries = Vec::new();
    for _ in 0..count {
        if bytes.get(at..at.checked_add(4)?)? != CENTRAL {
            return None;
        }
        let lengths = [28, 30, 32].map(|it| short(bytes, at + it).map(usize::from));
        let [Some(name), Some(extra), Some(comment)] = lengths else { return None };
        let name_end = at + 46 + name;
        let mut entry = Entry {
            name: String::from_utf8_lossy(bytes.get(at + 46..name_end)?).into_owned(),
            flags: short(bytes, at + 8)?,
            method: short(bytes, at + 10)?,
            check: long(bytes, at + 16)?,
            packed: long(bytes, at + 20)? as usize,
            at: long(bytes, at + 42)? as usize,
        };
        let unpacked = long(bytes, at + 24)?;
        widen(&mut entry, unpacked, bytes.get(name_end..name_end + extra)?);
        entries.push(entry);
        at = name_end + extra + comment;
    }
    Some(entries)
}

/// Some programs write every size in eight bytes, behind what is extra to the entry.
fn widen(entry: &mut Entry, unpacked: u32, mut extra: &[u8]) {
    const WIDE: u16 = 1;
    while let (Some(kind), Some(size)) = (short(extra, 0), short(extra, 2)) {
        let size = usize::from(size);
        let Some(body) = extra.get(4..4 + size) else { return };
        if kind == WIDE {
            let mut wide = body.chunks_exact(8).map(|it| long(it, 0).unwrap_or(u32::MAX) as usize);
            if unpacked == u32::MAX {
                wide.next();
            }
            for field in [&mut entry.packed, &mut entry.at] {
                if *field == u32::MAX as usize {
                    *field = wide.next().unwrap_or(*field);
                }
            }
        }
        extra = extra.get(4 + size..).unwrap_or_default();
    }
}

fn packed<'a>(bytes: &'a [u8], entry: &Entry) -> Option<&'a [u8]> {
    if bytes.get(entry.at..entry.at.checked_add(4)?)? != LOCAL {
        return None;
    }
    let start = entry.at + 30 + usize::from(short(bytes, entry.at + 26)?) + usize::from(short(bytes, entry.at + 28)?);
    bytes.get(start..start.checked_add(entry.packed)?)
}

fn short(bytes: &[u8], at: usize) -> Option<u16> {
    bytes.get(at..at.checked_add(2)?)?.try_into().ok().map(u16::from_le_bytes)
}

fn long(bytes: &[u8], at: usize) -> Option<u32> {
    bytes.get(at..at.checked_add(4)?)?.try_into().ok().map(u32::from_le_bytes)
}
