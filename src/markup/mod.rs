//! How words of documents, registers and configuration enter what is shown elsewhere: HTML, dates as people read them,
//! Markdown on a forge. Below every room that makes output; knows no handbook and reads nothing.

pub mod date;
pub mod html;
pub mod markdown_escape;
