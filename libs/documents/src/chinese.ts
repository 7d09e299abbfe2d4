interface DateParts {
  readonly year: number;
  readonly month: number;
  readonly day: number;
  readonly hour: string;
  readonly minute: string;
}

const DIGITS = '零一二三四五六七八九';
const CAPITALS = '零壹贰叁肆伍陆柒捌玖';

/**
 * `2026年3月2日` for an ISO 8601 date or date and time, `2026年3月` for a month (`2026-03`), `2026年第1季度` for a quarter
 * (`2026-Q1`); other text stays as it is.
 */
export function dateCN(value: unknown, timeZone: string): string {
  const month = typeof value === 'string' ? /^(\d{4})-(0[1-9]|1[0-2])$/.exec(value) : null;
  if (month) return `${month[1]}年${Number(month[2])}月`;
  const quarter = typeof value === 'string' ? /^(\d{4})-Q([1-4])$/.exec(value) : null;
  if (quarter) return `${quarter[1]}年第${quarter[2]}季度`;
  const parts = dateParts(value, timeZone);
  return parts ? `${parts.year}年${parts.month}月${parts.day}日` : textOf(value);
}

/** `2026年3月2日 08:05` for an ISO 8601 date and time; other text stays as it is. */
export function dateTimeCN(value: unknown, timeZone: string): string {
  const parts = dateParts(value, timeZone);
  return parts ? `${dateCN(value, timeZone)} ${parts.hour}:${parts.minute}` : textOf(value);
}

/**
 * A deadline as people say it: `2026年3月2日24:00` for the midnight that ends that day, else date and time; other text
 * stays as it is.
 */
export function deadlineCN(value: unknown, timeZone: string): string {
  const parts = dateParts(value, timeZone);
  if (!parts) return textOf(value);
  const isMidnight = parts.hour === '00' && parts.minute === '00';
  const day = new Date(Date.UTC(parts.year, parts.month - 1, parts.day - (isMidnight ? 1 : 0)));
  const time = isMidnight ? '24:00' : `${parts.hour}:${parts.minute}`;
  return `${day.getUTCFullYear()}年${day.getUTCMonth() + 1}月${day.getUTCDate()}日${time}`;
}

/** A text without zone is local already; one with an offset, or epoch ms, is shown in the given zone. */
function dateParts(value: unknown, timeZone: string): DateParts | undefined {
  const text = textOf(value);
  const local = /^(\d{4})-(\d\d)-(\d\d)(?:T(\d\d):(\d\d)(?::\d\d(?:\.\d+)?)?(?:@[\w/+-]+)?)?$/.exec(text);
  if (local) {
    const [, year, month, day, hour = '00', minute = '00'] = local;
    return { year: Number(year), month: Number(month), day: Number(day), hour, minute };
  }
  const instant = typeof value === 'number' ? value : /^\d{4}-\d\d-\d\dT/.test(text) ? Date.parse(text) : Number.NaN;
  return Number.isFinite(instant) && Math.abs(instant) <= 8.64e15 ? partsAt(instant, timeZone) : undefined;
}

function partsAt(instant: number, timeZone: string): DateParts {
  const format = new Intl.DateTimeFormat('en-US', {
    timeZone,
    ...({ year: 'numeric', month: 'numeric', day: 'numeric', hour: '2-digit', minute: '2-digit' } as const),
    hourCycle: 'h23',
  });
  const parts = new Map(format.formatToParts(new Date(instant)).map(({ type, value }) => [type, value]));
  const number = (type: Intl.DateTimeFormatPartTypes): number => Number(parts.get(type));
  return {
    year: number('year'),
    month: number('month'),
    day: number('day'),
    hour: parts.get('hour') ?? '00',
    minute: parts.get('minute') ?? '00',
  };
}

/** Chinese numeral of a whole number from 0 to 99: 1 is 一, 21 is 二十一. Other values stay as they are. */
export function ordinalCN(value: unknown): string {
  const number = typeof value === 'string' && value.trim() !== '' ? Number(value) : value;
  if (typeof number !== 'number' || !Number.isInteger(number) || number < 0 || number > 99) return textOf(value);
  if (number < 10) return DIGITS.charAt(number);
  const [tens, ones] = [Math.floor(number / 10), number % 10];
  return `${tens === 1 ? '' : DIGITS.charAt(tens)}十${ones === 0 ? '' : DIGITS.charAt(ones)}`;
}

/**
 * An amount in yuan in the capitals of Chinese vouchers: 1200.5 is 人民币壹仟贰佰元伍角整. Below 1 trillion, rounded to
 * fen; other values stay as they are.
 */
export function moneyCN(value: unknown): string {
  const amount = typeof value === 'string' && value.trim() !== '' ? Number(value) : value;
  if (typeof amount !== 'number' || !Number.isFinite(amount) || Math.abs(amount) >= 1e12) return textOf(value);
  const fen = Math.round(Math.abs(amount) * 100);
  const yuan = Math.floor(fen / 100);
  const whole = yuan > 0 || fen === 0 ? `${wholeCN(yuan)}元` : '';
  return `人民币${amount < 0 && fen > 0 ? '负' : ''}${whole}${smallChange(fen % 100, whole !== '')}`;
}

function smallChange(fen: number, hasYuan: boolean): string {
  const [jiao, rest] = [Math.floor(fen / 10), fen % 10];
  if (fen === 0) return '整';
  const jiaoText = jiao > 0 ? `${CAPITALS.charAt(jiao)}角` : hasYuan ? '零' : '';
  return `${jiaoText}${rest > 0 ? `${CAPITALS.charAt(rest)}分` : '整'}`;
}

/** Groups of four digits: 元, 万, 亿. A gap of zeros, inside a group or between two, reads as one 零. */
function wholeCN(yuan: number): string {
  if (yuan === 0) return '零';
  const digits = String(yuan);
  let text = '';
  let isGap = false;
  for (let index = 0; index < digits.length; index++) {
    const place = digits.length - 1 - index;
    const digit = Number(digits.charAt(index));
    if (digit === 0) isGap = true;
    else {
      text += `${isGap ? '零' : ''}${CAPITALS.charAt(digit)}${['', '拾', '佰', '仟'][place % 4] ?? ''}`;
      isGap = false;
    }
    const group = Math.floor(yuan / 10 ** place) % 10_000;
    if (place % 4 === 0 && group > 0) text += ['', '万', '亿'][place / 4] ?? '';
  }
  return text;
}

/** A value as text; nothing for null, undefined and structures. */
export function textOf(value: unknown): string {
  return typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean' ? String(value) : '';
}
