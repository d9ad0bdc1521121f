//! Things of one kind in the order in which the user has put them, each with a number that is given once.
//!
//! A place in the list is no name for a thing: what refers to one does so by its number. Refused: a number that was given
//! before, and more things than the list may hold.

use serde::{Deserialize, Serialize};

use super::edit::EditError;
use super::fields::Fields;

/// A thing of a list. Given once, never reused, never shown.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[cfg_attr(not(target_arch = "wasm32"), derive(schemars::JsonSchema))]
#[serde(transparent)]
pub struct ItemId(pub u32);

/// More of one kind than anybody looks through.
pub(super) const MOST: usize = 20_000;

/// In the file the things stand by their numbers, and the order beside them.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct List<T> {
    /// The number that the next new thing gets.
    next: u32,
    ids: Vec<ItemId>,
    /// Each at the place of its number.
    items: Vec<T>,
}

impl<T> Default for List<T> {
    fn default() -> List<T> {
        List { next: 0, ids: Vec::new(), items: Vec::new() }
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
    pub fn is_empty(&self) -> bool {
        self.ids.is_empty() && self.next == 0
    }

    pub fn len(&self) -> usize {
        self.ids.len()
    }

    pub fn get(&self, id: ItemId) -> Option<&T> {
        self.items.get(self.position(id)?)
    }

    /// In order.
    pub fn iter(&self) -> impl DoubleEndedIterator<Item = (ItemId, &T)> + Clone {
        self.ids.iter().copied().zip(&self.items)
    }

    pub fn values(&self) -> impl DoubleEndedIterator<Item = &T> + Clone {
        self.items.iter()
    }

    pub fn values_mut(&mut self) -> impl Iterator<Item = &mut T> {
        self.items.iter_mut()
    }

    pub fn ids(&self) -> &[ItemId] {
        &self.ids
    }

    pub fn next(&self) -> u32 {
        self.next
    }

    /// Things that nobody has moved stand by their numbers, and are found at once.
    pub fn position(&self, id: ItemId) -> Option<usize> {
        let guess = self.ids.partition_point(|it| *it < id);
        let is_it = |at: &usize| self.ids.get(*at) == Some(&id);
        Some(guess).filter(is_it).or_else(|| self.ids.iter().position(|it| *it == id))
    }

    /// A new thing at the end. Used while a plan is being made; a plan in use changes by edits only.
    pub fn push(&mut self, item: T) -> ItemId {
        let id = ItemId(self.next);
        self.next += 1;
        self.ids.push(id);
        self.items.push(item);
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
        if is_new && MOST <= self.len() {
            return Err(EditError::TooManyItems { most: MOST });
        }
        if before.is_none() && item.is_none() {
            return Err(EditError::UnknownItem(id));
        }
        let old_next = self.next;
        let lowest = if is_new { id.0.checked_add(1).ok_or(EditError::UnknownItem(id))? } else { 0 };
        let old = before.map(|before| {
            self.ids.remove(before);
            self.items.remove(before)
        });
        if let Some(item) = item {
            let place = position.min(self.ids.len());
            self.ids.insert(place, id);
            self.items.insert(place, item);
        }
        self.next = next.unwrap_or(self.next).max(lowest).max(self.above());
        let next = Some(old_next).filter(|it| *it != self.next);
        Ok(ItemEdit { id, position: before.unwrap_or(position), item: old, next })
    }

    /// Takes a thing out of a list that came from outside.
    pub(super) fn remove(&mut self, id: ItemId) {
        if let Some(at) = self.position(id) {
            self.ids.remove(at);
            self.items.remove(at);
        }
    }

    /// Numbers below this one are taken, whether or not anything has them.
    pub(super) fn raise(&mut self, next: u32) {
        self.next = self.next.max(next);
    }

    /// The number above all that are there.
    fn above(&self) -> u32 {
        self.ids.iter().map(|it| it.0.saturating_add(1)).max().unwrap_or(0)
    }

    /// The number of the next thing of a list that came from outside.
    pub(super) fn repair(&mut self) {
        self.next = self.next.max(self.above());
    }
}

/// The things of a list, whatever they are.
pub trait Things {
    /// Nobody has put anything into it.
    fn is_unsaid(&self) -> bool;
    fn next_number(&self) -> u32;
    /// In order.
    fn numbers(&self) -> &[ItemId];
    fn each(&mut self, visit: &mut dyn FnMut(&mut dyn Fields));
    /// As many new things as there are numbers.
    fn refill(&mut self, next: u32, numbers: Vec<ItemId>);
}

impl<T: Fields + Default> Things for List<T> {
    fn is_unsaid(&self) -> bool {
        self.is_empty()
    }

    fn next_number(&self) -> u32 {
        self.next
    }

    fn numbers(&self) -> &[ItemId] {
        &self.ids
    }

    fn each(&mut self, visit: &mut dyn FnMut(&mut dyn Fields)) {
        self.items.iter_mut().for_each(|it| visit(it));
    }

    fn refill(&mut self, next: u32, numbers: Vec<ItemId>) {
        self.items = numbers.iter().map(|_| T::default()).collect();
        (self.next, self.ids) = (next, numbers);
    }
}

/// As it stands in the file.
#[cfg(not(target_arch = "wasm32"))]
#[derive(schemars::JsonSchema)]
#[serde(deny_unknown_fields)]
#[schemars(rename = "List_of_{T}")]
#[expect(dead_code, reason = "it is what the schema is made of")]
struct Written<T> {
    /// The number that the next new thing gets.
    next: u32,
    order: Vec<ItemId>,
    items: std::collections::BTreeMap<String, T>,
}

#[cfg(not(target_arch = "wasm32"))]
impl<T: schemars::JsonSchema> schemars::JsonSchema for List<T> {
    fn schema_name() -> std::borrow::Cow<'static, str> {
        Written::<T>::schema_name()
    }

    fn json_schema(generator: &mut schemars::SchemaGenerator) -> schemars::Schema {
        Written::<T>::json_schema(generator)
    }
}
