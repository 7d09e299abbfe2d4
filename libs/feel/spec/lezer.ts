import { parser, trackVariables } from 'lezer-feel';

const tops = { expression: 'Expression', unaryTests: 'UnaryTests' } as const;

/** Whether lezer-feel reads a text without an error node. */
export function lezerAccepts(
  source: string,
  top: keyof typeof tops = 'expression',
  variables: Readonly<Record<string, unknown>> = {},
): boolean {
  const configured = parser.configure({ top: tops[top], contextTracker: trackVariables(variables) });
  let accepted = true;
  configured.parse(source).iterate({
    enter: (node) => {
      accepted &&= !node.type.isError;
    },
  });
  return accepted;
}
