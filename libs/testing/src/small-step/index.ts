export { explain, type Explanation, type Observed } from './explain.js';
export { choiceOf, observeEngine } from './engine-view.js';
export type { Choice } from './choices.js';
