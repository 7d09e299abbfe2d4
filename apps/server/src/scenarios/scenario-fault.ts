/** A step that cannot be done as written: a fault of the scenario or of what it describes, not a refusal. */
export class ScenarioFault extends Error {
  override readonly name = 'ScenarioFault';
}
