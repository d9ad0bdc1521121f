//! Siblings that share what their parent got: locked ones first, typed ones next, the others by their weights.
//!
//! The total lies between the sums of their ranges, so that there is always an answer; who had to give way in it is in
//! the source of each share.

use kernels::{Rounding, apportion, bounded, normalise};

use super::bounds::{Fit, Range};
use super::cascade::Source;
use super::stepped::{self, Claim, nearest_multiple};
use crate::amount::Amount;
use crate::plan::{Method, Typed};

/// Siblings that share what their parent hands out. The total lies between the sums of the ends of their ranges.
pub struct Group {
    /// What is handed out.
    pub total: i64,
    /// What the parent has: what typed numbers are parts of.
    pub whole: i64,
    pub method: Method,
    pub rounding: Rounding,
    pub fit: Fit,
    pub members: Vec<Member>,
}

#[derive(Clone, Copy, Debug)]
pub struct Member {
    pub weight: u64,
    pub range: Range,
    pub step: i64,
    pub locked: bool,
    pub typed: Option<Typed>,
}

pub struct Share {
    pub amount: i64,
    pub source: Source,
}

/// What a typed number is of a whole, to the nearest unit.
pub fn part_of(typed: Typed, whole: i64) -> i64 {
    let of = i128::from(typed.whole.units());
    if of <= 0 {
        return 0;
    }
    let twice = 2 * i128::from(typed.part.units()) * i128::from(whole);
    i64::try_from((twice + of).div_euclid(2 * of)).unwrap_or(i64::MAX)
}

impl Member {
    /// Neither typed nor held by anything.
    pub fn is_free(&self) -> bool {
        !self.range.is_point() && self.typed.is_none()
    }

    /// What somebody typed, of a whole: to the unit while the whole is the one that it was typed against, and to the
    /// nearest multiple of the step when that has changed.
    pub fn wish(&self, whole: i64) -> Option<i64> {
        let typed = self.typed?;
        let part = part_of(typed, whole);
        let is_new = typed.whole.units() == whole || self.step == 1;
        Some(if is_new { part } else { nearest_multiple(part, self.step, Range::ANY) })
    }
}

impl Group {
    /// Locked members first, then typed ones, then the free ones by weight. Where nobody is free to take the rest, or the
    /// typed numbers leave too little or too much, the typed ones share instead.
    pub fn share(&self) -> Vec<Share> {
        let taken = |it: &Member| match it.wish(self.whole) {
            _ if it.range.is_point() => it.range.lowest,
            Some(wish) => it.range.clamp(wish),
            None => 0,
        };
        let rest = self.total - self.members.iter().map(taken).fold(0_i64, i64::saturating_add);
        let room = Range::sum(self.members.iter().filter(|it| it.is_free()).map(|it| it.range));
        if self.members.iter().any(Member::is_free) && room.contains(rest) {
            self.with_typed(rest)
        } else if self.members.iter().all(|it| it.typed.is_none() || it.range.is_point()) {
            self.without_typed()
        } else {
            self.among_typed()
        }
    }

    /// Typed numbers stand; the free members share the rest by weight.
    fn with_typed(&self, rest: i64) -> Vec<Share> {
        let free: Vec<&Member> = self.members.iter().filter(|it| it.is_free()).collect();
        let mut parts = self.by_weight(rest, &free).into_iter();
        let share = |member: &Member| match (member.wish(self.whole), member.typed) {
            _ if member.range.is_point() => self.fixed(member),
            (Some(wish), Some(typed)) => {
                let amount = member.range.clamp(wish);
                let source = if amount == wish { Source::Typed(typed) } else { Source::TypedGaveWay(typed) };
                Share { amount, source }
            }
            _ => parts.next().unwrap_or(Share { amount: member.range.lowest, source: Source::Forced }),
        };
        self.members.iter().map(share).collect()
    }

    fn without_typed(&self) -> Vec<Share> {
        let free: Vec<&Member> = self.members.iter().filter(|it| !it.range.is_point()).collect();
        let taken: i64 = self.members.iter().filter(|it| it.range.is_point()).map(|it| it.range.lowest).sum();
        let mut parts = self.by_weight(self.total - taken, &free).into_iter();
        let mut next = |member: &Member| match member.range.is_point() {
            true => self.fixed(member),
            false => parts.next().unwrap_or(Share { amount: member.range.lowest, source: Source::Forced }),
        };
        self.members.iter().map(&mut next).collect()
    }

    /// Nobody is free to take the rest: the typed members share, in proportion to what was typed.
    fn among_typed(&self) -> Vec<Share> {
        let weights = typed_weights(&self.members);
        let (lowest, highest) = ends(self.members.iter());
        let amounts = bounded::split(self.total, &weights, &lowest, &highest, self.rounding).unwrap_or(lowest);
        // Shares that together make one whole are kept even where rounding moves them by a unit.
        let slack = self.members.len() as i64;
        let source = |member: &Member, amount: i64| match member.typed {
            _ if member.range.is_point() => self.fixed(member).source,
            Some(typed) if (amount - part_of(typed, self.whole)).abs() <= slack => Source::Typed(typed),
            Some(typed) => Source::TypedGaveWay(typed),
            None => Source::Forced,
        };
        self.members
            .iter()
            .zip(amounts)
            .map(|(member, amount)| Share { amount, source: source(member, amount) })
            .collect()
    }

    /// A member to whom locks, its own or those below it, leave no choice. A number typed there may have to give way.
    fn fixed(&self, member: &Member) -> Share {
        let amount = member.range.lowest;
        let source = match member.typed {
            _ if member.locked => Source::Locked,
            Some(typed) if part_of(typed, self.whole) != amount => Source::TypedGaveWay(typed),
            _ => Source::Forced,
        };
        Share { amount, source }
    }

    fn by_weight(&self, rest: i64, free: &[&Member]) -> Vec<Share> {
        let mut weights: Vec<u64> = free.iter().map(|it| it.weight).collect();
        if weights.iter().all(|weight| *weight == 0) {
            weights.fill(1);
        }
        let sum: u64 = weights.iter().sum();
        let amounts = divided(rest, &weights, free, self.rounding);
        let all_free = free.iter().all(|it| it.range == Range::ANY);
        let is_share = |amount: i64, weight: u64, member: &Member| {
            let off = i128::from(amount) * i128::from(sum) - i128::from(rest) * i128::from(weight);
            let is_free = all_free && member.step == 1;
            self.fit == Fit::Wanted && (is_free || off.abs() < i128::from(sum.max(1)) * i128::from(member.step))
        };
        let share = |((amount, weight), member): ((i64, u64), &&Member)| {
            let source = match is_share(amount, weight, member) {
                true => Source::Share { method: self.method, weight, sum, shared: rest },
                false => Source::Bound { method: self.method },
            };
            Share { amount, source }
        };
        amounts.into_iter().zip(weights.iter().copied()).zip(free).map(share).collect()
    }
}

/// By the simplest way that the ranges and steps of the members allow.
fn divided(rest: i64, weights: &[u64], free: &[&Member], rounding: Rounding) -> Vec<i64> {
    if free.iter().any(|it| 1 < it.step) {
        let claim =
            |(member, weight): (&&Member, &u64)| Claim { weight: *weight, range: member.range, step: member.step };
        return stepped::split(rest, &free.iter().zip(weights).map(claim).collect::<Vec<Claim>>(), rounding);
    }
    if free.iter().all(|it| it.range == Range::ANY) {
        return apportion(rest, weights, rounding);
    }
    let (lowest, highest) = ends(free.iter().copied());
    bounded::split(rest, weights, &lowest, &highest, rounding).unwrap_or(lowest)
}

fn ends<'a>(members: impl Iterator<Item = &'a Member>) -> (Vec<i64>, Vec<i64>) {
    members.map(|it| (it.range.lowest, it.range.highest)).unzip()
}

/// What was typed, as weights on one scale. Numbers typed against the same whole are their own weights.
fn typed_weights(members: &[Member]) -> Vec<u64> {
    let typed = |member: &Member| member.typed.filter(|_| !member.range.is_point());
    let wholes: Vec<Amount> = members.iter().filter_map(typed).map(|it| it.whole).collect();
    let alike = wholes.windows(2).all(|pair| pair[0] == pair[1]);
    let weight = |it: Typed| {
        let part = u128::from(it.part.units().unsigned_abs());
        if alike { part } else { (part << 40) / u128::from(it.whole.units().unsigned_abs().max(1)) }
    };
    normalise(&members.iter().map(|it| typed(it).map_or(0, weight)).collect::<Vec<u128>>())
}
