//! Values that change while the page lives: [`Held`], which somebody sets, and [`Derived`], which follows from others.
//!
//! They are leptos' `RwSignal` and `Memo`, compiled once. Those are compiled again for each type that they carry, which
//! was a tenth of the page; here the graph carries one type, a boxed value, and only the way in and out knows which.
//! Refused: anything else that signals can do. Whoever needs it takes leptos' own.

use std::any::Any;
use std::marker::PhantomData;
use std::sync::Arc;

use leptos::prelude::*;

/// A value of any one type.
struct Boxed {
    value: Box<dyn Any + Send + Sync>,
    is_same: fn(&dyn Any, &dyn Any) -> bool,
}

impl Boxed {
    fn new<T: PartialEq + Send + Sync + 'static>(value: T) -> Boxed {
        Boxed { value: Box::new(value), is_same: is_same::<T> }
    }
}

impl PartialEq for Boxed {
    fn eq(&self, other: &Boxed) -> bool {
        (self.is_same)(&*self.value, &*other.value)
    }
}

fn is_same<T: PartialEq + 'static>(one: &dyn Any, other: &dyn Any) -> bool {
    one.downcast_ref::<T>() == other.downcast_ref::<T>()
}

fn inside<T: 'static>(value: &dyn Any) -> &T {
    value.downcast_ref().unwrap_or_else(|| unreachable!("made of this type, and of no other ever since"))
}

/// A value that follows from others. Whoever reads it is told when it is another one.
pub struct Derived<T> {
    memo: Memo<Boxed>,
    of: PhantomData<fn() -> T>,
}

impl<T> Clone for Derived<T> {
    fn clone(&self) -> Self {
        *self
    }
}

impl<T> Copy for Derived<T> {}

impl<T: PartialEq + Send + Sync + 'static> Derived<T> {
    pub fn new(value: impl Fn() -> T + Send + Sync + 'static) -> Derived<T> {
        Derived::again(move |_| value())
    }

    /// The same, given what it was before. Nothing the first time.
    pub fn again(value: impl Fn(Option<&T>) -> T + Send + Sync + 'static) -> Derived<T> {
        let value = move |last: Option<&Boxed>| Boxed::new(value(last.map(|it| inside(&*it.value))));
        Derived { memo: memo(Arc::new(value)), of: PhantomData }
    }

    pub fn with<R>(self, read: impl FnOnce(&T) -> R) -> R {
        self.memo.with(|it| read(inside(&*it.value)))
    }

    pub fn with_untracked<R>(self, read: impl FnOnce(&T) -> R) -> R {
        self.memo.with_untracked(|it| read(inside(&*it.value)))
    }

    pub fn get(self) -> T
    where
        T: Clone,
    {
        self.with(T::clone)
    }

    pub fn get_untracked(self) -> T
    where
        T: Clone,
    {
        self.with_untracked(T::clone)
    }

    pub fn track(self) {
        self.memo.track();
    }
}

impl<T: Clone + PartialEq + Send + Sync + 'static> From<Held<T>> for Derived<T> {
    fn from(held: Held<T>) -> Derived<T> {
        Derived::new(move || held.get())
    }
}

/// What a value is now, given what it was before.
type Follows = dyn Fn(Option<&Boxed>) -> Boxed + Send + Sync;

fn memo(value: Arc<Follows>) -> Memo<Boxed> {
    Memo::new(move |last| value(last))
}

/// A value that somebody sets. Whoever reads it is told each time.
pub struct Held<T> {
    signal: RwSignal<Box<dyn Any + Send + Sync>>,
    of: PhantomData<fn() -> T>,
}

impl<T> Clone for Held<T> {
    fn clone(&self) -> Self {
        *self
    }
}

impl<T> Copy for Held<T> {}

impl<T: Send + Sync + 'static> Held<T> {
    pub fn new(value: T) -> Held<T> {
        Held { signal: RwSignal::new(Box::new(value)), of: PhantomData }
    }

    pub fn with<R>(self, read: impl FnOnce(&T) -> R) -> R {
        self.signal.with(|it| read(inside(&**it)))
    }

    pub fn with_untracked<R>(self, read: impl FnOnce(&T) -> R) -> R {
        self.signal.with_untracked(|it| read(inside(&**it)))
    }

    pub fn get(self) -> T
    where
        T: Clone,
    {
        self.with(T::clone)
    }

    pub fn get_untracked(self) -> T
    where
        T: Clone,
    {
        self.with_untracked(T::clone)
    }

    /// None once whoever made it is gone.
    pub fn try_get_untracked(self) -> Option<T>
    where
        T: Clone,
    {
        self.signal.try_with_untracked(|it| inside::<T>(&**it).clone())
    }

    /// Once whoever made it is gone, there is nothing to set.
    pub fn set(self, value: T) {
        _ = self.signal.try_set(Box::new(value));
    }

    pub fn update(self, change: impl FnOnce(&mut T)) {
        self.try_update(change);
    }

    /// What the change gave back; none once whoever made the value is gone.
    pub fn try_update<R>(self, change: impl FnOnce(&mut T) -> R) -> Option<R> {
        self.signal.try_update(|it| it.downcast_mut().map(change)).flatten()
    }

    pub fn track(self) {
        self.signal.track();
    }
}

/// What is done now, and again when something that it reads is another one.
pub fn follow(act: impl FnMut() + 'static) {
    let mut act: Box<dyn FnMut()> = Box::new(act);
    Effect::new(move |_| act());
}
