//! Turns `locales/` into Rust: a key that one language lacks, or that nobody knows, does not compile.

use std::error::Error;
use std::path::Path;

use leptos_i18n_parser::parse_locales::options::{Config, ParseOptions};
use leptos_i18n_parser::parse_locales::parse_locales;

/// One file a subject in each language's folder.
const SUBJECTS: [&str; 25] = [
    "shell",
    "start",
    "goal",
    "calendar",
    "chain",
    "command",
    "sheet",
    "inspector",
    "finding",
    "error",
    "chart",
    "print",
    "table",
    "share",
    "seal",
    "agree",
    "lines",
    "merge",
    "capacity",
    "funnel",
    "gate",
    "chance",
    "scenario",
    "workbook",
    "store",
];

fn main() -> Result<(), Box<dyn Error>> {
    let config = Config::new("zh")?
        .add_locale("en")?
        .add_namespaces(SUBJECTS)?
        .parse_options(ParseOptions::default().interpolate_display(true));
    let locales = parse_locales(None, config)?;
    println!("cargo::rerun-if-changed=build.rs");
    println!("cargo::rerun-if-changed=locales");
    for warning in locales.diag.warnings().iter() {
        println!("cargo::error={warning}");
    }
    for error in locales.diag.errors().iter() {
        println!("cargo::error={error}");
    }
    let code = leptos_i18n_codegen::gen_code(&locales, None, false, None, false)?;
    let out = std::env::var("OUT_DIR")?;
    std::fs::write(Path::new(&out).join("i18n.rs"), code.to_string())?;
    Ok(())
}
