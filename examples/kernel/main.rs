//! The kernels of the engine as a program that is timed from outside, beside other programs that do the same work.
//!
//! It reads one command a line from standard input and answers each with one line:
//!
//! ```text
//! load KIND FILE   the work: lines of whole numbers, or a plan          -> ok
//! run TIMES        does it so often                                     -> nanoseconds of all of them together
//! answer FILE      does it once and writes what comes of it             -> ok
//! sweeps           how often one run reads the table that it scales     -> a number
//! ```
//!
//! `wasm.rs` beside it is the same for a program that has no standard input; the kinds are those of `work.rs`.
#![allow(clippy::print_stdout, clippy::print_stderr, reason = "a program for the command line")]
#![allow(clippy::disallowed_methods, reason = "it takes the time, and never runs in a browser")]

mod work;

use std::io::BufRead;
use std::process::ExitCode;
use std::time::Instant;

use work::Work;

fn main() -> ExitCode {
    let mut work = None;
    for line in std::io::stdin().lock().lines().map_while(Result::ok) {
        match answer(&line, &mut work) {
            Ok(said) => println!("{said}"),
            Err(sentence) => {
                eprintln!("{sentence}");
                return ExitCode::FAILURE;
            }
        }
    }
    ExitCode::SUCCESS
}

fn answer(line: &str, work: &mut Option<Work>) -> Result<String, String> {
    let words: Vec<&str> = line.split_whitespace().collect();
    match (words.as_slice(), work) {
        (["load", kind, file], work) => {
            let text = std::fs::read_to_string(file).map_err(|error| format!("{file} cannot be read: {error}"))?;
            *work = Some(Work::of(kind, &text).map_err(|error| format!("{file}: {error}"))?);
            Ok("ok".to_owned())
        }
        (["run", times], Some(work)) => {
            let times: u32 = times.parse().map_err(|_| format!("{times:?} is not a number"))?;
            let begun = Instant::now();
            for _ in 0..times {
                work.run();
            }
            Ok(begun.elapsed().as_nanos().to_string())
        }
        (["answer", file], Some(work)) => {
            let text: Vec<String> = work.answer().iter().map(i64::to_string).collect();
            std::fs::write(file, text.join(" ")).map_err(|error| format!("{file} cannot be written: {error}"))?;
            Ok("ok".to_owned())
        }
        (["sweeps"], Some(work)) => Ok(work.sweeps().to_string()),
        _ => Err(format!("{line:?} is not understood; say load KIND FILE, then run TIMES or answer FILE")),
    }
}
