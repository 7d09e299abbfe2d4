import { readFileSync } from 'node:fs';
import { describe, expect, it } from '@jest/globals';
import type { FormFile, TextWarning } from '#forms';
import { warningsFor } from './text-warnings.js';

const { schema } = JSON.parse(readFileSync('forms/F15-start.form.json', 'utf8')) as FormFile;
const warnings = schema.properties?.['supervisedStep']?.['x-warns'] as readonly TextWarning[];

describe('warningsFor', () => {
  it.each(['电话13800000000', '证件110101199003070000', '张某的工资', '姓名见附件', '家住三号楼'])(
    'speaks up at %s',
    (text) => {
      expect(warningsFor(text, warnings)).toHaveLength(1);
    },
  );

  it.each(['宿舍热水时断时续', '2026年3月加班工资没有发，共12800元', '某些巷道照明不足', '', undefined, 3])(
    'is silent at %s',
    (value) => {
      expect(warningsFor(value, warnings)).toEqual([]);
    },
  );
});
