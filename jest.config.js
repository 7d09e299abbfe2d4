/** Unit, law, contract and API specs. Types are checked by `npm run check`, so each file is transpiled alone here. */
const lib = (name) => [`^#${name}$`, `<rootDir>/libs/${name}/src/index.ts`];
const libs = [
  'bpmn',
  'feel',
  'dmn',
  'engine',
  'forms',
  'documents',
  'calendar',
  'configuration',
  'runtime',
  'persistence',
  'vault',
  'testing',
];

export default {
  // Configurations of one name share what they have compiled.
  id: 'changtong',
  testEnvironment: 'node',
  testSequencer: '<rootDir>/test/support/longest-first.mjs',
  roots: ['<rootDir>/apps', '<rootDir>/libs', '<rootDir>/test'],
  testMatch: ['**/*.spec.ts'],
  extensionsToTreatAsEsm: ['.ts'],
  moduleNameMapper: { ...Object.fromEntries(libs.map(lib)), '^(\\.{1,2}/.*)\\.js$': '$1' },
  transform: {
    '^.+\\.ts$': ['ts-jest', { useESM: true, tsconfig: { ...ts(), isolatedModules: true }, diagnostics: false }],
  },
  testTimeout: 120_000,
  // Modules of each file stay in the memory of its worker; beyond this a new worker takes over.
  workerIdleMemoryLimit: '1500MB',
};

function ts() {
  return {
    target: 'es2023',
    module: 'esnext',
    moduleResolution: 'bundler',
    experimentalDecorators: true,
    emitDecoratorMetadata: true,
    esModuleInterop: true,
    sourceMap: true,
    strict: true,
  };
}
