/** Fields by which a petitioner could be known, each with a text of its own that stands nowhere else. */
export const MARKED_FIELDS = [
  'name',
  'nativePlace',
  'occupation',
  'phone',
  'addressOrUnit',
  'contactHours',
  // Of a file that is sent along, which a field of another name holds.
  'fileName',
] as const;
export type MarkedField = (typeof MARKED_FIELDS)[number];

/** Rare characters, so that a find is never by chance. */
const SIGNS: Readonly<Record<Exclude<MarkedField, 'phone'>, string>> = {
  name: '鹳鹮',
  nativePlace: '鸨鹬',
  occupation: '鹨鸻',
  addressOrUnit: '鹯鹢',
  contactHours: '鹱鸌',
  fileName: '鹣鹣鹈',
};
const PHONE = '1998765';

/** What one petitioner writes into a marked field. */
export const markOf = (field: MarkedField, person: number): string =>
  field === 'phone' ? `${PHONE}${String(person).padStart(4, '0')}` : `${SIGNS[field]}${person}`;

/** The ways in which a text may stand in bytes: UTF-8, UTF-16, escaped in JSON, in an address. */
const written = (sign: string): readonly Buffer[] => [
  Buffer.from(sign, 'utf8'),
  Buffer.from(sign, 'utf16le'),
  Buffer.from([...sign].map((one) => `\\u${one.charCodeAt(0).toString(16)}`).join(''), 'ascii'),
  Buffer.from(encodeURIComponent(sign), 'ascii'),
];
const NEEDLES = Object.entries(SIGNS).map(([field, sign]) => ({ field, forms: written(sign) }));
/** What the forms of all signs begin with, by the way of writing: one look for it is far quicker than one for each. */
const BEGINNINGS = written('').map((_, way) => sharedBeginning(NEEDLES.map(({ forms }) => forms[way] as Buffer)));
/** A key has more digits: only a number that stands alone is a phone. */
const PHONES = [new RegExp(`(?<!\\d)${PHONE}\\d{4}(?!\\d)`), new RegExp([...PHONE].join('\\x00'))];

/** The marked fields of which a text stands in these bytes. */
export function marksIn(bytes: Buffer): readonly string[] {
  const ways = [...BEGINNINGS.keys()].filter((way) => bytes.includes(BEGINNINGS[way] as Buffer));
  const found = NEEDLES.filter(({ forms }) => ways.some((way) => bytes.includes(forms[way] as Buffer)));
  const fields = found.map(({ field }) => field);
  const mayHoldPhone = bytes.includes(PHONE) || bytes.includes(Buffer.from(PHONE, 'utf16le'));
  if (mayHoldPhone && PHONES.some((phone) => phone.test(bytes.toString('latin1')))) return [...fields, 'phone'];
  return fields;
}

function sharedBeginning([first = Buffer.alloc(0), ...others]: readonly Buffer[]): Buffer {
  const differs = first.findIndex((byte, at) => others.some((other) => other[at] !== byte));
  return first.subarray(0, differs);
}
