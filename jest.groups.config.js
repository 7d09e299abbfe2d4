import alone from './jest.config.js';

/** Specs in the groups that `scripts/group-specs.mjs` writes, and those that are in none. */
export default { ...alone, roots: [...alone.roots, '<rootDir>/dist/spec-groups'] };
