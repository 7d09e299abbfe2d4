import { resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { identityFieldsOf, takesEvidence } from './mark-scenario.js';
import { markOf } from './marks.js';

interface StoryCase {
  readonly ago?: number;
  readonly hours?: number;
  readonly steps?: number;
  readonly repeat?: number;
  readonly left?: boolean | readonly string[];
  readonly values?: Readonly<Record<string, unknown>>;
}
interface Story {
  readonly scenario: {
    readonly start: { readonly form?: string; readonly values?: Readonly<Record<string, unknown>> };
  };
  readonly cases: readonly StoryCase[];
}
interface Player {
  readStories(file?: string): readonly Story[];
  play(
    url: string,
    what: { readonly stories: readonly Story[] },
  ): Promise<{ readonly cases: number; readonly steps: number }>;
}

interface SentFile {
  readonly id: string;
  readonly name: string;
  readonly size: number;
  readonly type: string;
}

/** Files are sent before the stories begin, and what no story takes within an hour is removed. */
const MOST_FILES = 10;

/** Sends a file whose name tells who sent it, as a petitioner does. */
async function sendFile(url: string, person: number): Promise<SentFile> {
  const body = new FormData();
  body.append('file', new Blob([`%PDF-1.7\n${person}\n%%EOF`]), `${markOf('fileName', person)}.pdf`);
  const answer = await fetch(`${url}/api/portal/attachments`, { method: 'POST', body });
  if (answer.status !== 201) throw new Error(`Expected a file to be taken but the answer was ${answer.status}.`);
  return ((await answer.json()) as { readonly attachment: SentFile }).attachment;
}

/** By person: what those send along who come first and whose form takes files; and one that nobody takes. */
async function sendFiles(url: string, forms: readonly (string | undefined)[]): Promise<ReadonlyMap<number, SentFile>> {
  const senders = [...forms.keys()].filter((person) => takesEvidence(forms[person])).slice(0, MOST_FILES);
  await sendFile(url, forms.length);
  return new Map(await Promise.all(senders.map(async (person) => [person, await sendFile(url, person)] as const)));
}

/** Lets so many petitioners, each with marks of their own, go through the stories of the demo, in the order of these. */
export async function playMarked(
  url: string,
  count: number,
): Promise<{ readonly cases: number; readonly marked: number }> {
  const player = (await import(pathToFileURL(resolve('scripts/demo/play.mjs')).href)) as Player;
  // What the demo does not show: the petitioner's own acts, and what follows them.
  const stories = [...player.readStories(), ...player.readStories('test/canaries/stories.json')];
  const named = stories.filter(
    ({ scenario, cases }) =>
      isNamed({ ...scenario.start.values, ...cases[0]?.values }) && marksOf(scenario.start.form, 0),
  );
  const storyOf = (person: number): Story => named[person % named.length]!;
  const forms = Array.from({ length: count }, (_, person) => storyOf(person).scenario.start.form);
  const files = await sendFiles(url, forms);
  const rounds = Array.from({ length: count }, (_, person): Story => {
    const story = storyOf(person);
    const turn = Math.floor(person / named.length);
    const { steps, left, values: own } = story.cases[turn % story.cases.length]!;
    const file = files.get(person);
    const values = { ...own, ...marksOf(story.scenario.start.form, person), ...(file && { evidence: [file] }) };
    return {
      ...story,
      cases: [{ ...(steps === undefined ? {} : { steps }), ...(left && { left }), values, ago: 60 + (person % 90) }],
    };
  });
  const others = stories
    .filter((story) => !named.includes(story))
    .map((story) => ({ ...story, cases: story.cases.slice(0, 1).map((one) => ({ ...one, repeat: 1 })) }));
  const { cases } = await player.play(url, { stories: [...rounds, ...others] });
  return { cases, marked: count };
}

const isNamed = ({ anonymous, anonymousCall }: Readonly<Record<string, unknown>>): boolean =>
  anonymous !== true && anonymousCall !== true;

/** The marks that a form has fields for; undefined where it has none, and where nobody fills a form to begin. */
function marksOf(formId: string | undefined, person: number): Readonly<Record<string, string>> | undefined {
  const fields = formId === undefined ? [] : identityFieldsOf(formId);
  return fields.length === 0 ? undefined : Object.fromEntries(fields.map((field) => [field, markOf(field, person)]));
}
