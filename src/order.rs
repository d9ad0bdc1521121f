//! Sorting by a number. The standard sort is compiled again for each type that it sorts, at 4 KB of the page each time;
//! here it sorts pairs of numbers, and the rest is moving. Refused: any other order.

/// The least first; equals stay as they stand.
pub fn by_number<T>(items: Vec<T>, number: impl Fn(&T) -> i128) -> Vec<T> {
    let mut places: Vec<(i128, usize)> = items.iter().enumerate().map(|(at, it)| (number(it), at)).collect();
    places.sort_unstable();
    let mut items: Vec<Option<T>> = items.into_iter().map(Some).collect();
    places.into_iter().filter_map(|(_, at)| items.get_mut(at)?.take()).collect()
}

/// A set or map of what comes. Collecting into one sorts all of it first, by a sort for each type; this puts in one by one.
pub fn gathered<C: Default + Extend<T>, T>(items: impl IntoIterator<Item = T>) -> C {
    let mut all = C::default();
    items.into_iter().for_each(|it| all.extend([it]));
    all
}
