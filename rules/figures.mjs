/**
 * Exact figures, and values as Python prints them, so that answers and errors agree to the letter.
 *
 * Fractions are [numerator, denominator], both BigInt, the denominator positive.
 */

/**
 * A decimal number as a fraction. Digits of any script count, as in Python.
 * @param {string} text sign, digits, point and exponent; no other characters
 */
export function fractionOf(text) {
  const [figure, exponent = "0"] = asciiDigits(text).split("e");
  const [whole, decimals = ""] = figure.replace(/^[+-]/, "").split(".");
  const digits = BigInt(`${whole}${decimals}` || "0");
  const shift = Number(exponent) - decimals.length;
  const top = figure.startsWith("-") ? -digits : digits;
  return shift < 0 ? [top, 10n ** BigInt(-shift)] : [top * 10n ** BigInt(shift), 1n];
}

/** The product of a fraction and a factor written `a` or `a/b`. */
export function timesFactor([top, below], factor) {
  const [above, under = "1"] = factor.split("/");
  const [a, b] = fractionOf(above);
  const [c, d] = fractionOf(under);
  return [top * a * d, below * b * c];
}

/** Bits kept for a quotient: more than the 53 of a double, the last one tells of a remainder. */
const QUOTIENT_BITS = 80;

/** The double nearest to a fraction. */
export function nearestDouble([top, below]) {
  if (top === 0n) return 0;
  const size = top < 0n ? -top : top;
  const shift = QUOTIENT_BITS + below.toString(2).length - size.toString(2).length;
  const scaled = shift > 0 ? size << BigInt(shift) : size;
  const divisor = shift < 0 ? below << BigInt(-shift) : below;
  const sticky = scaled % divisor === 0n ? 0n : 1n;
  const value = Number((scaled / divisor) * 2n + sticky) * 2 ** -(shift + 1);
  return top < 0n ? -value : value;
}

/**
 * A double to so many decimals, a tie to the even digit: Python's round and its .nf format.
 * @returns {string} the digits, with exactly that many decimals
 */
export function fixed(value, decimals) {
  const [whole, exponent] = binaryOf(Math.abs(value));
  const scaled = whole * 10n ** BigInt(decimals);
  let units = exponent >= 0 ? scaled << BigInt(exponent) : scaled >> BigInt(-exponent);
  if (exponent < 0) {
    const rest = scaled - (units << BigInt(-exponent));
    const half = 1n << BigInt(-exponent - 1);
    if (rest > half || (rest === half && units % 2n === 1n)) units += 1n;
  }
  const digits = String(units).padStart(decimals + 1, "0");
  const cut = digits.length - decimals;
  const sign = value < 0 || Object.is(value, -0) ? "-" : "";
  return sign + digits.slice(0, cut) + (decimals ? `.${digits.slice(cut)}` : "");
}

/** A figure in up to six digits, as Python's :g. */
export function general(value) {
  if (!Number.isFinite(value)) return plainText(value);
  if (value === 0) return Object.is(value, -0) ? "-0" : "0";
  const exponent = Number(value.toExponential(5).split("e")[1]);
  const trim = (digits) => (digits.includes(".") ? digits.replace(/\.?0+$/, "") : digits);
  if (exponent >= -4 && exponent < 6) return trim(fixed(value, 5 - exponent));
  const [figure, power] = value.toExponential(5).split("e");
  return `${trim(figure)}e${paddedPower(power)}`;
}

/** `-5` as `-05` and `+21` as it is: Python writes at least two digits of a power. */
function paddedPower(power) {
  return power[0] + power.slice(1).padStart(2, "0");
}

/**
 * Any value as Python's str writes it. A number without decimals is taken for an integer, as
 * JSON would be.
 */
export function plainText(value) {
  if (value === null || value === undefined) return "None";
  if (typeof value === "boolean") return value ? "True" : "False";
  if (typeof value === "number") return numberText(value);
  if (Array.isArray(value)) return `[${value.map(quotedText).join(", ")}]`;
  return typeof value === "object" ? JSON.stringify(value) : String(value);
}

function numberText(value) {
  if (!Number.isFinite(value))
    return String(value).replace("Infinity", "inf").replace("NaN", "nan");
  const size = Math.abs(value);
  if (Number.isInteger(value) && size < 1e21) return String(value);
  if (size >= 1e-4 && size < 1e16) return String(value);
  const [figure, power] = value.toExponential().split("e");
  return `${figure}e${paddedPower(power)}`;
}

/** A member of a list as Python writes it. */
function quotedText(value) {
  if (typeof value !== "string") return plainText(value);
  const mark = value.includes("'") && !value.includes('"') ? '"' : "'";
  const escaped = value.replaceAll("\\", "\\\\");
  return mark + (mark === "'" ? escaped.replaceAll("'", "\\'") : escaped) + mark;
}

/** A text as a number, as Python's float reads it; NaN for what is none. */
export function floatOf(value) {
  if (typeof value === "number" || typeof value === "boolean") return Number(value);
  if (typeof value !== "string") return NaN;
  const text = asciiDigits(stripped(value)).toLowerCase();
  if (/^[+-]?inf(inity)?$/.test(text)) return text[0] === "-" ? -Infinity : Infinity;
  const digits = "\\d+(?:_\\d+)*";
  const decimal = new RegExp(
    `^[+-]?(?:${digits}\\.?(?:${digits})?|\\.${digits})(?:e[+-]?${digits})?$`,
  );
  return decimal.test(text) ? Number(text.replaceAll("_", "")) : NaN;
}

/** Decimal digits of every script as 0-9. */
export function asciiDigits(text) {
  return text.replace(/\p{Nd}/gu, (char) => {
    // digits stand in runs of ten in Unicode
    let before = 0;
    while (/\p{Nd}/u.test(String.fromCodePoint(char.codePointAt(0) - before - 1))) before += 1;
    return String(before % 10);
  });
}

/** What Python's str.strip takes for white space; it differs from JavaScript's in a few. */
const SPACE =
  "[\\t-\\r\\x1c-\\x20\\x85\\xa0\\u1680\\u2000-\\u200a\\u2028\\u2029\\u202f\\u205f\\u3000]";
const OUTER_SPACE = new RegExp(`^${SPACE}+|${SPACE}+$`, "g");

/** A text without the white space around it. */
export function stripped(text) {
  return text.replace(OUTER_SPACE, "");
}
