//! Things of one kind in the order in which the user has put them, each with a number that is given once.
//!
//! A place in the list is no name for a thing: what refers to one does so by its number. Refused: a number that was given
//! before, and more things than the list may hold.

use serde::de::{Deserializer, Error, MapAccess, Visitor};
use serde::ser::{SerializeMap, SerializeStruct, Serializer};
use serde::{Deserialize, Serialize};

use super::edit::EditError;

/// A thing of a list. Given once, never reused, never shown.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[cfg_attr(not(target_arch = "wasm32"), derive(schemars::JsonSchema))]
#[serde(transparent)]
pub struct ItemId(pub u32);

/// More of one kind than anybody looks through.
const MOST: usize = 20_000;

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

    /// The number above all that are there.
    fn above(&self) -> u32 {
        self.ids.iter().map(|it| it.0.saturating_add(1)).max().unwrap_or(0)
    }

    /// The number of the next thing of a list that came from outside.
    pub(super) fn repair(&mut self) {
        self.next = self.next.max(self.above());
    }
}

/// The things of a list by their numbers, least first, as maps of the file are.
struct ByNumber<'a, T>(&'a List<T>);

impl<T: Serialize> Serialize for ByNumber<'_, T> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut ids = self.0.ids.clone();
        ids.sort_unstable();
        let mut map = serializer.serialize_map(Some(ids.len()))?;
        for id in ids {
            map.serialize_entry(&id, &self.0.get(id))?;
        }
        map.end()
    }
}

impl<T: Serialize> Serialize for List<T> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut list = serializer.serialize_struct("List", 3)?;
        list.serialize_field("next", &self.next)?;
        list.serialize_field("order", &self.ids)?;
        list.serialize_field("items", &ByNumber(self))?;
        list.end()
    }
}

/// The things of a list as they are read.
struct Items<T>(Vec<(ItemId, T)>);

impl<'de, T: Deserialize<'de>> Deserialize<'de> for Items<T> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Items<T>, D::Error> {
        struct Reading<T>(std::marker::PhantomData<T>);

        impl<'de, T: Deserialize<'de>> Visitor<'de> for Reading<T> {
            type Value = Items<T>;

            fn expecting(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                f.write_str("things by their numbers")
            }

            fn visit_map<M: MapAccess<'de>>(self, mut map: M) -> Result<Items<T>, M::Error> {
                let mut items = Vec::new();
                while let Some(id) = map.next_key()? {
                    items.push((id, map.next_value()?));
                    if MOST < items.len() {
                        return Err(M::Error::custom(format_args!("a list holds at most {MOST} things")));
                    }
                }
                Ok(Items(items))
            }
        }

        deserializer.deserialize_map(Reading(std::marker::PhantomData))
    }
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Reading<T> {
    next: u32,
    order: Vec<ItemId>,
    items: Items<T>,
}

/// What has no place is put last; a place of nothing, or a second one of the same, is refused.
impl<'de, T: Deserialize<'de>> Deserialize<'de> for List<T> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<List<T>, D::Error> {
        let Reading { next, mut order, items: Items(items) } = Reading::deserialize(deserializer)?;
        order.truncate(MOST);
        order.extend(items.iter().map(|(id, _)| *id).filter(|id| !order.contains(id)).collect::<Vec<_>>());
        let mut places: Vec<Option<T>> = order.iter().map(|_| None).collect();
        for (id, item) in items {
            let place = order.iter().position(|it| *it == id).and_then(|at| places.get_mut(at));
            place.map(|it| *it = Some(item)).ok_or_else(|| D::Error::custom("a thing of a list has no place"))?;
        }
        let items: Option<Vec<T>> = places.into_iter().collect();
        let items = items.ok_or_else(|| D::Error::custom("a place of a list has no thing"))?;
        Ok(List { next, ids: order, items })
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
