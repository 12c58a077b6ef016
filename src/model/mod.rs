//! The facts that documents, registers and configuration state, each with its place. No I/O, no judgement:
//! [`crate::parse`] makes them, [`crate::handbook`] relates them, [`crate::check`] judges them.

pub mod config;
pub mod contact;
pub mod content;
pub mod document;
pub mod exception;
pub mod id;
pub mod in_effect;
pub mod outline;
pub mod people;
pub mod prose;
pub mod quiz;
pub mod reference;
pub mod register;
pub mod term;

pub use config::Config;
pub use document::{Document, FrontMatter, Tier};
pub use id::{DocumentId, Interval, Version};
pub use in_effect::InEffect;
pub use outline::{Heading, HeadingKind, Outline};
pub use reference::{Reference, Target};
