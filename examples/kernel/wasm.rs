//! The same kernels as a module of WebAssembly without any imports of a browser, for `benches/peers/kernel.mjs`.
//!
//! Text goes in by `room`: so many bytes that the caller fills, the kind of the work on the first line. What comes out lies
//! where `answer` says.
#![allow(unsafe_code, reason = "a name that the caller can find; nothing else is unsafe here")]

mod work;

use std::cell::RefCell;

use work::Work;

thread_local! {
    static TEXT: RefCell<Vec<u8>> = const { RefCell::new(Vec::new()) };
    static WORK: RefCell<Option<Work>> = const { RefCell::new(None) };
    static ANSWER: RefCell<Vec<i64>> = const { RefCell::new(Vec::new()) };
}

#[unsafe(no_mangle)]
extern "C" fn room(bytes: usize) -> *mut u8 {
    TEXT.with_borrow_mut(|text| {
        *text = vec![0; bytes];
        text.as_mut_ptr()
    })
}

/// Whether the text in the room is work.
#[unsafe(no_mangle)]
extern "C" fn load() -> bool {
    let text = TEXT.take();
    let work = std::str::from_utf8(&text).ok().and_then(|it| it.split_once('\n')).map(|(kind, it)| Work::of(kind, it));
    WORK.set(work.and_then(Result::ok));
    WORK.with_borrow(Option::is_some)
}

#[unsafe(no_mangle)]
extern "C" fn run(times: u32) {
    WORK.with_borrow_mut(|work| (0..times).for_each(|_| work.iter_mut().for_each(Work::run)));
}

/// So many numbers of 64 bits lie where `answer` says.
#[unsafe(no_mangle)]
extern "C" fn answers() -> usize {
    ANSWER.set(WORK.with_borrow(|work| work.iter().flat_map(Work::answer).collect()));
    ANSWER.with_borrow(Vec::len)
}

#[unsafe(no_mangle)]
extern "C" fn answer() -> *const i64 {
    ANSWER.with_borrow(|answer| answer.as_ptr())
}

#[unsafe(no_mangle)]
extern "C" fn sweeps() -> usize {
    WORK.with_borrow(|work| work.iter().map(Work::sweeps).sum())
}
