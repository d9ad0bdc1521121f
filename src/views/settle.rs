//! What waits for the frame in which an edit shows: pictures, findings, the panel beside the sheet, and keeping the plan. A
//! key press paints the sheet alone; all else follows in the next frame, so that the wait for a number is not the wait for
//! everything that follows from it.

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

/// From here on down, what is shown follows the plan a frame behind.
pub fn provide_trailing() {
    provide_context(expect_context::<Session>().trailing());
}
