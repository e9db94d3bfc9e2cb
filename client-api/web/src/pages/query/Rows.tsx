import type { QueryReading } from '../../api/contract';
import { serviceName } from '../../city/catalogue';
import { numberOf, officeName, officialPlace, pageOf } from '../../city/names';
import { decimal, moment as written, none, share } from '../../i18n/format';
import { words } from '../../i18n/words';
import { attributesOf, wordOf } from '../../parts/query/knowledge';
import { attributeName } from '../../parts/query/attributes';
import { t } from './texts';

const hasPage = ['case', 'desk', 'commune', 'department', 'sensor'];

/** The answer as a table. A single count beside its group is drawn as a bar, too. */
export function Rows({ answer, at }: { answer: QueryReading; at: string | null }) {
  const top = Math.max(1, ...answer.items.map((row) => Number(row['count'] ?? 0)));
  const isNumber = (column: string) => answer.items.some((row) => typeof row[column] === 'number');
  const digits = (column: string) => (answer.items.some((row) => typeof row[column] === 'number' && !Number.isInteger(row[column])) ? 2 : 0);
  return (
    <div class="table-scroll">
      <table class="list">
        <thead><tr>{answer.columns.map((c) => <th key={c} scope="col" class={isNumber(c) ? 'num' : ''} title={titleOf(answer.type, c)}>{nameOf(answer.type, c)}</th>)}</tr></thead>
        <tbody>
          {answer.items.map((row, i) => (
            <tr key={typeof row['id'] === 'string' ? row['id'] : i}>
              {answer.columns.map((c) => (
                <td key={c} class={isNumber(c) ? 'num' : ''}>
                  <Cell column={c} value={row[c]} digits={digits(c)} at={at} />
                  {c === 'count' && <span class="count-bar" aria-hidden="true"><span style={{ width: `${(100 * Number(row[c] ?? 0)) / top}%` }} /></span>}
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

function nameOf(type: string, column: string): string {
  const [, fn, attribute] = /^(\w+)\(([\w.]+)\)$/.exec(column) ?? [];
  const name = fn && attribute ? t().figure(fn, attributeName(attribute, type) ?? attribute) : attributeName(column, type) ?? t().figure(column, '');
  return name.charAt(0).toUpperCase() + name.slice(1);
}

function titleOf(type: string, column: string): string | undefined {
  return attributesOf(type).find((a) => a.name === column)?.description;
}

function Cell({ column, value, digits, at }: { column: string; value: unknown; digits: number; at: string | null }) {
  if (value === undefined || value === null) {
    return <span class="soft">{none}</span>;
  }
  if (typeof value === 'number') {
    return <>{/share/i.test(column) ? share(value) : decimal(value, digits)}</>;
  }
  if (typeof value === 'boolean') {
    return <>{value ? t().yes : t().no}</>;
  }
  const text = String(value);
  const kind = /^([a-z]+)\/[\w-]+$/.exec(text)?.[1];
  if (kind) {
    const name = kind === 'commune' || kind === 'department' ? officeName(text) : kind === 'official' ? words().officialOf(officialPlace(text)) : kind === 'desk' ? words().deskOf(numberOf(text)) : numberOf(text);
    return hasPage.includes(kind) ? <a href={pageOf(text, at)} class={kind === 'case' || kind === 'sensor' ? 'mono' : ''}>{name}</a> : <span class={kind === 'citizen' ? 'mono' : ''}>{name}</span>;
  }
  if (/^\d{4}-\d\d-\d\dT/.test(text)) {
    return <>{written(text, 'short')}</>;
  }
  return <>{column === 'service' ? serviceName(text) : wordOf(text)}</>;
}
