//! Where the columns of a sheet stand: each as wide as its widest figure and its head want it, what room is left given away,
//! and which of them are seen. In pixels; knows no page and no plan.

use super::super::chart::text_width;

/// What a column has to hold.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Need {
    /// The widest figure in it.
    pub figure: String,
    pub head: String,
    pub folds: bool,
}

/// The room there is, in pixels, and how wide a digit is, in hundredths of one.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Room {
    pub width: u32,
    pub digit: u32,
}

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Track {
    pub left: u32,
    pub width: u32,
}

/// The columns in their order: the name of the row, its share, and the figures.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Tracks {
    pub list: Vec<Track>,
    /// There is no room for bars beside the shares.
    pub is_tight: bool,
}

/// Left and right of what a cell holds, and before it the room for a mark.
const PADDING: u32 = 16;
const MARK: u32 = 16;
/// The sign that folds a head.
const TWISTY: u32 = 18;
/// The widest that a head makes its column, and where room is scarce.
const HEAD: u32 = 128;
const TIGHT_HEAD: u32 = 80;
/// The bar beside a share.
const BAR: u32 = 64;
/// A phone shows no bars, and little of names.
const PHONE: u32 = 640;

impl Tracks {
    /// `name` is how wide the longest name would be.
    pub fn of(needs: &[Need], name: u32, room: Room) -> Tracks {
        let is_phone = room.width < PHONE;
        let (least_name, most_name) = if is_phone { (118, 160) } else { (150, 320) };
        let ample: Vec<u32> = widths(needs, room, HEAD, if is_phone { 0 } else { BAR });
        let tight: Vec<u32> = widths(needs, room, TIGHT_HEAD, 0);
        let name = name.clamp(least_name, most_name);
        let fits = |widths: &[u32], name: u32| widths.iter().sum::<u32>() + name <= room.width;
        let is_tight = !fits(&ample, name.min(220));
        let mut widths = if is_tight { tight } else { ample };
        let figures: u32 = widths.iter().sum();
        // What does not fit scrolls beside the names, of which a phone would show too little in a quarter of its room.
        let of_room = if is_phone { room.width * 2 / 5 } else { room.width / 4 };
        let wished = if fits(&widths, least_name) { room.width - figures } else { of_room.max(least_name) };
        let name = name.min(wished.max(least_name));
        // What is left belongs to all columns alike; to the first of them the pixels that cannot be shared out.
        let left = room.width.saturating_sub(name + figures);
        let count = (widths.len() as u32).max(1);
        for (at, width) in (0..).zip(&mut widths) {
            *width += left / count + u32::from(at < left % count);
        }
        let mut tracks = Tracks { list: vec![Track { left: 0, width: name }], is_tight };
        for width in widths {
            let left = tracks.width();
            tracks.list.push(Track { left, width });
        }
        tracks
    }

    /// Of all columns together.
    pub fn width(&self) -> u32 {
        self.list.last().map_or(0, |it| it.left + it.width)
    }

    pub fn get(&self, place: usize) -> Track {
        self.list.get(place).copied().unwrap_or_default()
    }

    /// The places of the columns that a stretch of the sheet touches, some more on either side. Names and shares are not
    /// among them: they are always there.
    pub fn within(&self, from: u32, to: u32) -> (usize, usize) {
        /// So that a little scrolling has nothing to draw.
        const MARGIN: u32 = 160;
        let from = from.saturating_sub(MARGIN);
        let first = self.list.partition_point(|it| it.left + it.width <= from);
        let last = self.list.partition_point(|it| it.left < to + MARGIN);
        (first.max(2).min(self.list.len()), last.max(2).min(self.list.len()))
    }
}

/// The widths that columns need, the share first.
fn widths(needs: &[Need], room: Room, most_head: u32, bar: u32) -> Vec<u32> {
    let width = |(at, need): (usize, &Need)| {
        let figure = figure_width(&need.figure, room.digit) + if at == 0 { bar } else { MARK };
        let head = text_width(&need.head).unsigned_abs() + if need.folds { TWISTY } else { 0 };
        figure.max(head.min(most_head)) + PADDING
    };
    needs.iter().enumerate().map(width).collect()
}

/// Digits are all alike; points are narrower, and what else stands in a figure is wider.
fn figure_width(text: &str, digit: u32) -> u32 {
    let hundredths: u32 = text
        .chars()
        .map(|it| match it {
            '.' | ',' => digit * 6 / 10,
            '%' | '+' | '<' => digit * 15 / 10,
            _ => digit,
        })
        .sum();
    hundredths.div_ceil(100)
}
