import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

/** Something that has a name: where it stands and the name as it is written. */
export interface NamedThing {
  readonly place: string;
  readonly name: string;
}

/** A name that holds a denied word and all the same says something of the matter. */
export interface Allowance {
  readonly name: string;
  readonly reason: string;
}

/**
 * What the object of work never is: a person who is listed, labelled, scored, located, watched or measured; and what is
 * never kept of one. A phrase of several words stands for any name in which they follow each other.
 */
const PHRASES = [
  'watch list|watchlist|watched|black list|blacklist|grey list|greylist|surveillance|monitored person',
  'key (person|people|petitioner)|(person|people|persons|petitioner|petitioners|visitor|visitors|claimant) (list|lists|label|labels|tag|tags|flag)',
  'repeat (petitioners?|visitors?|persons?|people)|(trouble maker|troublemaker|agitator|ringleader)',
  'risk (score|level|rating|grade|rank|index|person)|(person|petitioner|visitor|claimant) (score|risk|level|rating|rank|grade|profile|history)',
  'credit score|social credit|stability (score|level)|threat (score|level)',
  'location|locations|geo|geolocation|gps|latitude|longitude|coordinates|whereabouts|trajectory',
  'mood|moods|emotion|emotions|sentiment|temper',
  'face|faces|facial|voiceprint|voice print|fingerprint|biometric|biometrics|iris|camera',
  'id (card|card no|card number|number|no)|identity (card|number|no)|passport|national id',
  'social media|wechat id|weibo|qq number',
  'ip|ip (address|addr)|ip s|client ip|remote addr|device (id|no|number)|imei|mac address|user agent',
  '(person|petitioner|visitor) (attendance|ethnicity|religion|politics)|religion|ethnicity',
].join('|');
const DENIED = new RegExp(` (${PHRASES}) `);
const DENIED_ZH =
  /重点人|重点对象|重点关注(?!事项)|老户|名单制|黑名单|灰名单|稳控|(?:人员|信访人|上访人)(?:名单|标签|画像|档案|评分|等级)|(?:风险|信用|稳定|危险)(?:评分|等级|积分|分值|指数)|定位|轨迹|行踪|经纬度|情绪|心情|人脸|面部|声纹|指纹|虹膜|身份证|护照号|微信号|微博|社交账号|社交媒体|设备号|设备标识|IP ?地址|民族|宗教|缠访|闹访|无理访/i;

/** `petitionerLocation`, `petitioner_location` and `PetitionerLocation` as ` petitioner location `. */
function wordsOf(name: string): string {
  const parted = name.replace(/([a-z\d])([A-Z])/g, '$1 $2').replace(/([A-Z]+)([A-Z][a-z])/g, '$1 $2');
  return ` ${parted
    .toLowerCase()
    .replace(/[^a-z\d]+/g, ' ')
    .trim()} `;
}

export const isDenied = (name: string): boolean => DENIED.test(wordsOf(name)) || DENIED_ZH.test(name);

/** The denied among them that nothing allows, each once, with its first place. */
export function deniedAmong(things: readonly NamedThing[], allowances: readonly Allowance[]): readonly string[] {
  const allowed = new Set(allowances.map(({ name }) => name));
  const denied = things.filter(({ name }) => isDenied(name) && !allowed.has(name));
  const firsts = denied.filter(({ name }, index) => denied.findIndex((other) => other.name === name) === index);
  return firsts.map(({ place, name }) => `${place}: ${name}`);
}

export function filesBelow(folder: string, ...ends: readonly string[]): readonly string[] {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && ends.some((end) => entry.name.endsWith(end)))
    .map(({ parentPath, name }) => join(parentPath, name))
    .toSorted();
}

const isObject = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null;

/** Every key of a JSON value, and the texts that name things. */
export function namesInJson(value: unknown): readonly string[] {
  if (Array.isArray(value)) return value.flatMap(namesInJson);
  if (!isObject(value)) return [];
  return Object.entries(value).flatMap(([key, inner]) => [
    key,
    ...(['id', 'title', 'name', 'label', 'variable'].includes(key) && typeof inner === 'string' ? [inner] : []),
    ...namesInJson(inner),
  ]);
}

const all = (text: string, pattern: RegExp): readonly string[] =>
  [...text.matchAll(pattern)].flatMap(([, ...groups]) => groups.filter((group) => group !== undefined));

/** How names are read out of a file, by how its name ends. */
const READERS: Readonly<Record<string, (text: string) => readonly string[]>> = {
  '.json': (text) => namesInJson(JSON.parse(text)),
  '.bpmn': (text) => all(text, /(?: id| name| target)="([^"]*)"/g),
  '.dmn': (text) => all(text, /(?: id| name| label)="([^"]*)"|<inputExpression[^>]*>\s*<text>([^<]*)/g),
  '.hbs': (text) => all(text, /\{\{#?\/?([^}]*)\}\}|<th[^>]*>([^<{]*)/g).flatMap((one) => one.split(/[\s()]+/)),
};

/** Names in the files of the configuration: forms, diagrams, decision tables, templates, settings. */
export function namesOfFile(path: string): readonly NamedThing[] {
  const [, read] = Object.entries(READERS).find(([end]) => path.endsWith(end)) ?? [];
  return (read?.(readFileSync(path, 'utf8')) ?? []).map((name) => ({ place: path, name }));
}

/** Names of tables and columns, as the migrations write them. */
export function namesOfTables(): readonly NamedThing[] {
  return filesBelow('libs/persistence/src/migrations', '.ts').flatMap((path) =>
    (readFileSync(path, 'utf8').match(/[a-z][a-z_]{1,}/g) ?? []).map((name) => ({ place: path, name })),
  );
}

interface Api {
  readonly paths: Readonly<
    Record<string, Readonly<Record<string, { readonly parameters?: readonly { readonly name: string }[] }>>>
  >;
  readonly components: { readonly schemas: unknown };
}

/** Routes of the API, the names of their parameters, and the fields of what they take and give. */
export function namesOfApi(): readonly NamedThing[] {
  const { paths, components } = JSON.parse(readFileSync('docs/openapi.json', 'utf8')) as Api;
  const parameters = Object.values(paths).flatMap((methods) =>
    Object.values(methods).flatMap(({ parameters: own = [] }) => own.map(({ name }) => name)),
  );
  const names = [
    ...Object.keys(paths).flatMap((path) => path.split('/')),
    ...parameters,
    ...propertiesIn(components.schemas),
    ...propertiesIn(paths),
  ];
  return names.map((name) => ({ place: 'docs/openapi.json', name }));
}

/** Names of schemas' fields, however deep they stand. */
function propertiesIn(value: unknown): readonly string[] {
  if (Array.isArray(value)) return value.flatMap(propertiesIn);
  if (!isObject(value)) return [];
  return Object.entries(value).flatMap(([key, inner]) => [
    ...(key === 'properties' && isObject(inner) ? Object.keys(inner) : []),
    ...propertiesIn(inner),
  ]);
}

/** Addresses of the pages, and the folders of what they show. */
export function namesOfPages(): readonly NamedThing[] {
  const routes = filesBelow('apps/web/src/app', '.tsx', '.ts').flatMap((path) =>
    all(readFileSync(path, 'utf8'), /path(?:=|: )["'`{]+([^"'`}]+)/g).flatMap((route) =>
      route.split('/').map((name) => ({ place: path, name })),
    ),
  );
  const features = readdirSync('apps/web/src/features').map((name) => ({ place: 'apps/web/src/features', name }));
  return [...routes, ...features];
}
