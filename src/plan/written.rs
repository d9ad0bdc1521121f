//! What shows its fields, as JSON and back: one writer and one reader for all of it. Derived ones are compiled again for
//! every subject, and were a tenth of the page.
//!
//! Refused: a field that is not known, one that is needed and missing, a place of a list without a thing, two things in one
//! place, and more things than a list may hold.

use std::collections::{BTreeMap, BTreeSet};

use serde_json::{Map, Value};

use super::fields::{Fields, Group, Key, Plain, Stands, Visitor};
use super::list::{self, ItemId, Things};
use crate::order::gathered;

/// As the file has it, without white space.
pub fn to_json(fields: &mut dyn Fields) -> String {
    let mut write = Write(String::from("{"));
    fields.visit(&mut write);
    write.0.push('}');
    write.0
}

/// Puts what the file says into fields that say nothing yet.
pub fn read(fields: &mut dyn Fields, value: Value) -> Result<(), String> {
    let mut read = Read { given: object(value)?, refused: None };
    fields.visit(&mut read);
    match (read.refused, read.given.keys().next()) {
        (Some(why), _) => Err(why),
        (None, Some(unknown)) => Err(format!("unknown field `{unknown}`")),
        (None, None) => Ok(()),
    }
}

fn object(value: Value) -> Result<Map<String, Value>, String> {
    if let Value::Object(map) = value { Ok(map) } else { Err(format!("{value} where fields were expected")) }
}

/// Everything that is said, in the order in which it is shown.
struct Write(String);

impl Write {
    fn put(&mut self, key: Key, is_unsaid: bool, json: impl FnOnce() -> String) {
        if key.stands == Stands::Within || (is_unsaid && key.stands == Stands::Said) {
            return;
        }
        let comma = if self.0.ends_with('{') { "" } else { "," };
        self.0 += &[comma, "\"", key.name, "\":", &json()].concat();
    }
}

impl Visitor for Write {
    fn goes_by_keys(&self) -> bool {
        true
    }

    fn plain(&mut self, key: Key, value: &mut dyn Plain) {
        self.put(key, value.is_unsaid(), || value.to_json());
    }

    fn takes_group(&mut self, key: Key, group: &mut dyn Group) -> bool {
        self.put(key, group.is_unsaid(), || to_json(group));
        true
    }

    fn takes_list(&mut self, key: Key, list: &mut dyn Things) -> bool {
        self.put(key, list.is_unsaid(), || list_to_json(list));
        true
    }
}

/// In the file the things stand by their numbers, the least first, and the order beside them.
fn list_to_json(list: &mut dyn Things) -> String {
    let numbers = list.numbers().to_vec();
    let mut things = BTreeMap::new();
    let mut number = numbers.iter();
    list.each(&mut |it| things.extend(number.next().map(|id| (*id, to_json(it)))));
    let things: Vec<String> = things.into_iter().map(|(id, json)| format!("\"{}\":{json}", id.0)).collect();
    let order: Vec<String> = numbers.iter().map(|id| id.0.to_string()).collect();
    format!("{{\"next\":{},\"order\":[{}],\"items\":{{{}}}}}", list.next_number(), order.join(","), things.join(","))
}

/// What a file says, taken from it field by field.
struct Read {
    given: Map<String, Value>,
    /// The first field that cannot be.
    refused: Option<String>,
}

impl Read {
    fn take(&mut self, key: Key, read: impl FnOnce(Value) -> Result<(), String>) {
        if key.stands == Stands::Within {
            return;
        }
        let refused = match self.given.remove(key.name) {
            Some(value) => read(value).err().map(|why| format!("{}: {why}", key.name)),
            None if key.stands == Stands::Needed => Some(format!("missing field `{}`", key.name)),
            None => None,
        };
        self.refused = self.refused.take().or(refused);
    }
}

impl Visitor for Read {
    fn goes_by_keys(&self) -> bool {
        true
    }

    fn plain(&mut self, key: Key, value: &mut dyn Plain) {
        self.take(key, |given| value.read(given));
    }

    fn takes_group(&mut self, key: Key, group: &mut dyn Group) -> bool {
        self.take(key, |given| read(group, given));
        true
    }

    fn takes_list(&mut self, key: Key, list: &mut dyn Things) -> bool {
        self.take(key, |given| read_list(list, given));
        true
    }
}

/// What has no place is put last.
fn read_list(list: &mut dyn Things, value: Value) -> Result<(), String> {
    let mut given = object(value)?;
    let mut needed = |name: &str| given.remove(name).ok_or_else(|| format!("missing field `{name}`"));
    let (next, order, items) = (needed("next")?, needed("order")?, object(needed("items")?)?);
    if let Some(unknown) = given.keys().next() {
        return Err(format!("unknown field `{unknown}`"));
    }
    if list::MOST < items.len() {
        return Err(format!("a list holds at most {} things", list::MOST));
    }
    let mut numbers: Vec<ItemId> = parsed(order)?;
    numbers.truncate(list::MOST);
    let mut things = BTreeMap::new();
    for (number, thing) in items {
        let id = number.parse().map_err(|_| format!("`{number}` is not the number of a thing"))?;
        things.insert(ItemId(id), thing);
    }
    let placed: BTreeSet<ItemId> = gathered(numbers.iter().copied());
    numbers.extend(things.keys().filter(|it| !placed.contains(it)));
    let mut in_order = numbers.iter().map(|it| things.remove(it));
    list.refill(parsed(next)?, numbers.clone());
    let mut refused = None;
    list.each(&mut |it| {
        let done = in_order.next().flatten().ok_or_else(|| "a place of a list has no thing".to_owned());
        refused = refused.take().or(done.and_then(|thing| read(it, thing)).err());
    });
    refused.map_or(Ok(()), Err)
}

fn parsed<T: serde::de::DeserializeOwned>(value: Value) -> Result<T, String> {
    serde_json::from_value(value).map_err(|error| error.to_string())
}

/// Lets what shows its fields be a part of what is derived.
macro_rules! by_fields {
    ($($name:ident),*) => {
        $(impl serde::Serialize for $name {
            fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
                $crate::plan::written::serialize(&mut self.clone(), serializer)
            }
        }

        impl<'de> serde::Deserialize<'de> for $name {
            fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<$name, D::Error> {
                let mut fields = $name::default();
                $crate::plan::written::deserialize(&mut fields, deserializer)?;
                Ok(fields)
            }
        })*
    };
}
pub(super) use by_fields;

pub fn serialize<S: serde::Serializer>(fields: &mut dyn Fields, serializer: S) -> Result<S::Ok, S::Error> {
    let json = serde_json::value::RawValue::from_string(to_json(fields)).map_err(serde::ser::Error::custom)?;
    serde::Serialize::serialize(&json, serializer)
}

pub fn deserialize<'de, D: serde::Deserializer<'de>>(fields: &mut dyn Fields, given: D) -> Result<(), D::Error> {
    let value: Value = serde::Deserialize::deserialize(given)?;
    read(fields, value).map_err(serde::de::Error::custom)
}
