//! Handbook → texts for people and programs other than the site. Pure: nothing is written here.

pub mod calendar;
pub mod definition;
pub mod due;
pub mod list;
pub mod register;
pub mod row;
pub mod schema;
pub mod soa;
pub mod starter;
