//! Names with what belongs to each, as people write them: a line a name, and after it the figure. A line may have no figure.

/// A line a name.
pub fn print(said: impl Iterator<Item = (impl AsRef<str>, String)>) -> String {
    said.map(|(name, figure)| format!("{} {figure}", name.as_ref())).collect::<Vec<_>>().join("\n")
}

/// Each line's name and figure, blank lines left out. The figure is what follows the last space, tab or colon.
pub fn read(text: &str) -> impl Iterator<Item = (&str, &str)> {
    text.lines().map(str::trim).filter(|it| !it.is_empty()).map(|line| {
        let (name, figure) = line.split_at(line.rfind(is_between).unwrap_or(line.len()));
        (name.trim_end_matches(is_between), figure.trim_start_matches(is_between))
    })
}

fn is_between(it: char) -> bool {
    it.is_whitespace() || matches!(it, ':' | '：')
}
