//! Handbook → texts for people and programs other than the site. Pure: nothing is written here.

pub mod calendar;
pub mod codeowners;
pub mod due;
pub mod inert;
pub mod ledger;
pub mod list;
pub mod log;
pub mod soa;
pub mod starter;
