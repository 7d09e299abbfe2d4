declare module 'saxen' {
  type Position = () => { readonly line: number; readonly column: number };
  export class Parser {
    on(event: 'openTag', callback: (name: string, attributes: () => Record<string, string>) => void): this;
    on(event: 'closeTag', callback: (name: string) => void): this;
    on(event: 'attention', callback: (text: string, decode: unknown, position: Position) => void): this;
    on(event: 'error', callback: (error: Error, position: Position) => void): this;
    parse(xml: string): void;
    stop(): void;
  }
}

declare module 'bpmn-moddle' {
  export class BpmnModdle {
    constructor(packages: Readonly<Record<string, unknown>>);
    fromXML(xml: string, options?: Readonly<Record<string, unknown>>): Promise<unknown>;
    toXML(root: unknown): Promise<{ readonly xml: string }>;
    create(type: string, properties: Readonly<Record<string, unknown>>): unknown;
  }
}
