//! What waits for the frame in which an edit shows: pictures, tables that are only read, findings, the panel beside the
//! sheet, and keeping the plan. A key press paints what is typed in and the sentence that judges it; all else follows in the
//! next frame, so that the wait for a number is not the wait for everything that follows from it.

use std::time::Duration;

use leptos::prelude::*;

use crate::live::follow;
use crate::session::Session;

/// Acts behind the next frame.
pub fn after_paint(act: impl FnOnce() + 'static) {
    request_animation_frame(move || set_timeout(act, Duration::ZERO));
}

/// Has what trails the plan catch up with it, a frame behind.
pub fn follow_plan(session: Session) {
    follow(move || {
        session.selected.track();
        _ = session.plan();
        after_paint(move || session.settle());
    });
}

/// The plan as whatever only shows it follows it: a frame behind.
pub fn trailing() -> Session {
    expect_context::<Session>().trailing()
}

/// From here on down, what is shown follows the plan a frame behind.
pub fn provide_trailing() {
    provide_context(trailing());
}
