//! Bytes as they are written: numbers as short as they are, texts with their length in front, sections in a frame.
//!
//! A number is a varint of postcard: seven bits a byte, the least first. One that may be negative is folded, 0, -1, 1, -2,
//! so that small ones are short on both sides of zero.

#[derive(Default)]
pub struct Out(Vec<u8>);

impl Out {
    pub fn byte(&mut self, byte: u8) {
        self.0.push(byte);
    }

    pub fn number(&mut self, mut number: u64) {
        while 0x7f < number {
            self.0.push(number as u8 | 0x80);
            number >>= 7;
        }
        self.0.push(number as u8);
    }

    pub fn signed(&mut self, number: i64) {
        self.number((number << 1 ^ number >> 63) as u64);
    }

    pub fn count(&mut self, count: usize) {
        self.number(count as u64);
    }

    pub fn text(&mut self, text: &str) {
        self.count(text.len());
        self.0.extend_from_slice(text.as_bytes());
    }

    /// What is written inside, with its id and its length. Where that is nothing, there is no section.
    pub fn section(&mut self, id: u64, write: impl FnOnce(&mut Out)) {
        let mut inside = Out::default();
        write(&mut inside);
        if !inside.0.is_empty() {
            self.number(id);
            self.count(inside.0.len());
            self.0.append(&mut inside.0);
        }
    }

    pub fn bytes(self) -> Vec<u8> {
        self.0
    }
}
