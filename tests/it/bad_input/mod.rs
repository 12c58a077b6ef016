//! Any bytes as any file: the program ends by itself with 0, 1 or 2, in every format, without a panic, and a
//! finding or one clear error names the file at fault.

mod configuration;
mod content;
mod files;
mod markdown;
mod repository;
mod trial;

use trial::Trial;

#[test]
fn the_handbook_that_all_trials_spoil_is_good_itself() {
    Trial::new().check().passes("kitei.toml").passes("policies").passes("controls").passes("records");
}
