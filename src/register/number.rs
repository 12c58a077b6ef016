//! Figures of registers: exact fractions, so that 0.1 + 0.2 is 0.3 and a share is compared with its limit as it is.

use std::fmt;

use num_rational::Ratio;
use num_traits::{CheckedAdd, CheckedDiv, CheckedMul, CheckedSub};

/// An exact figure. Numerator and denominator stay below [`LIMIT`]; what would be larger is refused, never rounded.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Number(Ratio<i128>);

/// What numerator and denominator stay below: far beyond any amount of money, and with room to show decimals.
const LIMIT: i128 = 1_000_000_000_000_000_000_000_000_000_000;

/// Decimals that are shown at most.
const DECIMALS: u32 = 6;

impl Number {
    /// A whole number.
    pub fn whole(value: i64) -> Self {
        Self(Ratio::from_integer(i128::from(value)))
    }

    /// A number of things.
    pub fn count(things: usize) -> Self {
        Self::whole(i64::try_from(things).unwrap_or(i64::MAX))
    }

    /// Reads a decimal number: sign, digits, underscores between them, a decimal point, an exponent. `None` where it is
    /// none or too large.
    pub fn parse(text: &str) -> Option<Self> {
        let plain: String = text.chars().filter(|c| *c != '_').collect();
        let (mantissa, exponent) = match plain.split_once(['e', 'E']) {
            Some((mantissa, exponent)) => (mantissa, exponent.parse::<i32>().ok()?),
            None => (plain.as_str(), 0),
        };
        let (negative, digits) = match mantissa.strip_prefix('-') {
            Some(rest) => (true, rest),
            None => (false, mantissa.strip_prefix('+').unwrap_or(mantissa)),
        };
        let (whole, decimals) = digits.split_once('.').unwrap_or((digits, ""));
        if whole.is_empty() || !whole.bytes().chain(decimals.bytes()).all(|byte| byte.is_ascii_digit()) {
            return None;
        }
        let digits = format!("{whole}{decimals}");
        let digits = digits.trim_start_matches('0');
        if digits.len() > 30 {
            return None;
        }
        let value: i128 = if digits.is_empty() { 0 } else { digits.parse().ok()? };
        let value = Ratio::from_integer(if negative { -value } else { value });
        let shift = exponent.checked_sub(i32::try_from(decimals.len()).ok()?)?;
        if shift.unsigned_abs() > 30 {
            return None;
        }
        let power = Ratio::from_integer(10_i128.checked_pow(shift.unsigned_abs())?);
        Self::checked(if shift < 0 { value.checked_div(&power) } else { value.checked_mul(&power) })
    }

    fn checked(value: Option<Ratio<i128>>) -> Option<Self> {
        let value = value?;
        let small = value.numer().unsigned_abs() <= LIMIT.unsigned_abs() && *value.denom() <= LIMIT;
        small.then_some(Self(value))
    }

    /// The sum; `None` where it is too large.
    pub fn plus(self, other: Self) -> Option<Self> {
        Self::checked(self.0.checked_add(&other.0))
    }

    /// The difference; `None` where it is too large.
    pub fn minus(self, other: Self) -> Option<Self> {
        Self::checked(self.0.checked_sub(&other.0))
    }

    /// The product; `None` where it is too large.
    pub fn times(self, other: Self) -> Option<Self> {
        Self::checked(self.0.checked_mul(&other.0))
    }

    /// The quotient; `None` where it is too large, or the divisor is 0.
    pub fn over(self, other: Self) -> Option<Self> {
        Self::checked(self.0.checked_div(&other.0))
    }

    /// Whether it is 0.
    pub fn is_zero(self) -> bool {
        *self.0.numer() == 0
    }

    /// The whole number that it is, where it is one that fits.
    pub fn as_whole(self) -> Option<i64> {
        self.0.is_integer().then(|| i64::try_from(*self.0.numer()).ok()).flatten()
    }

    /// Decimals that it takes to write it out; `None` where no number of them, or too many, would do.
    fn decimals(self) -> Option<u32> {
        (0..=DECIMALS).find(|places| (10_i128.pow(*places) * *self.0.numer()) % *self.0.denom() == 0)
    }

    /// The nearest number with so many decimals at most; a half goes away from 0.
    fn rounded(self, places: u32) -> Self {
        let power = 10_i128.pow(places.min(DECIMALS));
        let (numerator, denominator) = (*self.0.numer() * power, *self.0.denom());
        let half = if numerator < 0 { -denominator } else { denominator };
        Self(Ratio::new((2 * numerator + half) / (2 * denominator), power))
    }

    /// Whether a figure that somebody wrote down is this computed one: the same, or, where no decimals write it out, the
    /// nearest with as many decimals as were written.
    pub fn is_stated_as(self, stated: Self) -> bool {
        match (self.decimals(), stated.decimals()) {
            (None, Some(places)) => self.rounded(places.max(1)) == stated,
            _ => self == stated,
        }
    }

    /// As a binary fraction, for files that know no others.
    pub fn as_float(self) -> f64 {
        // Its decimals read back are the nearest that there is.
        self.to_string().parse().unwrap_or_default()
    }
}

/// In decimals, rounded to six places.
impl fmt::Display for Number {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let places = self.decimals().unwrap_or(DECIMALS);
        let shown = self.rounded(places);
        let power = 10_i128.pow(places);
        let scaled = *shown.0.numer() * (power / *shown.0.denom());
        let (sign, scaled) = (if scaled < 0 { "-" } else { "" }, scaled.unsigned_abs());
        let (whole, rest) = (scaled / power.unsigned_abs(), scaled % power.unsigned_abs());
        let width = places as usize;
        let decimals = format!("{rest:0width$}");
        match decimals.trim_end_matches('0') {
            "" => write!(f, "{sign}{whole}"),
            decimals => write!(f, "{sign}{whole}.{decimals}"),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn number(text: &str) -> Number {
        Number::parse(text).unwrap_or_else(|| panic!("{text} is a number"))
    }

    #[test]
    fn decimals_are_exact() {
        assert_eq!(number("0.1").plus(number("0.2")), Some(number("0.3")));
        assert_eq!(number("1_000.50e1").to_string(), "10005");
        assert_eq!(number("-0.25").to_string(), "-0.25");
        assert_eq!(number("1e-7").to_string(), "0");
        assert_eq!(number("0007").to_string(), "7");
        for none in ["", ".5", "1.2.3", "inf", "nan", "1e99", "--1", "1234567890123456789012345678901"] {
            assert_eq!(Number::parse(none), None, "{none}");
        }
    }

    #[test]
    fn thirds_are_thirds_and_are_stated_in_decimals() {
        let third = number("100").over(number("3")).expect("a small number");
        assert_eq!(third.times(number("3")), Some(number("100")));
        assert_eq!(third.to_string(), "33.333333");
        assert!(third.is_stated_as(number("33.3")) && third.is_stated_as(number("33.33")));
        assert!(!third.is_stated_as(number("33")) && !third.is_stated_as(number("33.4")));
        assert!(!number("33.33").is_stated_as(number("33.3")), "what can be written out is written out");
        assert_eq!(number("-2").over(number("3")).expect("a small number").to_string(), "-0.666667");
    }

    #[test]
    fn nothing_is_divided_by_nothing_and_nothing_overflows() {
        assert_eq!(number("1").over(number("0")), None);
        let large = number("999999999999999999999999999999");
        assert_eq!(large.times(large), None);
        assert_eq!(large.plus(large), None);
        assert_eq!(large.to_string(), "999999999999999999999999999999");
        let tiny = number("1").over(large).expect("a small number");
        assert_eq!((tiny.to_string().as_str(), tiny.over(large)), ("0", None));
    }
}
