import { kindOf, scopeOf, type FeelFunction, type FeelScope } from '#feel';
import { resultType } from './boxed.js';
import type { DrgFile, DrgNode, ImportedFile, Requirement } from './drg.js';
import { functionValue, type DecisionRun } from './logic.js';
import { setOwn } from './own-entry.js';
import { argumentOf, conform, conformJson } from './conform.js';
import { child, childrenOf } from './xml-tree.js';

/** One file as it is seen from the file that is evaluated: an imported file may be seen by several ways, each with its own input data. */
interface View {
  readonly file: DrgFile;
  /** Where input data is found. */
  readonly inputs: FeelScope;
  /** What a node sees besides its requirements. */
  readonly free: FeelScope;
  readonly values: Map<DrgNode, unknown>;
  readonly imports: Map<DrgFile, View>;
}

interface Pending {
  readonly node: DrgNode;
  readonly view: View;
}

/** Evaluates nodes within one run; each decision once (DMN 1.5, 10.4). */
export class GraphEvaluation {
  private readonly root: View;
  private readonly blind = new Map<DrgFile, View>();

  constructor(
    file: DrgFile,
    private readonly base: FeelScope,
    readonly run: DecisionRun,
    private readonly given: ReadonlyMap<DrgNode, unknown> = new Map(),
  ) {
    this.root = this.viewOf(file, base);
  }

  /** Requirements first, without recursion: a long chain of decisions needs no stack. */
  valueOf(node: DrgNode): unknown {
    const pending: Pending[] = [{ node, view: this.root }];
    for (let next = pending.at(-1); next; next = pending.at(-1)) {
      const missing = this.missing(next);
      pending.push(...missing);
      if (missing.length > 0) continue;
      pending.pop();
      if (!this.isKnown(next)) next.view.values.set(next.node, this.evaluate(next));
    }
    return this.known({ node, view: this.root });
  }

  /** The result of a service: the value of its one output decision, else a context by name. */
  serviceResult(service: DrgNode): unknown {
    const outputs = members(service, 'outputDecision');
    const [only] = outputs;
    if (outputs.length === 1 && only) return this.valueOf(only);
    return Object.fromEntries(outputs.map((output) => [output.name, this.valueOf(output)]));
  }

  private isKnown({ node, view }: Pending): boolean {
    return this.given.has(node) || view.values.has(node);
  }

  private known({ node, view }: Pending): unknown {
    return this.given.has(node) ? this.given.get(node) : view.values.get(node);
  }

  /** The members of a service are evaluated when it is called. */
  private missing(pending: Pending): Pending[] {
    if (this.isKnown(pending) || pending.node.kind === 'service') return [];
    return pending.node.requires
      .map((each) => this.through(each, pending.view))
      .filter((required) => !this.isKnown(required));
  }

  private through({ node, through }: Requirement, view: View): Pending {
    if (!through) return { node, view };
    const known = view.imports.get(through.file);
    if (known) return { node, view: known };
    const seen = through.name === '' ? this.viewOf(through.file, view.inputs) : this.below(through, view);
    view.imports.set(through.file, seen);
    return { node, view: seen };
  }

  /** Without input data of its own, an imported file looks the same by whatever way it is seen. */
  private below({ name, file }: ImportedFile, view: View): View {
    const context = view.inputs.get(name);
    if (kindOf(context) === 'context') return this.viewOf(file, scopeOf(context as Record<string, unknown>));
    const blind = this.blind.get(file) ?? this.viewOf(file, scopeOf({}));
    this.blind.set(file, blind);
    return blind;
  }

  private viewOf(file: DrgFile, inputs: FeelScope): View {
    this.run.charge(file.names.size);
    return { file, inputs, free: without(file.names, this.base), values: new Map(), imports: new Map() };
  }

  private evaluate({ node, view }: Pending): unknown {
    if (node.kind === 'input') return conformJson(view.inputs.get(node.name), node.type, this.run, node.name);
    if (node.kind === 'service') return this.service(node, view);
    const value = node.logic.evaluate(this.scopeFor({ node, view }), this.run);
    return node.kind === 'decision' ? conform(value, node.type, this.run, node.name) : this.typed(node, value);
  }

  /** The type of the variable of a knowledge model says what its function gives. */
  private typed(node: DrgNode, value: unknown): unknown {
    const type = resultType(node.type);
    const callable = value as FeelFunction | null;
    if (!callable || Object.keys(type).length === 1) return value;
    const invoke: FeelFunction['invoke'] = (args, context) =>
      conform(callable.invoke(args, context), type, this.run, node.name);
    return { parameters: callable.parameters, invoke };
  }

  private scopeFor({ node, view }: Pending): FeelScope {
    const variables: Record<string, unknown> = {};
    for (const requirement of node.requires) {
      const value = this.known(this.through(requirement, view));
      const { name } = requirement.node;
      if (requirement.through?.name) setOwn(contextIn(variables, requirement.through.name), name, value);
      else setOwn(variables, name, value);
    }
    const self = node.kind === 'knowledge' ? selfOf(node, () => this.known({ node, view })) : {};
    return scopeOf({ ...self, ...variables }, view.free);
  }

  /** A service as a function of its input data and input decisions. It sees nothing but these (DMN 1.5, 6.3.9). */
  private service(service: DrgNode, { file }: View): unknown {
    const parameters = [...members(service, 'inputData'), ...members(service, 'inputDecision')];
    return functionValue(
      parameters.map(({ name }) => name),
      (args) => {
        const given = new Map(
          parameters.map((each, index) => [each, argumentOf(args[index], each.type, this.run, each.name)]),
        );
        const graph = new GraphEvaluation(file, scopeOf({}), this.run, given);
        const value = this.run.enter(() => graph.serviceResult(service));
        return conform(value, resultType(service.type), this.run, service.name);
      },
    );
  }
}

/** Members of a decision service by role, in the order of the file. */
function members(service: DrgNode, role: string): DrgNode[] {
  const hrefs = childrenOf(service.element, role).map((each) => each.attributes['href'] ?? '');
  return hrefs.flatMap((href) =>
    service.requires
      .filter(({ node }) => href.endsWith(`#${node.id}`) || href === node.id)
      .map(({ node }) => node)
      .slice(0, 1),
  );
}

function without(names: ReadonlySet<string>, scope: FeelScope): FeelScope {
  return {
    get: (name) => (names.has(name) ? undefined : scope.get(name)),
    has: (name) => !names.has(name) && scope.has(name),
  };
}

function contextIn(variables: Record<string, unknown>, name: string): object {
  if (!Object.hasOwn(variables, name)) setOwn(variables, name, {});
  return variables[name] as object;
}

/** A business knowledge model may call itself. */
function selfOf(node: DrgNode, value: () => unknown): Record<string, unknown> {
  const parameters = childrenOf(child(node.element, 'encapsulatedLogic'), 'formalParameter').map(
    (each) => each.attributes['name'] ?? '',
  );
  const call = (args: readonly unknown[]): unknown =>
    (value() as ReturnType<typeof functionValue>).invoke(args, { now: 0, timeZone: 'UTC' });
  return { [node.name]: functionValue(parameters, call) };
}
