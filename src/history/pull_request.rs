//! Which pull request a merge says it is of. Forges write it into the message; whether it is true they alone know.

/// The number of a pull request in the words of a merge: `Merge pull request #12 from …`, `… (#12)` of what was squashed,
/// `… (#12) from …`, `(pull request #12)`, `See merge request group/project!12`.
pub fn pull_request(message: &str) -> Option<String> {
    let summary = message.lines().next().unwrap_or("").trim_end();
    let named = ["Merge pull request #", "(pull request #"];
    let hash = named.iter().find_map(|words| number_after(summary, words)).or_else(|| {
        let (_, rest) = summary.rsplit_once("(#")?;
        let number = number(rest)?;
        let behind = &rest[number.len()..];
        // At the end, or before the names of branches.
        (behind == ")" || summary.starts_with("Merge pull request ") && behind.starts_with(") from ")).then_some(number)
    });
    hash.map(|number| format!("#{number}")).or_else(|| {
        let line = message.lines().find_map(|line| line.strip_prefix("See merge request "))?;
        number_after(line, "!").map(|number| format!("!{number}"))
    })
}

fn number_after(text: &str, words: &str) -> Option<String> {
    number(text.split_once(words)?.1)
}

fn number(text: &str) -> Option<String> {
    let digits: String = text.chars().take_while(char::is_ascii_digit).collect();
    (!digits.is_empty()).then_some(digits)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_words_of_forges_are_read() {
        for (message, expected) in [
            ("Merge pull request #12 from example/topic\n\n改訂", Some("#12")),
            ("持出しの条を新設 (#7)", Some("#7")),
            ("Merge pull request '改訂' (#31) from topic into main", Some("#31")),
            ("Merged in topic (pull request #8)", Some("#8")),
            ("Merge branch 'topic' into 'main'\n\n改訂\n\nSee merge request example/isms!34", Some("!34")),
            ("Merge branch 'topic'", None),
            ("(#x)", None),
            ("", None),
        ] {
            assert_eq!(pull_request(message).as_deref(), expected, "{message}");
        }
    }
}
