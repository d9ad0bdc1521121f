//! A newer version of the page that lies ready: the service worker has it (src/page/worker.js), and src/page/boot.js speaks
//! with that. Where there is no service worker, none is ever ready.

use wasm_bindgen::prelude::Closure;
use wasm_bindgen::{JsCast, JsValue};
use web_sys::{Event, EventTarget};

/// Has it said whenever one is ready, now or later.
pub fn on_ready(told: impl FnMut() + 'static) -> Result<(), JsValue> {
    let told = Closure::<dyn FnMut()>::new(told);
    let page = page()?;
    page.add_event_listener_with_callback("sextant-newer", told.as_ref().unchecked_ref())?;
    // As long as the page lives.
    told.forget();
    page.dispatch_event(&Event::new("sextant-ask")?).map(|_| ())
}

/// Opens the page again, in that version.
pub fn take() -> Result<(), JsValue> {
    page()?.dispatch_event(&Event::new("sextant-take")?).map(|_| ())
}

fn page() -> Result<EventTarget, JsValue> {
    Ok(web_sys::window().ok_or(JsValue::NULL)?.into())
}
