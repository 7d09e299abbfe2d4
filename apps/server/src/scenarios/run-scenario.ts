import type { INestApplicationContext } from '@nestjs/common';
import type { Scenario, ScenarioExpectation } from '#configuration';
import type { Platform } from '../platform/open-platform.js';
import { asRefusal } from '../problems/problem-document.js';
import type { Refusal } from '../problems/refusal.js';
import { differences } from './scenario-expectations.js';
import { ScenarioFault } from './scenario-fault.js';
import { ScenarioRun } from './scenario-run.js';

/**
 * Runs one scenario on an application that nothing else uses: its clock goes where the scenario says.
 *
 * @returns where the run differs from the scenario, one sentence each with the step; empty when it holds.
 */
export async function runScenario(
  scenario: Scenario,
  on: { readonly app: INestApplicationContext; readonly platform: Platform },
): Promise<readonly string[]> {
  const run = new ScenarioRun(on.app, on.platform);
  const faults: string[] = [];
  const isRefusalOfStart = (scenario.steps ?? []).length === 0;
  if (
    !(await done(() => run.start(scenario), {
      expected: isRefusalOfStart ? scenario.expect : undefined,
      place: 'start',
      faults,
    }))
  )
    return faults;
  for (const [index, step] of (scenario.steps ?? []).entries()) {
    const place = `step ${index + 1} (${step.do} ${step.element ?? step.message ?? step.by ?? step.to ?? ''})`;
    if (!(await done(() => run.step(step), { expected: step.expect, place, faults }))) return faults;
    faults.push(...(await differences(run, step.expect ?? {})).map((fault) => `${place}: ${fault}`));
    if (faults.length > 0) return faults;
  }
  if (scenario.expect && (isRefusalOfStart ? scenario.expect.refused === undefined : true)) {
    faults.push(...(await differences(run, scenario.expect)).map((fault) => `at the end: ${fault}`));
  }
  return faults;
}

interface Attempt {
  readonly expected: ScenarioExpectation | undefined;
  readonly place: string;
  /** Takes what went wrong. */
  readonly faults: string[];
}

/** True where the act went as expected: done, or refused just so. */
async function done(act: () => Promise<void>, { expected, place, faults }: Attempt): Promise<boolean> {
  const refused = expected?.refused;
  try {
    await act();
    if (refused) faults.push(`${place}: Expected a refusal with status ${refused.status} but it was done.`);
  } catch (error) {
    if (error instanceof ScenarioFault) faults.push(`${place}: ${error.message}`);
    else {
      const refusal = asRefusal(error);
      if (!refusal) throw error;
      faults.push(...refusalFaults(refusal, refused).map((fault) => `${place}: ${fault}`));
    }
  }
  return faults.length === 0;
}

function refusalFaults(refusal: Refusal, expected: ScenarioExpectation['refused']): readonly string[] {
  const fields = (refusal.details.fields ?? []).map(({ path, message }) => `${path} ${message}`).join('; ');
  const found = `${refusal.status} ${refusal.code}: ${refusal.message} ${fields}`;
  if (!expected) return [`Expected it to be done but it was refused with ${found}`];
  const isSo = refusal.status === expected.status && (expected.code === undefined || expected.code === refusal.code);
  return isSo
    ? []
    : [`Expected a refusal with ${expected.status} ${expected.code ?? ''} but it was refused with ${found}`];
}
