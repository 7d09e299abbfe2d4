import { Decimal as DecimalJs } from 'decimal.js';

/** Decimal numbers of 34 digits, IEEE 754-2008 decimal128, as DMN asks for (DMN 1.5, 10.3.2.3.1). */
export const Decimal = DecimalJs.clone({
  precision: 34,
  rounding: DecimalJs.ROUND_HALF_EVEN,
  minE: -6176,
  maxE: 6144,
  toExpNeg: -6176,
  toExpPos: 6144,
  modulo: DecimalJs.ROUND_FLOOR,
});

/**
 * A FEEL number. It is a JS number whenever one has exactly this decimal value, else a decimal; so one value has one form.
 * Decimals never leave the library: `toPlainNumbers` rounds them at the door.
 */
export type FeelNumber = number | DecimalJs;
export type { DecimalJs };

/** Says whether a value is a FEEL number. NaN and the infinities are none. */
export function isNumber(value: unknown): value is FeelNumber {
  return typeof value === 'number' ? Number.isFinite(value) : DecimalJs.isDecimal(value);
}

/** The value as a decimal of 34 digits. */
export function decimalOf(value: FeelNumber | bigint): DecimalJs {
  return new Decimal(typeof value === 'bigint' ? value.toString() : value);
}

/** Brings a decimal into its one form; null if it is no number any more (overflow, 0/0). */
export function numberFrom(decimal: DecimalJs): FeelNumber | null {
  if (!decimal.isFinite()) return null;
  const plain = decimal.toNumber();
  if (plain === 0) return decimal.isZero() ? 0 : decimal;
  if (!Number.isFinite(plain)) return decimal;
  return decimal.precision() <= 15 || new Decimal(plain).eq(decimal) ? plain : decimal;
}

/** Reads digits such as `1.50` or `1e3`. */
export function parseNumber(text: string): FeelNumber | null {
  return numberFrom(new Decimal(text).toSignificantDigits(34));
}

/** Steps that one operation on a number is worth: a decimal costs by its digits and the zeros up to its point. */
export function stepsOf(value: unknown): number {
  if (!DecimalJs.isDecimal(value)) return 1;
  const decimal = value as DecimalJs;
  return 3 + (decimal.isFinite() ? Math.ceil(Math.abs(decimal.e) / 4) : 0);
}

/** The nearest JS number. */
export function plainNumber(value: FeelNumber): number {
  return typeof value === 'number' ? value : value.toNumber();
}

/** Decimal digits without exponent. */
export function numberText(value: FeelNumber): string {
  if (typeof value === 'number' && Number.isSafeInteger(value)) return String(value);
  return decimalOf(value).toFixed();
}

export function addNumbers(a: FeelNumber, b: FeelNumber): FeelNumber | null {
  if (Number.isSafeInteger(a) && Number.isSafeInteger(b)) {
    const sum = (a as number) + (b as number);
    if (Number.isSafeInteger(sum)) return sum;
  }
  return numberFrom(decimalOf(a).plus(b));
}

export function subtractNumbers(a: FeelNumber, b: FeelNumber): FeelNumber | null {
  if (Number.isSafeInteger(a) && Number.isSafeInteger(b)) {
    const difference = (a as number) - (b as number);
    if (Number.isSafeInteger(difference)) return difference;
  }
  return numberFrom(decimalOf(a).minus(b));
}

export function multiplyNumbers(a: FeelNumber, b: FeelNumber): FeelNumber | null {
  if (Number.isSafeInteger(a) && Number.isSafeInteger(b)) {
    const product = (a as number) * (b as number);
    if (Number.isSafeInteger(product)) return product + 0;
  }
  return numberFrom(decimalOf(a).times(b));
}

/** Null when `b` is zero. */
export function divideNumbers(a: FeelNumber, b: FeelNumber): FeelNumber | null {
  if (Number.isSafeInteger(a) && Number.isSafeInteger(b) && b !== 0) {
    const quotient = (a as number) / (b as number);
    if (Number.isSafeInteger(quotient)) return quotient + 0;
  }
  return decimalOf(b).isZero() ? null : numberFrom(decimalOf(a).div(b));
}

export function powerOf(base: FeelNumber, exponent: FeelNumber): FeelNumber | null {
  return numberFrom(decimalOf(base).pow(decimalOf(exponent)));
}

export function compareNumbers(a: FeelNumber, b: FeelNumber): number {
  if (typeof a === 'number' && typeof b === 'number') return a < b ? -1 : a > b ? 1 : 0;
  return decimalOf(a).comparedTo(b);
}

/** The value as a safe integer, or undefined. */
export function integerOf(value: unknown): number | undefined {
  return Number.isSafeInteger(value) ? (value as number) : undefined;
}
