//! Things of one kind in the order in which the user has put them, each with a number that is given once.
//!
//! A place in the list is no name for a thing: what refers to one does so by its number. Refused: a number that was given
//! before, and more things than the list may hold.

use std::collections::{BTreeMap, BTreeSet};

use serde::{Deserialize, Serialize};

use super::edit::EditError;

/// A thing of a list. Given once, never reused, never shown.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[cfg_attr(not(target_arch = "wasm32"), derive(schemars::JsonSchema))]
#[serde(transparent)]
pub struct ItemId(pub u32);

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(not(target_arch = "wasm32"), derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct List<T> {
    /// The number that the next new thing gets.
    next: u32,
    order: Vec<ItemId>,
    #[cfg_attr(not(target_arch = "wasm32"), schemars(with = "BTreeMap<String, T>"))]
    items: BTreeMap<ItemId, T>,
}

impl<T> Default for List<T> {
    fn default() -> List<T> {
        List { next: 0, order: Vec::new(), items: BTreeMap::new() }
    }
}

/// A thing put into a list, or into the place of the one that has its number; or taken out.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ItemEdit<T> {
    pub id: ItemId,
    /// Where it stands then, counted from 0; beyond the end, last.
    pub position: usize,
    /// None takes it out.
    pub item: Option<T>,
    /// The number that the next new thing gets: only ever in an inverse.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub next: Option<u32>,
}

impl<T> List<T> {
    /// More of one kind than anybody looks through.
    pub const MOST: usize = 20_000;

    pub fn is_empty(&self) -> bool {
        self.order.is_empty() && self.next == 0
    }

    pub fn len(&self) -> usize {
        self.order.len()
    }

    pub fn get(&self, id: ItemId) -> Option<&T> {
        self.items.get(&id)
    }

    /// In order.
    pub fn iter(&self) -> impl DoubleEndedIterator<Item = (ItemId, &T)> + Clone {
        self.order.iter().filter_map(|id| Some((*id, self.items.get(id)?)))
    }

    pub fn values(&self) -> impl DoubleEndedIterator<Item = &T> + Clone {
        self.iter().map(|(_, item)| item)
    }

    pub fn values_mut(&mut self) -> impl Iterator<Item = &mut T> {
        self.items.values_mut()
    }

    pub fn ids(&self) -> &[ItemId] {
        &self.order
    }

    pub fn next(&self) -> u32 {
        self.next
    }

    pub fn position(&self, id: ItemId) -> Option<usize> {
        self.order.iter().position(|it| *it == id)
    }

    /// A new thing at the end. Used while a plan is being made; a plan in use changes by edits only.
    pub fn push(&mut self, item: T) -> ItemId {
        let id = ItemId(self.next);
        self.next += 1;
        self.order.push(id);
        self.items.insert(id, item);
        id
    }

    /// The edit that adds a thing at the end.
    pub fn add(&self, item: T) -> ItemEdit<T> {
        ItemEdit { id: ItemId(self.next), position: self.len(), item: Some(item), next: None }
    }

    /// The edit that puts a thing in the place of the one that has its number.
    pub fn put(&self, id: ItemId, item: T) -> ItemEdit<T> {
        ItemEdit { id, position: self.position(id).unwrap_or(self.len()), item: Some(item), next: None }
    }

    /// The edit that takes a thing out.
    pub fn take(&self, id: ItemId) -> ItemEdit<T> {
        ItemEdit { id, position: self.position(id).unwrap_or(self.len()), item: None, next: None }
    }

    /// Does such an edit, and returns the one that takes it back.
    pub(super) fn apply(&mut self, edit: ItemEdit<T>) -> Result<ItemEdit<T>, EditError> {
        let ItemEdit { id, position, item, next } = edit;
        let before = self.position(id);
        let is_new = before.is_none() && item.is_some();
        if is_new && Self::MOST <= self.len() {
            return Err(EditError::TooManyItems { most: Self::MOST });
        }
        if before.is_none() && item.is_none() {
            return Err(EditError::UnknownItem(id));
        }
        let old_next = self.next;
        let lowest = if is_new { id.0.checked_add(1).ok_or(EditError::UnknownItem(id))? } else { 0 };
        let old = match item {
            Some(item) => self.items.insert(id, item),
            None => self.items.remove(&id),
        };
        if let Some(before) = before {
            self.order.remove(before);
        }
        if self.items.contains_key(&id) {
            self.order.insert(position.min(self.order.len()), id);
        }
        let highest = self.items.keys().next_back().map_or(0, |it| it.0 + 1);
        self.next = next.unwrap_or(self.next).max(lowest).max(highest);
        let next = Some(old_next).filter(|it| *it != self.next);
        Ok(ItemEdit { id, position: before.unwrap_or(position), item: old, next })
    }

    /// A list as it came from outside: what has no place is put last, a place of nothing is dropped, and what is too much.
    pub(super) fn repair(&mut self) -> usize {
        let mut seen = BTreeSet::new();
        self.order.retain(|id| self.items.contains_key(id) && seen.insert(*id));
        self.order.extend(self.items.keys().filter(|it| !seen.contains(it)));
        let dropped: Vec<ItemId> = self.order.drain(self.order.len().min(Self::MOST)..).collect();
        dropped.iter().for_each(|it| _ = self.items.remove(it));
        // The last number of all could have no next one.
        if self.items.remove(&ItemId(u32::MAX)).is_some() {
            self.order.retain(|it| it.0 != u32::MAX);
        }
        self.next = self.next.max(self.items.keys().next_back().map_or(0, |it| it.0 + 1));
        dropped.len()
    }

    /// Of numbers, the things that have them, and the number of the next one.
    pub fn of(next: u32, things: impl IntoIterator<Item = (ItemId, T)>) -> List<T> {
        let mut list = List { next, ..List::default() };
        for (id, item) in things {
            if list.items.insert(id, item).is_none() {
                list.order.push(id);
            }
        }
        list
    }
}
