// Examples made from schemas.

const deepest = 14;

/** Gives an example that fits a schema; `named` are the schemas that it may refer to. */
export function sampler(named) {
  function sampleOf(schema, name = '', depth = 0) {
    if (!schema || depth > deepest) return {};
    if (schema.example !== undefined) return schema.example;
    if (schema.default !== undefined) return schema.default;
    if (schema.$ref) return sampleOf(named[schema.$ref.split('/').at(-1)], name, depth + 1);
    if (schema.nullable && depth > deepest - 2) return null;
    if (schema.allOf) return sampleOf(schema.allOf[0], name, depth);
    const alternatives = schema.anyOf ?? schema.oneOf;
    if (alternatives) return sampleOf(alternatives[0], name, depth);
    if (schema.enum) return schema.enum[0];
    if (schema.type === 'array')
      return depth >= deepest - 1 ? [] : [sampleOf(schema.items, name, depth + 1)].slice(0, schema.maxItems ?? 1);
    if (schema.type === 'boolean') return true;
    if (schema.type === 'number' || schema.type === 'integer') return Math.max(1, schema.minimum ?? 1);
    if (schema.type === 'string') return textFor(schema, name);
    return objectFor(schema, depth);
  }

  function objectFor(schema, depth) {
    const needed = new Set(schema.required ?? []);
    const entries = Object.entries(schema.properties ?? {}).filter(([key]) => depth < 3 || needed.has(key));
    return Object.fromEntries(entries.map(([key, member]) => [key, sampleOf(member, key, depth + 1)]));
  }

  return sampleOf;
}

function textFor({ format, pattern, minLength }, name) {
  if (format === 'binary') return '(content)';
  if (format === 'uuid' || name === 'attachmentId') return '3f0c2a1e-7d58-4b0e-9a3c-2f1d6c5b4a39';
  if (format === 'date-time' || /(At|Date|Time|until|since)$/.test(name) || name === 'at')
    return '2026-11-26T08:00:00.000Z';
  if (/Key$|^key$|^cursor$/.test(name) || pattern?.includes('\\d')) return '2251799813685249';
  if (name === 'caseNo') return 'XF-2026-0001';
  const text = samples[name] ?? name;
  return text.length >= (minLength ?? 0) ? text : text.padEnd(minLength, '.');
}

const samples = {
  tenantId: '<default>',
  name: '办理',
  title: '信件登记',
  reason: '核对事实',
  username: 'demo',
  message: '改一处措辞',
};
