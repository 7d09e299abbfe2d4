/* Libraries that ship no types; described as far as the studio uses them. */
declare module 'bpmn-js-properties-panel' {
  export const BpmnPropertiesPanelModule: import('didi').ModuleDeclaration;
  export const BpmnPropertiesProviderModule: import('didi').ModuleDeclaration;
  export const ZeebePropertiesProviderModule: import('didi').ModuleDeclaration;
}
declare module 'bpmn-js-element-templates' {
  export const CloudElementTemplatesPropertiesProviderModule: import('didi').ModuleDeclaration;
}
declare module 'camunda-bpmn-js-behaviors/lib/camunda-cloud' {
  const behaviors: import('didi').ModuleDeclaration;
  export default behaviors;
}
declare module 'bpmn-js-i18n/translations/zn.js' {
  const words: Record<string, string>;
  export default words;
}
declare module 'bpmn-js-differ' {
  type Changed = { model: { $type: string; id: string; name?: string }; attrs: Record<string, unknown> };
  type Removed = { $type: string; id: string; name?: string };
  export function diff(
    before: unknown,
    after: unknown,
  ): {
    _added: Record<string, Removed>;
    _removed: Record<string, Removed>;
    _changed: Record<string, Changed>;
    _layoutChanged: Record<string, Removed>;
  };
}
declare module 'bpmn-moddle' {
  export class BpmnModdle {
    constructor(packages?: Record<string, unknown>);
    fromXML(
      xml: string,
      options?: Readonly<Record<string, unknown>>,
    ): Promise<{ rootElement: unknown; warnings: unknown[] }>;
  }
}
declare module 'dmn-moddle' {
  export class DmnModdle {
    fromXML(xml: string, typeName: string): Promise<{ rootElement: unknown; warnings: unknown[] }>;
  }
}
declare module 'dmn-js/lib/Modeler' {
  type View = { id: string; type: string; name?: string; element: { id: string; name?: string; $type: string } };
  type Viewer = {
    get<T>(name: string): T;
    on(event: string, listener: (event: unknown) => void): void;
  };
  export default class Modeler {
    constructor(options: Record<string, unknown>);
    importXML(xml: string, options?: { open?: boolean }): Promise<{ warnings: unknown[] }>;
    saveXML(options?: { format?: boolean }): Promise<{ xml: string }>;
    getDefinitions(): unknown;
    getViews(): View[];
    getActiveView(): View | undefined;
    getActiveViewer(): Viewer | undefined;
    open(view: View): Promise<{ warnings: unknown[] }>;
    on(event: string, listener: (event: { views: View[]; activeView?: View }) => void): void;
    destroy(): void;
  }
}
