//! Bytes as they are read. Whoever wrote them is not trusted: each reading says what is wrong instead of guessing, and no
//! count is believed that the bytes behind it could not fill.

use super::ColumnError;

pub struct In<'a> {
    bytes: &'a [u8],
    /// The last section's id; the next one is above it.
    last: Option<u64>,
    /// The plan is newer than this reader, and lets it skip what it does not know.
    skips: bool,
}

impl<'a> In<'a> {
    pub fn new(bytes: &'a [u8]) -> In<'a> {
        In { bytes, last: None, skips: false }
    }

    pub fn skips_unknown(&mut self, skips: bool) {
        self.skips = skips;
    }

    pub fn byte(&mut self) -> Result<u8, ColumnError> {
        let (first, rest) = self.bytes.split_first().ok_or(ColumnError::Short)?;
        self.bytes = rest;
        Ok(*first)
    }

    /// Only as `Out` writes it: another spelling of the same number would make two links of one plan.
    pub fn number(&mut self) -> Result<u64, ColumnError> {
        let mut number = 0_u64;
        for shift in (0..u64::BITS).step_by(7) {
            let byte = self.byte()?;
            let bits = u64::from(byte & 0x7f);
            if bits << shift >> shift != bits || (byte == 0 && 0 < shift) {
                return Err(ColumnError::Number);
            }
            number |= bits << shift;
            if byte < 0x80 {
                return Ok(number);
            }
        }
        Err(ColumnError::Number)
    }

    pub fn signed(&mut self) -> Result<i64, ColumnError> {
        let folded = self.number()?;
        Ok((folded >> 1) as i64 ^ -((folded & 1) as i64))
    }

    /// A number that fits a smaller type.
    pub fn small<T: TryFrom<u64>>(&mut self) -> Result<T, ColumnError> {
        T::try_from(self.number()?).map_err(|_| ColumnError::Number)
    }

    /// How many things follow that take a byte each or more.
    pub fn count(&mut self) -> Result<usize, ColumnError> {
        let count = self.small::<usize>()?;
        if self.bytes.len() < count { Err(ColumnError::Short) } else { Ok(count) }
    }

    pub fn text(&mut self) -> Result<&'a str, ColumnError> {
        let bytes = self.take()?;
        str::from_utf8(bytes).map_err(|_| ColumnError::Text)
    }

    fn take(&mut self) -> Result<&'a [u8], ColumnError> {
        let count = self.count()?;
        let (bytes, rest) = self.bytes.split_at(count);
        self.bytes = rest;
        Ok(bytes)
    }

    /// The next section and its id; none at the end.
    pub fn section(&mut self) -> Result<Option<(u64, In<'a>)>, ColumnError> {
        if self.bytes.is_empty() {
            return Ok(None);
        }
        let id = self.number()?;
        if self.last.is_some_and(|last| id <= last) {
            return Err(ColumnError::Place);
        }
        self.last = Some(id);
        let bytes = self.take()?;
        Ok(Some((id, In { bytes, last: None, skips: self.skips })))
    }

    /// Leaves out what this reader does not know, where it may.
    pub fn skip(&mut self) -> Result<(), ColumnError> {
        self.bytes = &[];
        if self.skips { Ok(()) } else { Err(ColumnError::Code) }
    }

    /// Nothing follows.
    pub fn end(&self) -> Result<(), ColumnError> {
        if self.bytes.is_empty() { Ok(()) } else { Err(ColumnError::Over) }
    }
}
