//! How words of documents, registers and configuration enter what is shown elsewhere: HTML, dates as people read them,
//! Markdown on a forge, and files written from templates. Below every room that makes output; knows no handbook and
//! reads nothing.

pub mod date;
pub mod escape;
pub mod html;
pub mod markdown_escape;
pub mod template;
