import { annotationsToDescriptions, descriptionsToAnnotations, type Definitions, type Rule } from './annotations.js';

const rule = (part: object): Rule => ({ $model: { create: ($type) => ({ $type }) }, ...part });
const table = (rules: Rule[], annotation: unknown[] = [{ name: '依据' }]): Definitions => ({
  drgElement: [{ decisionLogic: { annotation, rule: rules } }],
});

describe('annotations of rules', () => {
  it('are shown where the editor shows descriptions', () => {
    const annotated = rule({ annotationEntry: [{ $type: 'dmn:RuleAnnotation', text: '条例 30' }] });

    annotationsToDescriptions(table([annotated]));

    expect(annotated.description).toBe('条例 30');
  });

  it('are written back to their own place', () => {
    const edited = rule({
      description: '条例 31',
      annotationEntry: [{ $type: 'dmn:RuleAnnotation', text: '条例 30' }],
    });

    descriptionsToAnnotations(table([edited]));

    expect(edited.annotationEntry).toMatchObject([{ text: '条例 31' }]);
    expect(edited).not.toHaveProperty('description');
  });

  it('are made for a new row', () => {
    const added = rule({ description: '新规定' });

    descriptionsToAnnotations(table([added]));

    expect(added.annotationEntry).toMatchObject([{ $type: 'dmn:RuleAnnotation', text: '新规定' }]);
  });

  it('leave a table without an annotation column alone', () => {
    const plain = rule({ description: '说明' });

    descriptionsToAnnotations(table([plain], []));

    expect(plain.description).toBe('说明');
  });
});
