//! `_headers`, which several static hosts read: the policy of every page, and how long what may be kept. Other hosts are
//! told the same in their own words (`docs/hosting.md`).

use super::CONTENT_SECURITY_POLICY;

/// Folders in which every name changes with its content.
const IMMUTABLE: [&str; 4] = ["assets", "pagefind/filter", "pagefind/fragment", "pagefind/index"];

/// The file.
pub(super) fn headers() -> String {
    let mut text = format!(
        "/*\n  Content-Security-Policy: {CONTENT_SECURITY_POLICY}; frame-ancestors 'none'\n  X-Content-Type-Options: nosniff\n  \
         Referrer-Policy: no-referrer\n  Cross-Origin-Resource-Policy: same-origin\n"
    );
    for folder in IMMUTABLE {
        text.push_str(&format!("/{folder}/*\n  Cache-Control: public, max-age=31536000, immutable\n"));
    }
    text
}
