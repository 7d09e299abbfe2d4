import type { SubstitutionRecord } from '#persistence';
import type { SubstitutionWish } from './substitutions.service.js';

const LONGEST_DAYS = 366;
const DAY_MS = 86_400_000;

export interface SubstitutionFacts {
  /** ISO date. */
  readonly today: string;
  /** The account is there and enabled. */
  readonly isKnown: boolean;
  /** The substitute is there, enabled and of the organization itself. */
  readonly isEligible: boolean;
  /** The substitute has each exclusive role of the account. */
  readonly isLendable: boolean;
  /** What is or will be in force for the account. */
  readonly others: readonly SubstitutionRecord[];
}

interface Fault {
  readonly path: string;
  readonly message: string;
}

/** Everything that is wrong with a substitution, each at its field. */
export function substitutionFaults(wish: SubstitutionWish, facts: SubstitutionFacts): readonly Fault[] {
  const checks: readonly (readonly [boolean, string, string])[] = [
    [facts.isKnown, '/account', '没有这个账号，或已停用'],
    [wish.substitute !== wish.account, '/substitute', '代理人不能是本人'],
    [facts.isEligible, '/substitute', '代理人须是本单位在用的账号'],
    [facts.isLendable, '/substitute', '此岗位的工作只能由同岗位的人代理'],
    [dayNumber(wish.from) !== undefined, '/from', '请填写日期，如 2026-03-02'],
    [dayNumber(wish.until) !== undefined, '/until', '请填写日期，如 2026-03-02'],
    [wish.until >= wish.from, '/until', '截止日不能早于开始日'],
    [wish.until >= facts.today, '/until', '截止日已过'],
    [lengthOf(wish) <= LONGEST_DAYS, '/until', `一次最多安排 ${LONGEST_DAYS} 天`],
    [!facts.others.some((other) => isRepeated(wish, other)), '/from', '同一代理人在这段时间已有安排'],
  ];
  return checks.filter(([isRight]) => !isRight).map(([, path, message]) => ({ path, message }));
}

function isRepeated({ account, substitute, from, until }: SubstitutionWish, other: SubstitutionRecord): boolean {
  const isSamePair = other.account === account && other.substitute === substitute;
  return isSamePair && other.fromDay <= until && from <= other.untilDay;
}

function lengthOf({ from, until }: SubstitutionWish): number {
  return (dayNumber(until) ?? 0) - (dayNumber(from) ?? 0) + 1;
}

/** Days since 1970 of an ISO date; undefined for what is none. */
function dayNumber(day: string): number | undefined {
  const at = /^\d{4}-\d{2}-\d{2}$/.test(day) ? Date.parse(`${day}T00:00:00Z`) : Number.NaN;
  const isReal = !Number.isNaN(at) && new Date(at).toISOString().startsWith(day);
  return isReal ? at / DAY_MS : undefined;
}
