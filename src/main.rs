//! The command `kitei`.

fn main() {}
