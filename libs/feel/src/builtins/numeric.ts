import { negateValue } from '../values/arithmetic.js';
import { FeelDaysDuration, FeelYearsDuration } from '../values/duration.js';
import {
  Decimal,
  type DecimalJs,
  decimalOf,
  type FeelNumber,
  integerOf,
  isNumber,
  numberFrom,
  stepsOf,
} from '../values/number.js';
import { shown } from '../values/shown.js';
import { define, inRange, type Call } from './define.js';

const MAX_SCALE = 6_176;
const STEPS_OF_A_ROOT = 80;
const STEPS_OF_A_LOGARITHM = 400;

type Rounding = DecimalJs.Rounding;

/** Rounds at a number of decimals (-6111 to 6176, DMN 1.5, 10.3.4.5). */
function round(call: Call, value: FeelNumber, scale: unknown, rounding: Rounding): FeelNumber | null {
  const digits = scale === undefined ? 0 : typeof scale === 'number' ? Math.trunc(scale) : undefined;
  if (digits === undefined || digits < -6_111 || digits > MAX_SCALE)
    return call.fail('a scale from -6111 to 6176', shown(scale));
  const decimal = decimalOf(value);
  if (digits >= 0) return inRange(call, numberFrom(decimal.toDecimalPlaces(digits, rounding)));
  const unit = decimalOf(10).pow(-digits);
  return inRange(call, numberFrom(decimal.div(unit).toDecimalPlaces(0, rounding).times(unit)));
}

function rounder(rounding: Rounding): (call: Call, n: FeelNumber, scale?: unknown) => FeelNumber | null {
  return (call, n, scale) => {
    const digits = typeof scale === 'number' ? Math.min(Math.abs(scale), MAX_SCALE) : 0;
    call.run.charge(Math.ceil(stepsOf(n) + digits / 4));
    return round(call, n, scale, rounding);
  };
}

function modulo(call: Call, dividend: FeelNumber, divisor: FeelNumber): FeelNumber | null {
  const by = decimalOf(divisor);
  if (by.isZero()) return call.fail('a divisor other than 0', '0');
  call.run.charge(stepsOf(dividend) + stepsOf(divisor));
  return numberFrom(decimalOf(dividend).mod(by));
}

function absolute(_call: Call, n: unknown): unknown {
  const isNegative =
    (isNumber(n) && decimalOf(n).isNegative()) ||
    (n instanceof FeelDaysDuration && n.nanos < 0n) ||
    (n instanceof FeelYearsDuration && n.months < 0);
  return isNegative ? negateValue(n) : n;
}

function parity(rest: number): (call: Call, n: FeelNumber) => boolean | null {
  return (call, n) => {
    call.run.charge(Math.ceil(stepsOf(n) / 16));
    if (integerOf(n) === undefined && !decimalOf(n).isInteger()) return call.fail('a whole number', shown(n));
    return decimalOf(n).mod(2).abs().eq(rest);
  };
}

function squareRoot(call: Call, n: FeelNumber): FeelNumber | null {
  call.run.charge(STEPS_OF_A_ROOT);
  return decimalOf(n).isNegative() && n !== 0
    ? call.fail('a number that is not negative', shown(n))
    : numberFrom(decimalOf(n).sqrt());
}

function logarithm(call: Call, n: FeelNumber): FeelNumber | null {
  call.run.charge(STEPS_OF_A_LOGARITHM);
  return decimalOf(n).lte(0) ? call.fail('a number above 0', shown(n)) : numberFrom(decimalOf(n).ln());
}

function exponential(call: Call, n: FeelNumber): FeelNumber | null {
  call.run.charge(STEPS_OF_A_LOGARITHM);
  if (decimalOf(n).abs().lte(20_000)) return inRange(call, numberFrom(decimalOf(n).exp()));
  return decimalOf(n).isNegative() ? 0 : call.fail('an exponent of at most 20000', shown(n));
}

const ONE_SCALE = 'n:number, scale?:number';

/** Numeric functions (DMN 1.5, 10.3.4.5). */
export const numericFunctions = [
  define('decimal', ['n:number, scale:number', rounder(Decimal.ROUND_HALF_EVEN)]),
  define('floor', [ONE_SCALE, rounder(Decimal.ROUND_FLOOR)]),
  define('ceiling', [ONE_SCALE, rounder(Decimal.ROUND_CEIL)]),
  define('round up', [ONE_SCALE, rounder(Decimal.ROUND_UP)]),
  define('round down', [ONE_SCALE, rounder(Decimal.ROUND_DOWN)]),
  define('round half up', [ONE_SCALE, rounder(Decimal.ROUND_HALF_UP)]),
  define('round half down', [ONE_SCALE, rounder(Decimal.ROUND_HALF_DOWN)]),
  define('abs', ['n:number|days and time duration|years and months duration', absolute]),
  define('modulo', ['dividend:number, divisor:number', modulo]),
  define('sqrt', ['number:number', squareRoot]),
  define('log', ['number:number', logarithm]),
  define('exp', ['number:number', exponential]),
  define('odd', ['number:number', parity(1)]),
  define('even', ['number:number', parity(0)]),
];
