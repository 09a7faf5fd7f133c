import type { BackfillReport, ColumnReport, TableReport } from '../../../services/coordinator/backfill/report.ts';
import type { BackfillView } from '../flow/backfill-view.ts';
import { dependentsText, percent, scopeText } from './backfill-lines.ts';
import { html, page, raw, type Html } from './html.ts';
import { grouped, groupedDecimal, plural } from './numbers.ts';

/** A backfill's comparison as a page that stands alone: no script, no style and no picture from elsewhere. */
export const backfillHtml = (view: BackfillView, report: BackfillReport): string =>
  page(
    `Backfill ${view.id} of ${view.pipeline}`,
    STYLE,
    html` <header>
        <h1>Backfill of ${view.pipeline} <small>${view.id}</small></h1>
        <p class="status ${raw(view.status.replaceAll(' ', '-'))}">${view.status}</p>
        <p>${scopeText(view)}</p>
        ${view.reason === undefined ? '' : html`<p class="reason">${view.reason}</p>`}
      </header>
      ${
        view.open.length === 0
          ? html`<p class="good">Identical, or differing only as it was announced.</p>`
          : html`<section class="open">
              <h2>Not announced</h2>
              <ul>
                ${view.open.map((it) => html`<li>${it}</li>`)}
              </ul>
              ${
                view.status === 'waits for approval'
                  ? html`<p>
                      Next: <code>firn backfill approve ${view.id}</code> or
                      <code>firn backfill cancel ${view.id}</code>
                    </p>`
                  : ''
              }
            </section>`
      }
      ${report.tables.map(tableSection)}
      <section>
        <h2>What happened</h2>
        <table>
          <thead>
            <tr>
              <th>time (UTC)</th>
              <th>what</th>
            </tr>
          </thead>
          <tbody>
            ${view.moments.map(
              ({ at, what }) =>
                html`<tr>
                  <td class="time">${at.slice(0, 19).replace('T', ' ')}</td>
                  <td>${what}</td>
                </tr>`,
            )}
          </tbody>
        </table>
      </section>`,
  );

const tableSection = (table: TableReport): Html =>
  html` <section>
    <h2>${table.live}</h2>
    <dl>
      ${figure('rows live', grouped(table.rows.live))}${figure('rows rebuilt', grouped(table.rows.rebuilt))}
      ${figure('added', grouped(table.added), table.added > 0)}${figure('removed', grouped(table.removed), table.removed > 0)}
      ${figure('changed', grouped(table.changed), table.changed > 0)}
      ${figure('keys shared, live / rebuilt', `${table.duplicateKeys.live} / ${table.duplicateKeys.rebuilt}`)}
      ${figure('without key, live / rebuilt', `${table.withoutKey.live} / ${table.withoutKey.rebuilt}`)}
    </dl>
    ${table.isLive ? '' : html`<p>There is no live table yet: publishing creates it.</p>`}
    ${table.identical ? html`<p class="good">Identical: the same rows, by one hash over all columns.</p>` : ''}
    ${differing(table).length === 0 ? '' : columnTable(differing(table))}
    <details>
      <summary>${equalText(table)}</summary>
      ${columnTable(table.columns.filter(isEqual))}
    </details>
    ${table.samples.length === 0 ? '' : samples(table)}
    <p class="note">Hangs on it: ${dependentsText(table)}.</p>
    ${DEPENDENTS.map((kind) =>
      table.dependents[kind].length === 0
        ? ''
        : html`<details>
            <summary>${kind} (${String(table.dependents[kind].length)})</summary>
            <ul>
              ${table.dependents[kind].map((it) => html`<li>${it}</li>`)}
            </ul>
          </details>`,
    )}
  </section>`;

const DEPENDENTS = ['streams', 'grants', 'views', 'policies'] as const;

const figure = (name: string, value: string, isNotable = false): Html =>
  html`<div${isNotable ? raw(' class="notable"') : ''}><dt>${name}</dt><dd>${value}</dd></div>`;

const differing = ({ columns }: TableReport): readonly ColumnReport[] =>
  columns.filter((it) => !isEqual(it)).toSorted((a, b) => b.changed - a.changed);

// Rows that only one side has show in the sums.
const isEqual = ({ changed, sums }: ColumnReport): boolean => changed === 0 && sums?.live === sums?.rebuilt;

const equalText = ({ columns, matched }: TableReport): string => {
  const equal = columns.filter(isEqual).length;
  return `${plural(equal, 'column')} equal in all ${plural(matched, 'row')} that both sides have`;
};

const columnTable = (columns: readonly ColumnReport[]): Html =>
  html`<table>
    <thead>
      <tr>
        <th>column</th>
        <th class="n">changed</th>
        <th>equal</th>
        <th class="n">sum live</th>
        <th class="n">sum rebuilt</th>
        <th class="n">beyond tolerance</th>
      </tr>
    </thead>
    <tbody>
      ${columns.map(columnRow)}
    </tbody>
  </table>`;

const columnRow = ({ column, changed, matchRate, sums, exceeding }: ColumnReport): Html =>
  html`
<tr${changed > 0 ? raw(' class="notable"') : ''}>
  <td>${column}</td><td class="n">${grouped(changed)}</td>
  <td><meter min="0" max="1" value="${String(matchRate)}"></meter> ${percent(matchRate)}</td>
  <td class="n">${groupedDecimal(sums?.live ?? '')}</td><td class="n">${groupedDecimal(sums?.rebuilt ?? '')}</td><td class="n">${exceeding === undefined ? '' : grouped(exceeding)}</td>
</tr>`;

const samples = (table: TableReport): Html =>
  html` <h3>Samples</h3>
    <table>
      <thead>
        <tr>
          <th>kind</th>
          <th>${table.key.join(' / ')}</th>
          <th>live, then rebuilt</th>
        </tr>
      </thead>
      <tbody>
        ${table.samples.map(
          (it) =>
            html`<tr>
              <td>${it.kind}</td>
              <td>${it.key.map((part) => part ?? 'NULL').join(' / ')}</td>
              <td>
                ${it.changes.map(
                  (change) =>
                    html`<div>
                      <b>${change.column}</b> <del>${change.live ?? 'NULL'}</del> <ins>${change.rebuilt ?? 'NULL'}</ins>
                    </div>`,
                )}
              </td>
            </tr>`,
        )}
      </tbody>
    </table>`;

const STYLE = `
:root { color-scheme: light dark; --line: #8884; --good: #2a7d46; --bad: #b4521a; }
body { font: 15px/1.5 system-ui, sans-serif; max-width: 72rem; margin: 2rem auto; padding: 0 1rem; }
h1 { margin: 0; font-size: 1.5rem } h1 small { font: 0.9rem ui-monospace, monospace; opacity: .7 }
h2 { font-size: 1.1rem; margin: 2rem 0 .5rem; border-bottom: 1px solid var(--line) } h3 { font-size: 1rem }
table { border-collapse: collapse; width: 100%; font-size: .9rem } th, td { text-align: left; padding: .25rem .6rem; border-bottom: 1px solid var(--line); vertical-align: top; overflow-wrap: anywhere }
.n { text-align: right; font-variant-numeric: tabular-nums } .time { white-space: nowrap; font-variant-numeric: tabular-nums }
dl { display: flex; flex-wrap: wrap; gap: 1.5rem; margin: .5rem 0 1rem } dt { font-size: .8rem; opacity: .7 } dd { margin: 0; font-size: 1.2rem; font-variant-numeric: tabular-nums }
.notable dd, tr.notable td:first-child { color: var(--bad); font-weight: 600 } meter { width: 6rem; vertical-align: middle }
.status { display: inline-block; padding: .1rem .7rem; border-radius: 1rem; border: 1px solid currentColor; margin: .5rem 0 }
.published, .good { color: var(--good) } .waits-for-approval, .barred, .failed, .refused, .open h2, .reason { color: var(--bad) }
del { color: var(--bad) } ins { color: var(--good); text-decoration: none } .note { font-size: .85rem; opacity: .8 } details { font-size: .85rem }
`;
