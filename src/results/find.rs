//! How well what was typed fits what something is called.

/// How well it fits, the lower the better; none where it does not. Fitting is: the beginning of a name, of a word in it, a
/// part of it, or its letters one after the other. Each of the names is as good as any other.
pub fn fit(typed: &str, names: &[&str]) -> Option<usize> {
    let typed = plain(typed);
    names.iter().filter_map(|name| of_one(&typed, &plain(name))).min()
}

/// Whether any of the names has in it what was typed. Nothing typed is in all of them.
pub fn holds(typed: &str, names: &[&str]) -> bool {
    let typed = plain(typed);
    names.iter().any(|name| plain(name).contains(&typed))
}

fn plain(text: &str) -> String {
    text.to_lowercase().split_whitespace().collect::<Vec<_>>().join(" ")
}

const WORD: usize = 100;
const PART: usize = 200;
const LETTERS: usize = 300;

fn of_one(typed: &str, name: &str) -> Option<usize> {
    let length = name.chars().count().min(WORD - 1);
    match name.find(typed) {
        Some(0) => Some(length),
        Some(at) if name[..at].ends_with(|it: char| !it.is_alphanumeric()) => Some(WORD + length),
        Some(_) => Some(PART + length),
        None => has_letters(typed, name).then_some(LETTERS + length),
    }
}

/// The letters of what was typed, in their order, with others between them.
fn has_letters(typed: &str, name: &str) -> bool {
    let mut letters = name.chars();
    typed.chars().filter(|it| *it != ' ').all(|wanted| letters.any(|it| it == wanted))
}
