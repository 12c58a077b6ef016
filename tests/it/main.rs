//! Every integration test, in one program, so that the crate is linked once: a module for each thing the product does,
//! and what they share in `support`. Files that tests read lie beside this folder.
#![expect(
    clippy::disallowed_methods,
    clippy::unwrap_used,
    reason = "tests prepare files, look at what was written, and stop where something is missing"
)]

mod adopting;
mod approved_copy;
mod approving;
mod bad_input;
mod browser;
mod checking;
mod circles;
mod compare;
mod editions;
mod editorial;
mod evidence;
mod example;
mod exceptions;
mod figures;
mod forge;
mod impact;
mod importing;
mod integrity;
mod ledger;
mod ledger_history;
mod ledger_keys;
mod log;
mod manual;
mod offline;
mod packaging;
mod properties;
mod publishing;
mod registers;
mod rules;
mod search;
mod seeded_faults;
mod seeds;
mod site;
mod site_overviews;
mod site_pages;
mod site_whole;
mod soa;
mod starting;
mod support;
mod tree;
