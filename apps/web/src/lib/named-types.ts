/** Shapes of the JSON that the server's /api speaks. Times are ISO 8601 with offset, keys are decimal strings. */
export type Named = { id: string; name: string };
export type SealedHandle = { $sealed: string };
export type SealedFact = {
  class: string;
  className: string;
  /** It tells who somebody is. */
  identifies: boolean;
  mask: string;
  canReveal: boolean;
  until?: string;
};
export type SealedFacts = Record<string, SealedFact>;
