/** A secret of the operator: sent to one origin alone. */
export interface Secret {
  readonly origin: string;
  readonly value: string;
}

/** A robot of a group chat, as the operator names it. */
export interface ChatRobot {
  readonly url: string;
  /** Key of the signature, where the robot asks for one. */
  readonly signKey?: string;
}

const SECRET = /^OUTGOING_SECRET_([A-Z][A-Z\d_]{0,59})$/;
const ROBOT = /^CHAT_ROBOT_([A-Z][A-Z\d_]{0,59})$/;

type Environment = Readonly<Record<string, string | undefined>>;
type Report = (fault: string) => void;

/** `OUTGOING_SECRET_<NAME>=<origin> <value>`; no fault repeats what is given. */
export function readSecrets(environment: Environment, report: Report): ReadonlyMap<string, Secret> {
  return new Map(
    named(environment, SECRET).flatMap(([name, text]) => {
      const [, address = '', value = ''] = /^(\S+)\s+(\S.*)$/.exec(text) ?? [];
      const isOrigin = URL.canParse(address) && new URL(address).origin === address.replace(/\/$/, '');
      if (isOrigin && /^https?:/.test(address) && isHeaderText(value))
        return [[name, { origin: new URL(address).origin, value }] as const];
      report(
        `OUTGOING_SECRET_${name} must be the origin that it is for, a space and the value, such as "https://erp.example.org Bearer …".`,
      );
      return [];
    }),
  );
}

/** `CHAT_ROBOT_<NAME>=<address>`, or with a space and the key that it signs with. */
export function readRobots(environment: Environment, report: Report): ReadonlyMap<string, ChatRobot> {
  return new Map(
    named(environment, ROBOT).flatMap(([name, text]) => {
      const [url = '', signKey, ...more] = text.split(/\s+/);
      if (more.length === 0 && /^https?:/.test(url) && URL.canParse(url))
        return [[name, { url, ...(signKey !== undefined && { signKey }) }] as const];
      report(`CHAT_ROBOT_${name} must be the address of the robot, or that, a space and the key that it signs with.`);
      return [];
    }),
  );
}

function named(environment: Environment, pattern: RegExp): readonly (readonly [string, string])[] {
  return Object.entries(environment).flatMap(([key, text = '']) => {
    const name = pattern.exec(key)?.[1];
    return name === undefined || text.trim() === '' ? [] : [[name, text.trim()] as const];
  });
}

/** What a header may hold: visible ASCII and spaces (RFC 9110, 5.5). */
export function isHeaderText(text: string): boolean {
  return /^[\x20-\x7e]*$/.test(text);
}

const REFERENCE = /\{\{\s*secrets\.([A-Za-z\d_]+)\s*\}\}/g;

/** True where a text names a secret. */
export function namesSecret(text: string): boolean {
  return text.search(REFERENCE) >= 0;
}

export type WithSecrets =
  { readonly headers: Readonly<Record<string, string>>; readonly used: readonly string[] } | { readonly fault: string };

/** Header values with `{{secrets.NAME}}` filled in. A secret goes to the origin that the operator gave it for. */
export function withSecrets(
  headers: Readonly<Record<string, string>>,
  { origin, secrets }: { readonly origin: string; readonly secrets: ReadonlyMap<string, Secret> },
): WithSecrets {
  const used: string[] = [];
  const faults: string[] = [];
  const fill = (text: string): string =>
    text.replace(REFERENCE, (_, name: string) => {
      const secret = secrets.get(name);
      if (!secret) faults.push(`Expected the operator to set OUTGOING_SECRET_${name} but it is not set.`);
      else if (secret.origin !== origin)
        faults.push(`Expected the secret ${name} to be for ${origin} but the operator gave it for another origin.`);
      else used.push(secret.value);
      return secret?.value ?? '';
    });
  const filled = Object.fromEntries(Object.entries(headers).map(([name, text]) => [name, fill(text)]));
  const [fault] = faults;
  return fault === undefined ? { headers: filled, used } : { fault };
}

const HIDDEN = '●●●●';

/** A text or structure in which none of the secrets stands any more. */
export function withoutSecrets<T>(value: T, used: readonly string[]): T {
  const parts = used.flatMap((secret) => [secret, ...secret.split(/\s+/)]).filter((part) => part.length >= 6);
  const clean = (text: string): string => parts.reduce((left, part) => left.replaceAll(part, HIDDEN), text);
  return (parts.length === 0 ? value : mapTexts(value, clean)) as T;
}

function mapTexts(value: unknown, map: (text: string) => string): unknown {
  if (typeof value === 'string') return map(value);
  if (Array.isArray(value)) return value.map((one: unknown) => mapTexts(one, map));
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([name, one]) => [map(name), mapTexts(one, map)]));
}
