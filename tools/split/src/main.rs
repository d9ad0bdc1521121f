//! `sextant-split LINKED FOLDER`: writes `main.wasm` and a file for each part marked `wasm_split` into a folder, and the
//! script that loads them. `LINKED` is what cargo leaves when it links with `--emit-relocs`; wasm-bindgen comes after.

use std::path::PathBuf;
use std::process::ExitCode;

use wasm_split_cli_support::{Options, transform};

fn main() -> ExitCode {
    let arguments: Vec<PathBuf> = std::env::args_os().skip(1).map(PathBuf::from).collect();
    let [linked, folder] = arguments.as_slice() else {
        eprintln!("split: say which module, and into which folder");
        return ExitCode::FAILURE;
    };
    let input = match std::fs::read(linked) {
        Ok(input) => input,
        Err(error) => {
            eprintln!("split: {} cannot be read: {error}", linked.display());
            return ExitCode::FAILURE;
        }
    };
    let main = folder.join("main.wasm");
    let mut options = Options::new(&input);
    (options.output_dir, options.main_out_path) = (folder, &main);
    match transform(options) {
        Ok(_) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("split: {error:#}");
            ExitCode::FAILURE
        }
    }
}
