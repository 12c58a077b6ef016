//! The example company's three years of history, driven through the program: what was published on each day, what never
//! was, and what the rules said then.

mod begun;
mod company;
mod findings;
mod pages;
mod published;
mod readme;
mod states;
mod unapproved;
mod wordings;
