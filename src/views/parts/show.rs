//! What is there or not, and lists whose rows stay the same ones. They do what leptos' own `Show` and `For` do, compiled
//! once for all conditions and all lists: each of theirs is compiled again for every place where it stands.

use std::sync::Arc;

use leptos::children::ViewFn;
use leptos::prelude::*;

/// The children while the condition holds, the fallback while it does not.
#[component(transparent)]
pub fn Show<W>(when: W, #[prop(optional, into)] fallback: ViewFn, children: ChildrenFn) -> impl IntoView
where
    W: Fn() -> bool + Send + Sync + 'static,
{
    shown(Arc::new(when), fallback, children)
}

fn shown(when: Arc<dyn Fn() -> bool + Send + Sync>, fallback: ViewFn, children: ChildrenFn) -> AnyView {
    let when = ArcMemo::new(move |_| when());
    view! { {move || if when.get() { children() } else { fallback.run() }} }.into_any()
}

/// A row for each key, which is made once and stays while the list has its key.
#[component(transparent)]
pub fn Each<K, R, V>(keys: K, row: R) -> impl IntoView
where
    K: Fn() -> Vec<u64> + Send + Sync + 'static,
    R: Fn(u64) -> V + Send + Sync + 'static,
    V: IntoView + 'static,
{
    each(Arc::new(keys), Arc::new(move |key| row(key).into_any()))
}

type Keys = Arc<dyn Fn() -> Vec<u64> + Send + Sync>;
type Rows = Arc<dyn Fn(u64) -> AnyView + Send + Sync>;

fn each(keys: Keys, row: Rows) -> AnyView {
    view! { <For each=move || keys() key=|key| *key children=move |key| row(key)/> }.into_any()
}

/// Views one after the other, of one type whatever they are made of.
pub trait CollectAny {
    fn collect_any(self) -> Vec<AnyView>;
}

impl<I: Iterator<Item = V>, V: IntoView> CollectAny for I {
    fn collect_any(self) -> Vec<AnyView> {
        self.map(|it| it.into_any()).collect()
    }
}
