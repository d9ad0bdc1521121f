//! The words of findings and refusals.

use crate::i18n::Words;
use crate::session::{Refused, Session};

/// Why something was not done, as a sentence that names the value and the way out.
pub fn refusal(words: Words, session: Session, refused: &Refused) -> String {
    _ = (words, session);
    format!("{refused:?}")
}
