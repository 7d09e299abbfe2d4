import type { StudioFile } from './api.js';
import { withNewFiles } from './use-all-files.js';

const published: StudioFile = { path: 'forms/F01.form.json', kind: 'form', title: '登记', size: 2, problems: 0 };
const created = { kind: 'form', title: '新表单' } as const;

describe('the files of the tree', () => {
  it('hold what stands in the drafts alone', () => {
    const path = 'forms/form1.form.json';

    const files = withNewFiles([published], { [path]: { path, content: '{}', baseHash: null, created } });

    expect(files).toEqual([published, { path, ...created, size: 0, problems: 0, isNew: true }]);
  });

  it('hold a published file once, changed or about to be removed', () => {
    const { path } = published;

    expect(withNewFiles([published], { [path]: { path, content: '{}', baseHash: 'h1' } })).toEqual([published]);
    expect(withNewFiles([published], { [path]: { path, content: null, baseHash: 'h1' } })).toEqual([published]);
  });

  it('do not hold what somebody else has removed and is removed here too', () => {
    const path = 'forms/gone.form.json';

    expect(withNewFiles([published], { [path]: { path, content: null, baseHash: 'h1' } })).toEqual([published]);
  });
});
