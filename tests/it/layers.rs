//! The walls of the house. One package has no walls between its floors (`kernels` has one, being a package of its own), so a test is the wall: it reads every source file
//! and names the first line that sees more than its floor may see. The table is that of `ARCHITECTURE.md`.

use std::path::{Path, PathBuf};

/// What a floor may name. Folders and files that do not exist yet are passed over.
struct Floor {
    name: &'static str,
    /// The floors below it.
    sees: &'static [&'static str],
    /// The packages that it may use, or all.
    uses: Option<&'static [&'static str]>,
    /// What its lines never say.
    never: &'static [&'static str],
    /// Whether its texts may hold words for a reader.
    prose: Prose,
}

#[derive(PartialEq)]
enum Prose {
    Allowed,
    None,
}

const CLOCKS_AND_DICE: [&str; 6] = ["std::time", "Instant", "SystemTime", "js_sys", "rand::", "getrandom"];
const UNORDERED: [&str; 2] = ["HashMap", "HashSet"];
const FLOATS: [&str; 2] = ["f64", "f32"];
/// The numeric kernels that `ARCHITECTURE.md` allows floats: files, and a folder.
const KERNELS: [&str; 4] =
    ["src/engine/chain.rs", "src/engine/chance", "src/engine/reconcile.rs", "src/kernels/matrix.rs"];

const FLOORS: [Floor; 10] = [
    Floor { name: "order", sees: &[], uses: Some(&[]), never: &["std::"], prose: Prose::Allowed },
    Floor {
        name: "amount",
        sees: &[],
        // What people write is normalised first; the schema is derived natively only.
        uses: Some(&["rust_decimal", "serde", "schemars", "unicode_normalization"]),
        never: &["std::fs", "std::net", "std::env"],
        prose: Prose::Allowed,
    },
    Floor {
        name: "plan",
        sees: &["amount", "order"],
        uses: Some(&["rust_decimal", "serde", "serde_json", "schemars", "time"]),
        never: &["std::fs", "std::net", "std::env"],
        prose: Prose::Allowed,
    },
    Floor {
        name: "kernels",
        sees: &[],
        uses: Some(&[]),
        never: &["std::fs", "std::net", "std::env", "println", "dbg!"],
        prose: Prose::None,
    },
    Floor {
        name: "engine",
        sees: &["amount", "plan", "order"],
        uses: Some(&["kernels", "rust_decimal", "time"]),
        never: &["std::fs", "std::net", "std::env", "println", "dbg!"],
        prose: Prose::None,
    },
    Floor {
        name: "results",
        sees: &["amount", "plan", "engine", "order"],
        uses: Some(&["rust_decimal"]),
        never: &["std::fs", "std::net", "std::env", "\"#", "rgb(", "var(--"],
        prose: Prose::None,
    },
    Floor {
        name: "edge",
        sees: &["amount", "plan", "order"],
        uses: None,
        never: &["leptos", "plotters"],
        prose: Prose::Allowed,
    },
    Floor {
        name: "live",
        sees: &[],
        uses: Some(&["leptos"]),
        never: &["web_sys", "gloo"],
        // One sentence for a programmer who breaks it.
        prose: Prose::Allowed,
    },
    Floor {
        name: "session",
        sees: &["amount", "plan", "engine", "results", "live"],
        uses: Some(&["leptos", "rust_decimal"]),
        never: &["web_sys", "gloo"],
        prose: Prose::None,
    },
    Floor {
        name: "views",
        sees: &["amount", "plan", "engine", "results", "edge", "session", "live", "order", "i18n", "say", "text"],
        uses: None,
        // A plan changes by `session.edit` only.
        never: &[".apply(", "plan::History"],
        prose: Prose::Allowed,
    },
];

#[test]
fn every_floor_sees_only_what_it_may() {
    let packages = packages();
    for floor in &FLOORS {
        for file in sources(floor.name) {
            let text = std::fs::read_to_string(root().join(&file)).expect("a source file");
            for (number, line) in text.lines().enumerate() {
                let code = code(line);
                if let Err(why) = check(floor, &file, code, &packages) {
                    panic!("{}:{}: {why}\n{}", file.display(), number + 1, line.trim());
                }
            }
        }
    }
}

/// The wall itself is tried: lines that break the table, each for its reason.
#[test]
fn a_line_that_sees_too_much_is_found() {
    let breaks = |floor: &str, file: &str, line: &str| {
        let floor = FLOORS.iter().find(|it| it.name == floor).expect("a floor");
        check(floor, Path::new(file), code(line), &packages()).is_err()
    };
    assert!(breaks("plan", "src/plan/goal.rs", "use crate::engine::evaluate;"));
    assert!(breaks("plan", "src/plan/mod.rs", "    super::views::App"));
    assert!(breaks("plan", "src/plan/goal.rs", "use super::super::engine;"));
    assert!(breaks("engine", "src/engine/claim.rs", "use serde::Serialize;"));
    assert!(breaks("engine", "src/engine/claim.rs", "let share = part as f64;"));
    assert!(breaks("engine", "src/engine/claim.rs", "let seen: HashSet<u8> = HashSet::new();"));
    assert!(breaks("amount", "src/amount.rs", "let now = std::time::Instant::now();"));
    assert!(breaks("results", "src/results/goal.rs", "let colour = \"#fff\";"));
    assert!(breaks("results", "src/results/goal.rs", "let word = \"目标\";"));
    assert!(breaks("session", "src/session.rs", "web_sys::window()"));
    assert!(breaks("edge", "src/edge/link.rs", "use crate::{amount::Amount, views::App};"));
    assert!(breaks("views", "src/views/app.rs", "plan.apply(edit)"));
    assert!(breaks("engine", "src/engine/chance.rs", "let share = part as f64;"));
    assert!(!breaks("kernels", "src/kernels/matrix.rs", "let share = part as f64;"));
    assert!(breaks("kernels", "src/kernels/apportion.rs", "let share = part as f64;"));
    assert!(breaks("plan", "src/plan/goal.rs", "use kernels::apportion;"));
    assert!(!breaks("engine", "src/engine/chance/said.rs", "let share = part as f64;"));
    assert!(!breaks("engine", "src/engine/claim.rs", "let x = 1; // as crate::views shows it, in f64, 目标"));
    assert!(!breaks("plan", "src/plan/goal.rs", "use crate::amount::Amount;"));
}

fn check(floor: &Floor, file: &Path, code: &str, packages: &[String]) -> Result<(), String> {
    let refuse = |what: &str| Err(format!("{} may not see {what}", floor.name));
    for (_, after) in places(code, "crate::") {
        let named: Vec<&str> = match after.strip_prefix('{') {
            Some(list) => list
                .split(';')
                .next()
                .unwrap_or_default()
                .split([',', '}'])
                .map(|it| it.trim().split("::").next().unwrap_or_default())
                .collect(),
            None => vec![word(after)],
        };
        let above = |it: &&str| !it.is_empty() && *it != floor.name && !floor.sees.contains(it);
        if let Some(above) = named.into_iter().find(above) {
            return refuse(above);
        }
    }
    // Out of the floor by the stairs.
    let is_ground = file.ends_with("mod.rs") && file.components().count() == 3 || file.components().count() == 2;
    if code.contains("super::super::") && file.components().count() < 4 || is_ground && code.contains("super::") {
        return refuse("what lies above by `super`");
    }
    if let Some(uses) = floor.uses {
        let is_used = |it: &&String| !places(code, &format!("{it}::")).is_empty();
        if let Some(package) = packages.iter().filter(|it| !uses.contains(&it.as_str())).find(is_used) {
            return refuse(package);
        }
    }
    let is_pure = matches!(floor.name, "amount" | "plan" | "kernels" | "engine" | "results");
    let kernel = KERNELS.iter().any(|it| file.starts_with(it));
    let pure = CLOCKS_AND_DICE.iter().chain(&UNORDERED).filter(|_| is_pure);
    let floats = FLOATS.iter().filter(|_| is_pure && !kernel);
    if let Some(bad) = pure.chain(floats).chain(floor.never).find(|it| !places(code, it).is_empty()) {
        return refuse(bad);
    }
    if floor.prose == Prose::None && code.chars().any(|it| ('\u{2e80}'..='\u{9fff}').contains(&it)) {
        return refuse("prose");
    }
    Ok(())
}

/// Where a text stands that is not the end of a longer word, and what follows it.
fn places<'a>(code: &'a str, text: &str) -> Vec<(usize, &'a str)> {
    let is_letter = |it: char| it.is_alphanumeric() || it == '_';
    let whole = |at: usize| !text.starts_with(is_letter) || !code[..at].ends_with(is_letter);
    let ends = |after: &str| !text.ends_with(is_letter) || !after.starts_with(is_letter);
    code.match_indices(text)
        .map(|(at, _)| (at, &code[at + text.len()..]))
        .filter(|(at, after)| whole(*at) && ends(after))
        .collect()
}

fn word(text: &str) -> &str {
    text.split(|it: char| !it.is_alphanumeric() && it != '_').next().unwrap_or_default()
}

/// The line without its comment.
fn code(line: &str) -> &str {
    let trimmed = line.trim_start();
    if trimmed.starts_with("//") {
        return "";
    }
    line.split(" // ").next().unwrap_or_default()
}

fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

/// The files of a floor: its folder, or its one file.
fn sources(floor: &str) -> Vec<PathBuf> {
    let mut found = Vec::new();
    let mut open = vec![PathBuf::from("src").join(floor), PathBuf::from("src").join(format!("{floor}.rs"))];
    while let Some(path) = open.pop() {
        let full = root().join(&path);
        if full.is_dir() {
            let entries = std::fs::read_dir(&full).expect("a folder");
            open.extend(entries.map(|entry| path.join(entry.expect("an entry").file_name())));
        } else if full.is_file() && path.extension().is_some_and(|it| it == "rs") {
            found.push(path);
        }
    }
    found.sort();
    found
}

/// The packages that the manifest names, as code names them.
fn packages() -> Vec<String> {
    let manifest = std::fs::read_to_string(root().join("Cargo.toml")).expect("the manifest");
    let mut packages = Vec::new();
    let mut inside = false;
    for line in manifest.lines() {
        if line.starts_with('[') {
            inside = line.contains("dependencies");
        } else if let (true, Some((name, _))) = (inside, line.split_once(" = ")) {
            packages.push(name.trim().replace('-', "_"));
        }
    }
    assert!(packages.len() > 10, "{packages:?}");
    packages
}
