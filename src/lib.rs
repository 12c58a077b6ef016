//! kitei keeps an organisation's ISMS documents as plain text in git, checks them, and builds the handbook of
//! what is approved and in force.

pub mod apart;
pub mod approved_copy;
pub mod changelog;
pub mod check;
pub mod cli;
pub mod clock;
pub mod compare;
pub mod digest;
pub mod emit;
pub mod evidence;
pub mod export;
pub mod handbook;
pub mod history;
pub mod impact;
pub mod import;
pub mod ledger;
pub mod load;
pub mod locale;
pub mod manual;
pub mod markup;
pub mod model;
pub mod numbering;
pub mod parse;
pub mod paths;
pub mod picture;
pub mod publish;
pub mod register;
pub mod serve;
pub mod site;
pub mod source;
pub mod standard;
pub mod starter;
pub mod workspace;
