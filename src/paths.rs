//! Paths inside the handbook, as texts with `/` between their parts.

/// The path that `relative`, written in the file `from`, points at; `None` where it leaves the root. An empty
/// `relative` is the file itself.
pub fn resolve(from: &str, relative: &str) -> Option<String> {
    if relative.is_empty() {
        return Some(from.to_owned());
    }
    let mut parts: Vec<&str> = Vec::new();
    if !relative.starts_with('/') {
        parts.extend(from.split('/'));
        parts.pop();
    }
    for part in relative.split('/') {
        match part {
            "" | "." => {}
            ".." => {
                parts.pop()?;
            }
            part => parts.push(part),
        }
    }
    Some(parts.join("/"))
}

/// The path that leads from the file `from` to the file `to`, both relative to the same root.
pub fn relative(from: &str, to: &str) -> String {
    let mut from: Vec<&str> = from.split('/').collect();
    from.pop();
    let to: Vec<&str> = to.split('/').collect();
    let shared = from.iter().zip(&to[..to.len() - 1]).take_while(|(a, b)| a == b).count();
    let mut parts = vec![".."; from.len() - shared];
    parts.extend(&to[shared..]);
    parts.join("/")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn paths_stay_inside_the_root() {
        assert_eq!(resolve("a/b.md", "../c/d.md").as_deref(), Some("c/d.md"));
        assert_eq!(resolve("a/b.md", "../../c.md"), None);
        assert_eq!(resolve("a/b.md", "/c.md").as_deref(), Some("c.md"));
        assert_eq!(resolve("a/b.md", "./c.md").as_deref(), Some("a/c.md"));
        assert_eq!(resolve("a/b.md", "").as_deref(), Some("a/b.md"));
    }

    #[test]
    fn relative_paths_lead_back() {
        assert_eq!(relative("documents/P-01.html", "assets/x.css"), "../assets/x.css");
        assert_eq!(relative("index.html", "documents/P-01.html"), "documents/P-01.html");
        assert_eq!(relative("documents/P-01.html", "documents/P-02.html"), "P-02.html");
    }
}
