//! The language: every way to say something wrong is an error of the definition, at its column, before there is a row.

use super::{Organisation, found, read};
use crate::register::data::Stated;
use crate::register::judge::Computed;

const HEAD: &str = "[register]\nid = \"keys\"\n\n[lock]\nid = { type = \"id\" }\n\n[key]\nid = { type = \"id\" }\n\
    lock = { type = \"row\", of = \"lock\" }\nroom = { type = \"text\" }\ncopies = { type = \"number\" }\n\
    lent = { type = \"number\" }\nsafe = { type = \"yes-no\" }\non = { type = \"date\" }\n\
    state = { type = \"choice\", values = [\"kept\", \"lost\"] }\nrooms = { type = \"list\", of = [\"text\"] }\n";

/// What a computed field of a type, or a condition where the type is empty, is found to be.
fn fault(of: &str, expression: &str) -> String {
    let line = match of {
        "" => format!("x = {{ type = \"text\", required_if = \"{expression}\" }}\n"),
        of => format!("x = {{ type = {of}, computed = \"{expression}\" }}\n"),
    };
    let text = format!("{HEAD}{line}");
    let at = line.find(expression).expect("the line holds the expression") + 1;
    let lines = found(&[("definitions/keys.toml", &text)]);
    match lines.as_slice() {
        [] => String::new(),
        [line] => {
            let rest = line.strip_prefix("definitions/keys.toml:17:").expect("the line of the expression");
            let (column, message) = rest.split_once(" Definition: ").expect("a fault of the definition");
            let column: usize = column.parse().expect("a column");
            format!("{} {message}", column - at + 1)
        }
        more => panic!("{more:?}"),
    }
}

#[test]
fn what_an_expression_says_wrongly_is_told_at_its_column() {
    const NUMBER: &str = "\"number\"";
    const CHOICE: &str = "\"choice\", values = [\"low\", \"high\"]";
    let cases: &[(&str, &str, &str)] = &[
        // Misspelt fields, functions, registers, members.
        (NUMBER, "copies - lemt", "10 there is no field or register “lemt”; is “lent” meant?"),
        (NUMBER, "mx(copies, lent)", "1 there is no function “mx”; is “max” meant?"),
        ("", "exists(actoins where from = this)", "8 there is no field or register “actoins”; is “actions” meant?"),
        ("", "exists(actions where form = this)", "22 there is no field or register “form”; is “from” meant?"),
        ("", "has(lock.name)", "10 there is no field or register “name”"),
        ("", "has(room.name)", "5 a row is needed here, not text"),
        // Words outside a choice, wherever they stand.
        ("", "state = 'lots'", "9 the choice has no word “lots” (kept, lost)"),
        ("", "state in ['kept', 'lots']", "19 the choice has no word “lots” (kept, lost)"),
        (CHOICE, "if safe then 'high' else 'lo'", "26 the choice has no word “lo” (low, high)"),
        (CHOICE, "if safe then state else 'high'", "25 the choice has no word “high” (kept, lost)"),
        // Types that do not fit.
        (NUMBER, "copies + room", "10 a number is needed here, not text"),
        (NUMBER, "safe", "1 a number is needed here, not yes or no"),
        (NUMBER, "if copies then 1 else 2", "4 yes or no is needed here, not a number"),
        (NUMBER, "if safe then 1 else room", "1 a number and text cannot be compared"),
        ("", "copies = room", "1 a number and text cannot be compared"),
        ("", "room < 'b'", "1 a number is needed here, not text"),
        ("", "on < copies", "6 a date is needed here, not a number"),
        ("", "copies in rooms", "1 a number and text cannot be compared"),
        ("", "room in room", "9 a list of: text is needed here, not text"),
        ("", "copies", "1 yes or no is needed here, not a number"),
        ("", "not copies = 1 and room", "20 yes or no is needed here, not text"),
        ("", "lock = on", "1 a row and a date cannot be compared"),
        (NUMBER, "days(on)", "1 “days” is called like this: days(from, until)"),
        (NUMBER, "sum(rooms)", "5 a list of: a number is needed here, not text"),
        (NUMBER, "count(room)", "7 a list of: a number is needed here, not text"),
        (NUMBER, "share(key)", "7 “share” is called like this: share(rows where …)"),
        ("", "has(room where copies = 1)", "1 “has” counts no rows and takes no where"),
        ("\"text\"", "last(audits.finding.fact)", "6 no single date orders the rows of “finding”"),
        (
            "",
            "exists(audits)",
            "8 “audits” has several kinds of rows; name one of audits.audit, audits.visit, audits.answer, audits.finding",
        ),
        // What cannot be read.
        ("", "room = 'a", "8 the quotation mark ' is never closed"),
        ("", "room == 'a'", "7 a value is expected here"),
        ("", "room & room", "6 “&” has no meaning in an expression"),
        ("", "copies < 1 < 2", "12 the end of the expression is expected here"),
        (NUMBER, "1.2.3", "1 this is no number"),
        (NUMBER, "(copies", "8 ) is expected here"),
        (NUMBER, "if safe 1", "9 then is expected here"),
        // What is right.
        (NUMBER, "if safe then copies - lent", ""),
        ("", "state != 'kept' and (copies > 1 or not safe)", ""),
        ("", "'a' in rooms and room in ['a', 'b']", ""),
        (NUMBER, "count(key where state = 'lost') + max(copies, 0.5) * -1", ""),
        ("", "exists(actions.action where from = this)", ""),
        ("", "on > years_before(today(), 1)", ""),
        ("\"text\"", "if state = 'kept' then room else 'none'", ""),
    ];
    let said = cases.iter().map(|(of, expression, _)| (*expression, fault(of, expression))).collect::<Vec<_>>();
    let expected: Vec<_> = cases.iter().map(|(_, expression, said)| (*expression, (*said).to_owned())).collect();
    let wrong: Vec<_> = said.iter().zip(&expected).filter(|(said, expected)| said != expected).collect();
    assert!(wrong.is_empty(), "{wrong:#?}");
}

#[test]
fn neither_depth_nor_length_exhausts_the_reader() {
    let deep = format!("{}1{}", "(".repeat(2000), ")".repeat(2000));
    assert!(
        fault("\"number\"", &deep).ends_with("nested too deeply: 30 levels at most")
            || fault("\"number\"", &deep).ends_with("words and signs at most")
    );
    let long = vec!["1"; 5000].join(" + ");
    assert!(fault("\"number\"", &long).ends_with("400 words and signs at most"));
    let negations = "not ".repeat(300) + "safe";
    assert!(fault("", &negations).ends_with("30 levels at most"));
}

#[test]
fn a_column_is_known_however_the_expression_is_quoted() {
    let literal = HEAD.to_owned() + "x = { type = \"number\", computed = 'copies - lemt' }\n";
    assert_eq!(found(&[("definitions/keys.toml", &literal)]).len(), 1);
    assert!(found(&[("definitions/keys.toml", &literal)])[0].contains(":17:45 "));
    // An escape makes places in the expression unlike those in the file: the whole text is pointed at.
    let escaped = HEAD.to_owned() + "x = { type = \"number\", computed = \"copies \\u002d lemt\" }\n";
    assert!(found(&[("definitions/keys.toml", &escaped)])[0].contains(":17:35 "));
}

#[test]
fn circles_are_refused_within_a_register_and_across_registers() {
    let circle = "[register]\nid = \"a\"\n[row]\nid = { type = \"id\" }\nx = { type = \"number\", computed = \"y + 1\" }\n\
        y = { type = \"number\", computed = \"x - 1\" }\nz = { type = \"number\", computed = \"z\" }\n";
    let lines = found(&[("definitions/a.toml", circle)]);
    assert_eq!(
        lines,
        [
            "definitions/a.toml:5:35 Definition: the computation leads back to itself: a.row.x → a.row.y → a.row.x",
            "definitions/a.toml:6:35 Definition: the computation leads back to itself: a.row.y → a.row.x → a.row.y",
            "definitions/a.toml:7:35 Definition: the computation leads back to itself: a.row.z → a.row.z",
        ]
    );
    let one = "[register]\nid = \"a\"\n[row]\nid = { type = \"id\" }\nbs = { type = \"list\", of = [\"row b\"] }\n\
        x = { type = \"number\", computed = \"max(bs.y)\" }\n";
    let other = "[register]\nid = \"b\"\n[row]\nid = { type = \"id\" }\n\
        y = { type = \"number\", computed = \"count(a where x > 1)\" }\n";
    let lines = found(&[("definitions/a.toml", one), ("definitions/b.toml", other)]);
    assert!(
        lines[0].starts_with("definitions/a.toml:6:35 ") && lines[0].ends_with("a.row.x → b.row.y → a.row.x"),
        "{lines:?}"
    );
    assert!(lines[1].starts_with("definitions/b.toml:5:35 "), "{lines:?}");
}

#[test]
fn what_a_definition_says_wrongly_is_told_at_its_place() {
    let cases: &[(&str, &str)] = &[
        (
            "[register]\nid = \"b\"\n[row]\nid = { type = \"id\" }\n",
            "2:6 Definition: the id “b” is not the file's name “a”",
        ),
        ("[register]\nid = \"a\"\n", "2:6 Definition: there is no kind of row"),
        (
            "[register]\nid = \"a\"\n[row]\nname = { type = \"text\" }\n",
            "3:2 Definition: “row” has neither an id nor a key",
        ),
        (
            "[register]\nid = \"a\"\n[row]\nid = { type = \"id\" }\nif = { type = \"text\" }\n",
            "5:1 Definition: “if” cannot be a name",
        ),
        (
            "[register]\nid = \"a\"\n[row]\nid = { type = \"id\" }\nof = { type = \"row\", of = \"nothing\" }\n",
            "5:27 Definition: there is no register or kind of row “nothing”",
        ),
        (
            "[register]\nid = \"a\"\n[row]\nid = { type = \"id\" }\nx = { use = \"rating\" }\n",
            "5:13 Definition: there is no group “rating”",
        ),
        (
            "[register]\nid = \"a\"\n[row]\nid = { type = \"id\" }\nx = { type = \"choice\" }\n",
            "5:14 Definition: a choice needs values",
        ),
        (
            "[register]\nid = \"a\"\n[row]\nid = { type = \"id\" }\nx = { type = \"list\", of = [\"blob\"] }\n",
            "5:28 Definition: “blob” cannot stand in a list",
        ),
        (
            "[register]\nid = \"a\"\npersonal = \"none\"\n[row]\nid = { type = \"id\" }\nx = { type = \"person\" }\n",
            "6:1 Definition: the register names no persons",
        ),
        (
            "[register]\nid = \"a\"\ncovers = [\"clause:99\"]\n[row]\nid = { type = \"id\" }\n",
            "3:11 Definition: there is no clause or control “clause:99”",
        ),
        (
            "[register]\nid = \"a\"\ndue = { on = \"x\" }\n[row]\nid = { type = \"id\" }\nx = { type = \"text\" }\n",
            "3:14 Definition: “x” is no field that holds a date",
        ),
        (
            "[register]\nid = \"a\"\n[row]\nid = { type = \"id\" }\n[[rule]]\nname = \"r\"\nwhere = \"has(id)\"\nat = \"y\"\nmessage = { ja = \"{id}\" }\n",
            "8:6 Definition: there is no field “y”",
        ),
        (
            "[register]\nid = \"a\"\n[row]\nid = { type = \"id\" }\n[[rule]]\nname = \"r\"\nwhere = \"has(id)\"\nmessage = { ja = \"{idd}\" }\n",
            "8:18 Definition: there is no field “idd”",
        ),
        (
            "[register]\nid = \"a\"\n[row]\nid = { type = \"id\", or_stated = true }\n",
            "4:33 Definition: only a computed field",
        ),
        ("[register]\nid = \"a\"\n[row]\nid = { type = \"id\", requierd = true }\n", "4:21 UnknownKey"),
        ("[register]\nid = \"a\"\n[row]\nid = { type = \"ident\" }\n", "4:15 InvalidValue"),
        ("[register]\nid = \"a\"\nedition = \"1\"\n[row]\nid = { type = \"id\" }\n", "3:11 WrongType"),
    ];
    for (text, expected) in cases {
        let lines = found(&[("definitions/a.toml", text)]);
        assert!(
            lines.len() == 1 && lines[0].starts_with(&format!("definitions/a.toml:{expected}")),
            "{lines:?}\n{text}"
        );
    }
    let own = "[register]\nid = \"assets\"\n[row]\nid = { type = \"id\" }\n";
    assert!(found(&[("definitions/assets.toml", own)])[0].ends_with("“assets” is a register that kitei brings"));
}

/// What a field of the first row comes to.
fn value(definition: &str, rows: &str, field: &str) -> String {
    let definition = format!("{HEAD}{definition}\n");
    let (set, problems, _) = read(&[("definitions/keys.toml", &definition), ("keys.toml", rows)]);
    assert!(problems.is_empty(), "{problems:?}");
    let register = set.library.position("keys").expect("the register");
    let kind = &set.library.definitions[register].kinds[1];
    let at = kind.field(field).expect("the field");
    let row = set.data.rows.iter().position(|row| row.kind.kind == 1).expect("a row");
    match set.judgement(&Organisation).computed[row].get(&at) {
        Some(Computed::Value(Stated::Word(word))) => word.clone(),
        Some(Computed::Value(value)) => value.to_string(),
        Some(Computed::None(why)) => {
            format!("none: {}", crate::locale::Catalogue::new(crate::locale::Language::En).text(why))
        }
        None => "no field".to_owned(),
    }
}

#[test]
fn what_is_absent_stays_absent_and_zero_is_a_value() {
    let number = |expression: &str, rows: &str| {
        value(&format!("x = {{ type = \"number\", computed = \"{expression}\" }}"), rows, "x")
    };
    let flag = |expression: &str, rows: &str| {
        value(&format!("x = {{ type = \"yes-no\", computed = \"{expression}\" }}"), rows, "x")
    };
    let row = |fields: &str| format!("[[key]]\nid = \"K1\"\n{fields}\n");
    assert_eq!(number("copies - lent", &row("copies = 0\nlent = 0")), "0");
    assert_eq!(number("copies - lent", &row("copies = 3")), "none: “lent” of K1 is not stated");
    assert_eq!(number("0.1 + 0.2", &row("")), "0.3");
    assert_eq!(number("max(copies, lent)", &row("copies = 3")), "none: “lent” of K1 is not stated");
    assert_eq!(number("copies / lent", &row("copies = 3\nlent = 0")), "none: it divides by 0");
    assert_eq!(
        number("if has(lent) then copies / lent", &row("copies = 3")),
        "none: there is no row or value to take it from"
    );
    // A comparison with something absent is false, and so is its opposite.
    assert_eq!(flag("copies > 0", &row("")), "false");
    assert_eq!(flag("copies <= 0", &row("")), "false");
    assert_eq!(flag("state != 'kept'", &row("")), "false");
    assert_eq!(flag("not copies > 0", &row("")), "true");
    assert_eq!(flag("copies = 0", &row("copies = 0")), "true");
    // A yes-no that is absent is neither, unless the other side decides.
    assert_eq!(flag("not safe", &row("")), "none: “safe” of K1 is not stated");
    assert_eq!(flag("safe and copies = 1", &row("copies = 2")), "false");
    assert_eq!(flag("safe or copies = 1", &row("copies = 1")), "true");
    assert_eq!(flag("lent != 0 and copies / lent > 1", &row("copies = 3\nlent = 0")), "false");
}

#[test]
fn rows_are_counted_summed_and_ordered() {
    let rows = "[[lock]]\nid = \"L1\"\n[[lock]]\nid = \"L2\"\n\n[[key]]\nid = \"K1\"\nlock = \"L1\"\ncopies = 2\non = 2026-04-01\n\
        [[key]]\nid = \"K2\"\nlock = \"L1\"\ncopies = 5\non = 2026-03-01\nstate = \"lost\"\n\
        [[key]]\nid = \"K3\"\nlock = \"L2\"\ncopies = 9\nvoid = \"written twice\"\n";
    let number =
        |expression: &str| value(&format!("x = {{ type = \"number\", computed = \"{expression}\" }}"), rows, "x");
    assert_eq!(number("count(key)"), "2");
    assert_eq!(number("sum(key.copies where state = 'lost')"), "5");
    assert_eq!(number("max(key.copies)"), "5");
    assert_eq!(number("min(key.copies)"), "2");
    assert_eq!(number("last(key.copies)"), "2");
    assert_eq!(number("share(key where copies > 4)"), "50");
    assert_eq!(number("count(rooms)"), "0");
    assert_eq!(number("sum(key.lent)"), "none: “lent” of K1 is not stated");
    assert_eq!(number("days(on, today())"), "233");
    let text = |expression: &str| value(&format!("x = {{ type = \"text\", computed = \"{expression}\" }}"), rows, "x");
    assert_eq!(text("lock.id"), "L1");
}

#[test]
fn an_expression_that_takes_too_long_is_stopped_and_said_once() {
    let definition = HEAD.to_owned()
        + "\n[[rule]]\nname = \"slow\"\nof = \"key\"\nwhere = \"exists(key where copies > 0 and exists(key where copies < 0))\"\nmessage = { en = \"slow\" }\n";
    let rows: String = (0..400).map(|at| format!("[[key]]\nid = \"K{at}\"\ncopies = 1\n")).collect();
    let lines = found(&[("definitions/keys.toml", &definition), ("keys.toml", &rows)]);
    assert_eq!(lines.len(), 1, "{:?}", lines.iter().take(3).collect::<Vec<_>>());
    assert!(lines[0].contains("the rule “slow” cannot be judged: it takes more than 20000000 steps"), "{}", lines[0]);
}

#[test]
fn a_definition_that_kitei_brings_is_extended_and_never_loosened() {
    let row = "[[department]]\nid = \"dc\"\nname = \"DC\"\n";
    let asset = |more: &str| {
        format!(
            "[[asset]]\nid = \"A-001\"\nclass = \"internal\"\nname = \"x\"\nusers = \"x\"\nowner = \"p001\"\n\
             department = \"dc\"\nplace = \"x\"\npersonal_data = false\nconfidentiality = 1\nintegrity = 1\n\
             availability = 2\n{more}"
        )
    };
    let extension = "[register]\nextends = \"assets\"\nowner = \"risk-owner\"\nclassification = \"restricted\"\n\n[asset]\n\
        note = { required = true, ja = \"注記\" }\navailability = { max = 2 }\n\
        rack = { type = \"text\", ja = \"ラック\" }\nworth = { type = \"number\", computed = \"importance * 10\" }\n\n\
        [[rule]]\nname = \"no-rack\"\nwhere = \"not has(rack)\"\nmessage = { en = \"{id} is in no rack\" }\n";
    let files = |extension: &str, more: &str| {
        found(&[("departments.toml", row), ("definitions/assets.toml", extension), ("assets.toml", &asset(more))])
    };
    assert_eq!(files(extension, "note = \"n\"\nrack = \"3\"\n"), Vec::<String>::new());
    assert_eq!(
        files(extension, ""),
        ["assets.toml:2:6 MissingField: A-001 lacks “注記”", "assets.toml:2:6 Rule: A-001 is in no rack (no-rack)"]
    );
    let (set, ..) = read(&[("definitions/assets.toml", extension)]);
    let definition = set.library.get("assets").expect("the register");
    assert_eq!((definition.owner.as_deref(), definition.kinds[0].fields.len()), (Some("risk-owner"), 21));
    let head = "[register]\nextends = \"assets\"\n\n[asset]\n";
    for (line, said) in [
        ("name = { required = false }", "5:21 Definition: “name” cannot be loosened"),
        ("integrity = { max = 4 }", "5:21 Definition: “integrity” cannot be loosened"),
        ("name = { type = \"number\" }", "5:1 Definition: there is a field “name” already"),
        ("backup = { type = \"text\" }", "5:1 Definition: there is a field “backup” already"),
        ("name = { values = [\"a\"] }", "5:20 Definition: “name” is no choice of fixed words"),
        (
            "x = { type = \"number\", computed = \"importnce\" }",
            "5:36 Definition: there is no field or register “importnce”",
        ),
        ("name = { computed = \"'x'\" }", "5:10 UnknownKey"),
    ] {
        let lines = files(&format!("{head}{line}\n"), "");
        assert!(
            lines.len() == 1 && lines[0].starts_with(&format!("definitions/assets.toml:{said}")),
            "{line}: {lines:?}"
        );
    }
    for (text, said) in [
        ("[register]\nextends = \"asets\"\n", "2:11 Definition: “asets” is no register that kitei brings"),
        ("[register]\nextends = \"risks\"\n", "2:11 Definition: “risks” is no register that kitei brings, or not"),
        ("[register]\nextends = \"assets\"\nperiod = \"year\"\n", "3:1 UnknownKey"),
        (
            "[register]\nextends = \"assets\"\n[[rule]]\nname = \"important-asset-without-risk\"\nwhere = \"has(note)\"\nmessage = { en = \"x\" }\n",
            "4:8 Definition: there is a rule",
        ),
    ] {
        let lines = files(text, "");
        assert!(
            lines.len() == 1 && lines[0].starts_with(&format!("definitions/assets.toml:{said}")),
            "{text}: {lines:?}"
        );
    }
    // A word that a rule of kitei's own needs cannot be taken away: it is said where the extension begins.
    let narrowed = "[register]\nextends = \"actions\"\n[action]\ntrigger = { values = [\"incident\"] }\n";
    let lines = found(&[("definitions/actions.toml", narrowed)]);
    assert_eq!(lines.len(), 1);
    assert!(
        lines[0].starts_with("definitions/actions.toml:2:11 Definition: the choice has no word “internal-audit”"),
        "{lines:?}"
    );
}

proptest::proptest! {
    #![proptest_config(proptest::prelude::ProptestConfig::with_cases(64))]
    /// Whatever is typed: a fault inside the expression, or code; never a panic.
    #[test]
    fn any_expression_is_read_without_panic(
        words in proptest::collection::vec(
            proptest::sample::select(vec![
                "if", "then", "else", "and", "or", "not", "in", "where", "this", "yes", "(", ")", "[", "]", ",", ".", "=",
                "!=", "<", "+", "-", "*", "/", "1", "0.5", "'kept'", "'", "copies", "lock", "lock.id", "state", "rooms",
                "key", "count(", "max(", "exists(", "last(", "has(", "audits", "actions", "規", "key.copies", "today()",
            ]),
            0..14,
        )
    ) {
        let expression = words.join(" ");
        let definition = format!("{HEAD}x = {{ type = \"number\", computed = \"{expression}\" }}\n");
        let rows = "[[key]]\nid = \"K1\"\ncopies = 2\nlock = \"L1\"\n[[lock]]\nid = \"L1\"\n";
        let lines = found(&[("definitions/keys.toml", &definition), ("keys.toml", rows)]);
        proptest::prop_assert!(lines.len() <= 3, "{lines:?}");
    }
}
