//! What `--version` says of the program: its version, the commit and the features it was built from, and for which
//! kind of machine. The same for every language, so that it can be quoted and searched.

/// The version alone, for `-V`.
pub const SHORT: &str = env!("CARGO_PKG_VERSION");

/// The version with what the build was made of. `build.rs` states it; a build for development names no commit.
pub fn long() -> String {
    let or = |value: &'static str, other: &'static str| if value.is_empty() { other } else { value };
    let commit = or(env!("KITEI_COMMIT"), "unknown");
    let features = or(env!("KITEI_FEATURES"), "none");
    format!("{SHORT}\ncommit: {commit}\nfeatures: {features}\ntarget: {}", env!("KITEI_TARGET"))
}
