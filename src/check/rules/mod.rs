//! One file per rule, with its page in both languages beside it. A rule reads the graph and reports; it prints
//! nothing, reads no file and keeps no state.

pub mod broken_link;
