import type { FieldProps } from '@rjsf/utils';
import { cellOf, filledColumns, type Column } from '../../lib/read-rows.js';
import { CaseValue } from '../sealed-value.js';

/** A list that is only read: one row each, as a table; on a phone each row as lines with their names. */
export function ReadRowsField({ formData, uiSchema, fieldPathId }: FieldProps) {
  const { columns } = (uiSchema ?? {})['ui:options'] as unknown as { columns: Column[] };
  const rows = Array.isArray(formData) ? (formData as Record<string, unknown>[]) : [];
  const shown = filledColumns(columns, rows);
  if (shown.length === 0) return <span className="ct-soft">—</span>;
  return (
    <table className="ct-rows" aria-labelledby={`${fieldPathId.$id}__label`}>
      <thead>
        <tr>
          {shown.map(({ name, title }) => (
            <th key={name} scope="col">
              {title}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {rows.map((row, index) => (
          <tr key={index}>
            {shown.map((column) => (
              <td key={column.name} data-label={column.title}>
                <CaseValue value={cellOf(column, row)} label={column.title} />
              </td>
            ))}
          </tr>
        ))}
      </tbody>
    </table>
  );
}
