/** A difference between a named and an anonymous case that the rules themselves ask for. */
export interface Demanded {
  readonly because: string;
  readonly lines: RegExp;
  /** What of these lines may differ; the whole line where it is left out. */
  readonly part?: RegExp;
}

/** Nothing but these: who reported, that nobody said so, and what is asked only of those who say it. */
export const demanded: readonly Demanded[] = [
  {
    because: 'Who reported is what an anonymous case leaves out; the values are sealed, and no rule can read them.',
    lines: /^variable \S+\.(name|phone|addressOrUnit) /,
  },
  {
    because: 'That a case is anonymous is known, for the way of delivery and for the figures that compare the two.',
    lines: /^variable \S+\.(anonymous|anonymousCall) /,
  },
  {
    because: 'Whether the name is an assumed one is asked only where there is a name.',
    lines: /^variable \S+\.alias /,
  },
  {
    because: 'The public page asks only those who give a name how to reach them; who gives none has the code.',
    lines: /^variable xf_accusation\.preferredContact /,
  },
  {
    because:
      'Without a name nobody can tell whether the same person came before: unknown, and treated as a new matter.',
    lines: /^variable \S+\.sameClaimant /,
  },
  {
    because: 'The table of repetitions reads just this one answer; what it decides must be the same.',
    lines: /^decision D13 /,
    part: /\\"同一人\\":\\"\w+\\"/,
  },
  {
    because: 'The register of letters and calls has a column for it.',
    lines: /^ledger L03 /,
    part: /\\"anonymous\\":(true|false)/,
  },
];

/** The lines without what may differ. */
export function withoutDemanded(lines: readonly string[], allowed: readonly Demanded[] = demanded): readonly string[] {
  return lines.flatMap((line) => {
    const matching = allowed.filter((one) => one.lines.test(line));
    if (matching.some(({ part }) => part === undefined)) return [];
    return matching.reduce((text, { part = '' }) => text.replace(part, ''), line);
  });
}
