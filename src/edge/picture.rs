//! Pictures as files: an SVG text drawn by the browser into the pixels of a PNG.
//!
//! Refused here: anything that would be fetched. The text holds all that it needs, or it is no picture.

use js_sys::{Array, Promise};
use wasm_bindgen::{JsCast, JsValue};
use web_sys::{Blob, BlobPropertyBag, CanvasRenderingContext2d, HtmlCanvasElement, HtmlImageElement, Url};

/// What an SVG is to a browser.
pub const SVG: &str = "image/svg+xml";

/// So many pixels of the file for each of the picture: it is looked at on walls and on paper.
const DENSITY: u32 = 2;

pub async fn png(svg: &str) -> Result<Blob, JsValue> {
    let options = BlobPropertyBag::new();
    options.set_type(SVG);
    let source = Blob::new_with_str_sequence_and_options(&Array::of1(&JsValue::from_str(svg)), &options)?;
    let url = Url::create_object_url_with_blob(&source)?;
    let image = HtmlImageElement::new()?;
    image.set_src(&url);
    let decoded = image.decode().await;
    let drawn = decoded.and_then(|_| draw(&image));
    Url::revoke_object_url(&url)?;
    let canvas = drawn?;
    let blob = Promise::new(&mut |done, refused| {
        if let Err(error) = canvas.to_blob(&done) {
            _ = refused.call1(&JsValue::NULL, &error);
        }
    });
    blob.await?.dyn_into()
}

fn draw(image: &HtmlImageElement) -> Result<HtmlCanvasElement, JsValue> {
    let document = web_sys::window().and_then(|it| it.document()).ok_or(JsValue::NULL)?;
    let canvas: HtmlCanvasElement = document.create_element("canvas")?.dyn_into().map_err(JsValue::from)?;
    let (width, height) = (DENSITY * image.natural_width(), DENSITY * image.natural_height());
    canvas.set_width(width);
    canvas.set_height(height);
    let context: CanvasRenderingContext2d =
        canvas.get_context("2d")?.ok_or(JsValue::NULL)?.dyn_into().map_err(JsValue::from)?;
    let (width, height) = (f64::from(width), f64::from(height));
    context.draw_image_with_html_image_element_and_dw_and_dh(image, 0.0, 0.0, width, height)?;
    Ok(canvas)
}
