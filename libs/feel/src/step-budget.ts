/** Steps that one evaluation may take, or several that share them. Mutable. */
export class StepBudget {
  #spent = 0;

  constructor(readonly max: number) {}

  get spent(): number {
    return this.#spent;
  }

  /** Takes steps; false when there are not as many left. */
  take(steps: number): boolean {
    this.#spent += steps;
    return this.#spent <= this.max;
  }
}
