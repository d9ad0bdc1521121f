//! Years drawn by chance beside the page, by a worker (src/page/chance.js): numbers go to it and come back.
//!
//! It knows neither what they mean nor whether they are right. Refused: to draw. Where there is no worker, whoever asked is
//! told so, and does it.

use js_sys::{Float64Array, Object, Reflect};
use wasm_bindgen::prelude::{Closure, wasm_bindgen};
use wasm_bindgen::{JsCast, JsValue};
use web_sys::{MessageEvent, Worker};

use super::table::{Cell, write_csv};

#[wasm_bindgen]
extern "C" {
    #[wasm_bindgen(js_namespace = sextant, js_name = chance, catch)]
    fn make_worker() -> Result<Worker, JsValue>;
}

/// What the worker says.
#[derive(Clone, Debug, PartialEq)]
pub enum Told {
    /// So many of all blocks are drawn, and what may be said of them, where that is more than before.
    Some { done: usize, of: usize, said: Option<Vec<f64>> },
    /// The samples that were asked for.
    Samples(Vec<f64>),
    /// There is no worker, or it came to nothing.
    Failed,
}

/// A worker that draws. Dropped, it ends where it is.
pub struct Drawing {
    worker: Worker,
    // As long as the worker may call them.
    _told: Closure<dyn FnMut(MessageEvent)>,
    _failed: Closure<dyn FnMut(JsValue)>,
}

impl Drawing {
    /// Has a model drawn, or what factors do to it. None where there are no workers.
    pub fn start(model: &[f64], tornado: Option<&[f64]>, told: impl Fn(Told) + Clone + 'static) -> Option<Drawing> {
        let worker = make_worker().ok()?;
        let says = told.clone();
        let heard = Closure::<dyn FnMut(MessageEvent)>::new(move |event: MessageEvent| says(read(&event.data())));
        let failed = Closure::<dyn FnMut(JsValue)>::new(move |_| told(Told::Failed));
        worker.set_onmessage(Some(heard.as_ref().unchecked_ref()));
        worker.set_onerror(Some(failed.as_ref().unchecked_ref()));
        let model = ("model", Float64Array::from(model).into());
        let tornado = tornado.map(|it| ("tornado", Float64Array::from(it).into()));
        post(&worker, &[Some(model), tornado]).ok()?;
        Some(Drawing { worker, _told: heard, _failed: failed })
    }

    /// Asks for the samples of what is drawn by now.
    pub fn ask_samples(&self) {
        // A worker that takes no message is one that has failed, and has said so.
        _ = post(&self.worker, &[Some(("samples", JsValue::TRUE))]);
    }
}

impl Drop for Drawing {
    fn drop(&mut self) {
        self.worker.terminate();
    }
}

fn post(worker: &Worker, parts: &[Option<(&str, JsValue)>]) -> Result<(), JsValue> {
    let message = Object::new();
    for (name, value) in parts.iter().flatten() {
        Reflect::set(&message, &JsValue::from_str(name), value)?;
    }
    worker.post_message(&message)
}

fn read(message: &JsValue) -> Told {
    let get = |name: &str| Reflect::get(message, &JsValue::from_str(name)).unwrap_or(JsValue::UNDEFINED);
    let numbers = |name: &str| get(name).dyn_into::<Float64Array>().ok().map(|it| it.to_vec());
    let count = |name: &str| get(name).as_f64().map(|it| it as usize);
    if let Some(samples) = numbers("samples") {
        return Told::Samples(samples);
    }
    match (count("done"), count("of")) {
        (Some(done), Some(of)) => Told::Some { done, of, said: numbers("said") },
        _ => Told::Failed,
    }
}

/// The samples as a table: a year a line, its number first, then what was brought by the end of each month, each rounded to a
/// unit, which `figure` prints.
pub fn write_samples(heads: &[String], samples: &[f64], figure: impl Fn(i64) -> String) -> String {
    let months = heads.len().saturating_sub(1).max(1);
    let head: Vec<Cell<'_>> = heads.iter().map(|it| Cell::Text(it)).collect();
    let mut text = write_csv(&[head]);
    for (year, months) in (1..).zip(samples.chunks(months)) {
        text.push_str(&format!("{year}"));
        for brought in months {
            text.push(',');
            text.push_str(&figure(brought.round() as i64));
        }
        text.push_str("\r\n");
    }
    text
}
