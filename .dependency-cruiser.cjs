/** Import rules: arrows of the README's map point one way, no cycles, a library is entered through its index.ts. */
const libs = (...names) => `^libs/(${names.join('|')})/`;

/** Which libraries a library may import (besides itself). */
const arrows = {
  feel: [],
  calendar: ['feel'],
  bpmn: ['feel', 'calendar'],
  dmn: ['feel', 'bpmn'],
  engine: ['bpmn', 'feel', 'dmn', 'calendar'],
  forms: ['feel', 'bpmn', 'calendar'],
  documents: ['bpmn'],
  vault: [],
  configuration: ['bpmn', 'feel', 'dmn', 'forms', 'documents', 'calendar'],
  runtime: ['engine', 'bpmn', 'feel', 'dmn', 'calendar'],
  persistence: ['runtime', 'engine', 'bpmn', 'vault'],
};

const onlyItsArrows = Object.entries(arrows).map(([name, allowed]) => ({
  name: `${name}-imports-only-${allowed.join('-') || 'itself'}`,
  severity: 'error',
  comment: `libs/${name} may import: ${allowed.join(', ') || 'no other library'} (see the map of the rooms).`,
  from: { path: libs(name), pathNot: '\\.spec\\.ts$' },
  to: { path: '^(libs|apps)/', pathNot: libs(name, ...allowed) },
}));

const pure = ['feel', 'dmn', 'bpmn', 'engine', 'forms', 'calendar', 'documents'];

module.exports = {
  forbidden: [
    {
      name: 'no-cycles',
      severity: 'error',
      comment:
        'A cycle makes two rooms one. A grammar is recursive, so the parts of a parser and of its compiler are not.',
      from: { pathNot: '^libs/feel/src/(parser|compile)/' },
      to: { circular: true, viaOnly: { dependencyTypesNot: ['type-only'] } },
    },
    ...onlyItsArrows,
    {
      name: 'through-the-door',
      severity: 'error',
      comment: 'A library is imported through its index.ts.',
      from: { path: '^(apps|libs)/([^/]+)/' },
      // The moddle of the modeler takes this alone: the door leads to the whole parser.
      to: { path: '^libs/([^/]+)/src/(?!index\\.ts)', pathNot: ['^libs/$2/', '^libs/bpmn/src/whole-standard\\.ts$'] },
    },
    {
      name: 'web-imports-forms-and-feel',
      severity: 'error',
      comment: 'The web app talks to the server over HTTP only.',
      from: { path: '^apps/web/' },
      to: { path: '^(libs|apps)/', pathNot: ['^apps/web/', libs('forms', 'feel', 'bpmn', 'calendar')] },
    },
    {
      name: 'nobody-imports-the-server',
      severity: 'error',
      comment: 'Applications are ends.',
      from: { path: '^libs/' },
      to: { path: '^apps/' },
    },
    {
      name: 'typeorm-in-persistence',
      severity: 'error',
      comment: 'The database is known to persistence alone.',
      from: { path: '^(apps|libs)/', pathNot: ['^libs/persistence/'] },
      to: { path: 'node_modules/(typeorm|better-sqlite3|pg)/' },
    },
    {
      name: 'pure-libraries',
      severity: 'error',
      comment: 'These decide and never do: nothing of Node, Nest or a database.',
      from: { path: libs(...pure), pathNot: '\\.spec\\.ts$' },
      to: { dependencyTypes: ['core'] },
    },
    {
      name: 'testing-in-tests-only',
      severity: 'error',
      comment: 'Production code never imports test tools.',
      from: { path: '^(apps|libs)/', pathNot: ['\\.spec\\.ts$', '^libs/testing/'] },
      to: { path: '^libs/testing/' },
    },
    {
      name: 'features-stay-apart',
      severity: 'error',
      comment: 'A feature of the web app never imports another.',
      from: { path: '^apps/web/src/features/([^/]+)/' },
      to: { path: '^apps/web/src/features/([^/]+)/', pathNot: '^apps/web/src/features/$1/' },
    },
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    exclude: { path: '(^|/)(dist|coverage)/' },
    tsPreCompilationDeps: true,
    tsConfig: { fileName: 'tsconfig.json' },
    enhancedResolveOptions: {
      conditionNames: ['changtong-source', 'import', 'node', 'default'],
      exportsFields: ['exports'],
      extensions: ['.ts', '.tsx', '.js', '.mjs', '.json'],
    },
  },
};
