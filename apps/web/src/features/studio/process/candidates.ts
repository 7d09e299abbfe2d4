/** Who may do a task, as the picker shows it; `custom` is an expression the picker cannot show. */
export type Candidates = { roles: string[]; unit: string } | { custom: string };

const ROLE = /^"([\w.-]+)"$/;
const ROLE_OF_UNIT = /^"([\w.-]+)@" \+ (.+)$/;

/** Reads `candidateGroups`: `xf_clerk`, `a, b`, `=["a", "b"]`, `="unit_handler@" + leadUnit` and lists of the latter. */
export function parseCandidates(source: string | undefined): Candidates {
  const text = (source ?? '').trim();
  if (text === '') return { roles: [], unit: '' };
  if (!text.startsWith('=')) return parsePlain(text);
  const entries = listEntries(text.slice(1).trim());
  const parsed = entries.map((entry) => parseEntry(entry));
  const units = [...new Set(parsed.map((entry) => entry?.unit))];
  if (parsed.includes(undefined) || units.length > 1) return { custom: text };
  return { roles: parsed.map((entry) => entry!.role), unit: units[0] ?? '' };
}

function parsePlain(text: string): Candidates {
  const groups = text.split(',').map((group) => group.trim());
  return groups.some((group) => /[@:]/.test(group)) ? { custom: text } : { roles: groups, unit: '' };
}

function listEntries(expression: string): string[] {
  const list = /^\[(.*)\]$/s.exec(expression);
  return list ? (list[1] ?? '').split(',').map((entry) => entry.trim()) : [expression];
}

function parseEntry(entry: string): { role: string; unit: string } | undefined {
  const ofUnit = ROLE_OF_UNIT.exec(entry);
  if (ofUnit && !/["()[\]]| (and|or|then|else) /.test(ofUnit[2]!)) return { role: ofUnit[1]!, unit: ofUnit[2]!.trim() };
  const role = ROLE.exec(entry);
  return role ? { role: role[1]!, unit: '' } : undefined;
}

/** Writes what the picker holds; undefined when nobody is named. */
export function formatCandidates({ roles, unit }: { roles: string[]; unit: string }): string | undefined {
  if (roles.length === 0) return undefined;
  const scope = unit.trim().replace(/^=/, '').trim();
  if (roles.length === 1 && scope === '') return roles[0];
  const entries = roles.map((role) => (scope === '' ? `"${role}"` : `"${role}@" + ${scope}`));
  return entries.length === 1 ? `=${entries[0]}` : `=[${entries.join(', ')}]`;
}

/** Until when a task is due, as the picker shows it. */
export type Deadline = { kind: 'none' } | { kind: 'days'; days: number } | { kind: 'custom'; expression: string };

export function parseDeadline(source: string | undefined): Deadline {
  const text = (source ?? '').trim();
  if (text === '') return { kind: 'none' };
  const days = /^=\s*working days after\(now\(\),\s*(\d+)\)$/.exec(text);
  return days ? { kind: 'days', days: Number(days[1]) } : { kind: 'custom', expression: text };
}

export function formatDeadline(deadline: Deadline): string | undefined {
  if (deadline.kind === 'none') return undefined;
  return deadline.kind === 'days' ? `=working days after(now(), ${deadline.days})` : deadline.expression || undefined;
}
