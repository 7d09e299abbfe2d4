// What people do in the demo, through the public API: they start a case, complete the task that is theirs, send a message.
import { HOUR, seenFrom } from './moments.mjs';

/** How long a step may wait for the task that it completes. */
const PATIENCE_MS = 15_000;

export async function begun(people, of, start, values) {
  if (start.form === undefined) return startedByEngine(people, of, start, values);
  const { entries, launchers } = people.starts;
  const answer =
    start.as === undefined
      ? await people.anonymous('POST', `/api/portal/entries/${idOf(entries, start)}`, {
          data: values,
          ...(of.pin && { pin: of.pin }),
        })
      : await people.as(start.as, 'POST', `/api/launchers/${idOf(launchers, start)}`, { data: values });
  of.caseNo = answer.caseNo;
  of.code = answer.trackingCode;
  of.instanceKey = answer.processInstanceKey;
}

/** As a schedule or another system starts it. */
async function startedByEngine(people, of, { process, message }, variables) {
  if (message) return people.as('admin', 'POST', '/v2/messages/publication', { name: message, variables });
  const body = { processDefinitionId: process, variables };
  of.instanceKey = (await people.as('admin', 'POST', '/v2/process-instances', body)).processInstanceKey;
}

function idOf(ways, { process, message, form }) {
  const way = ways.find(
    (one) => one.formId === form && (message === undefined ? one.processId === process : one.startMessage === message),
  );
  if (!way) throw new Error(`Expected a way to start ${message ?? process} with form ${form} but found none.`);
  return way.id;
}

export async function done(people, of, { do: what, as: by, element, message, values }) {
  const as = await people.variable(of.instanceKey, by);
  const named = Object.entries(values).map(([name, value]) => [name, value === '@guest' ? of.guest.caseNo : value]);
  const data = await filled(people, of.instanceKey, Object.fromEntries(named));
  if (what === 'message' && as === undefined) return people.visitor(of, { action: people.portalAction(message), data });
  if (what === 'message') {
    const action = people.roomAction(message);
    return people.as(as, 'POST', `/api/instances/${of.instanceKey}/actions/${action}`, { data });
  }
  for (const until = Date.now() + PATIENCE_MS; ;) {
    const task = await openTask(people, { as, element, of });
    try {
      return await people.complete(as, task, data);
    } catch (error) {
      // A timer that fell due on the way here may have put another task in its place.
      if (![404, 409].includes(error.status) || Date.now() > until) throw error;
    }
  }
}

/**
 * Values of a form: `=name` stands for a variable of the instance, `{ each, with }` for the rows of one, each with more of
 * its own, in turn.
 */
export async function filled(people, instanceKey, values, now) {
  const data = {};
  for (const [name, value] of Object.entries(values)) {
    const given = await people.variable(instanceKey, value?.each ?? value);
    data[name] = value?.each ? given.map((row, at) => ({ ...row, ...value.with[at % value.with.length] })) : given;
  }
  return now === undefined ? data : seenFrom(data, now);
}

/** The task comes a moment after the step before it. */
async function openTask(people, { as, element, of }) {
  let open = [];
  for (const until = Date.now() + PATIENCE_MS; Date.now() < until;) {
    const items = await people.tasksOf(as, of.caseNo);
    open = items.filter((item) => Date.parse(item.createdAt) >= of.begunAt - HOUR);
    const fitting = open.filter((item) => item.elementId === element);
    const task = fitting.find((item) => item.processInstanceKey === of.instanceKey) ?? fitting[0];
    if (task) return task.userTaskKey;
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
  const found = open.map((item) => item.elementId).join(', ') || 'none';
  throw new Error(`Expected an open task ${element} of ${of.caseNo ?? of.instanceKey} for ${as} but found ${found}.`);
}
