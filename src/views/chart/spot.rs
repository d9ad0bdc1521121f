//! The marks of a picture as places that one goes to and reads, by keys and by mouse.

use crate::plan::At;

/// A mark: where it is, what it says, and the place of the sheet that it stands for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Spot {
    pub x: i32,
    pub y: i32,
    pub width: i32,
    pub height: i32,
    pub says: String,
    pub at: At,
}

impl Spot {
    fn centre(&self) -> (i32, i32) {
        (self.x + self.width / 2, self.y + self.height / 2)
    }

    fn holds(&self, (x, y): (i32, i32)) -> bool {
        (self.x..self.x + self.width).contains(&x) && (self.y..self.y + self.height).contains(&y)
    }
}

/// The mark at a place; of marks within marks the last drawn.
pub fn under(spots: &[Spot], place: (i32, i32)) -> Option<usize> {
    spots.iter().rposition(|it| it.holds(place))
}

/// To which mark a key goes. None for a key that goes nowhere.
pub fn next(spots: &[Spot], at: usize, key: &str) -> Option<usize> {
    let last = spots.len().checked_sub(1)?;
    match key {
        "Home" => Some(0),
        "End" => Some(last),
        "ArrowRight" => Some(beside(spots, at, (1, 0)).unwrap_or((at + 1).min(last))),
        "ArrowLeft" => Some(beside(spots, at, (-1, 0)).unwrap_or(at.saturating_sub(1))),
        "ArrowDown" => Some(beside(spots, at, (0, 1)).unwrap_or((at + 1).min(last))),
        "ArrowUp" => Some(beside(spots, at, (0, -1)).unwrap_or(at.saturating_sub(1))),
        _ => None,
    }
}

/// The nearest mark in a direction; what lies aside is further than it is.
fn beside(spots: &[Spot], at: usize, (right, down): (i32, i32)) -> Option<usize> {
    let (x, y) = spots.get(at)?.centre();
    let way = |spot: &Spot| {
        let (across, along) = (spot.centre().0 - x, spot.centre().1 - y);
        let (ahead, aside) = (across * right + along * down, across * down.abs() + along * right.abs());
        (ahead, aside.abs())
    };
    let ahead = spots.iter().enumerate().filter(|(_, spot)| way(spot).1 < way(spot).0);
    ahead.min_by_key(|(_, spot)| way(spot).0 + 3 * way(spot).1).map(|(at, _)| at)
}
