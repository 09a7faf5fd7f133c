import { aboutOf, passRate, seenOf, type ExpectationResult, type Found } from './read.ts';

/** A validation with those before it. */
export interface Section {
  readonly found: Found;
  /** The oldest first; the last of them is `found`. */
  readonly trend: readonly Found[];
}

const STYLE = `
  :root { color-scheme: light dark; --good: #2f8f5b; --bad: #c8432f; --warn: #b7791f; --rail: #8883; --dim: #888; }
  body { font: 15px/1.45 system-ui, sans-serif; margin: 2rem auto; max-width: 68rem; padding: 0 1rem; }
  h1 { font-size: 1.5rem; } h2 { font-size: 1.15rem; margin-top: 2.2rem; }
  table { border-collapse: collapse; table-layout: fixed; width: 100%; } th:nth-child(1) { width: 34%; } th:nth-child(4) { width: 6rem; } th { text-align: left; font-weight: 600; color: var(--dim); }
  th, td { padding: .35rem .6rem .35rem 0; border-bottom: 1px solid var(--rail); vertical-align: middle; }
  code { font-size: .85rem; overflow-wrap: anywhere; } .about { color: var(--dim); display: block; }
  td.seen { font-size: .85rem; overflow-wrap: anywhere; max-width: 18rem; } .num { white-space: nowrap; }
  .good { color: var(--good); } .bad { color: var(--bad); } .warn { color: var(--warn); } svg { vertical-align: middle; }`;

/** One page that needs nothing from elsewhere: bars of good rows by expectation, and how they went over the last batches. */
export const validationHtml = (
  pipeline: string,
  batchId: string,
  sections: readonly Section[],
): string => `<!doctype html>
<html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width">
<title>${escaped(`Validation of ${batchId}`)}</title><style>${STYLE}
</style></head><body>
<h1>Batch ${escaped(batchId)} of ${escaped(pipeline)}</h1>
${sections.map(sectionHtml).join('\n')}
</body></html>
`;

const sectionHtml = ({ found, trend }: Section): string => {
  const { statistics, suite_name: suite } = found.result;
  const met = `${statistics.successful_expectations} of ${statistics.evaluated_expectations}`;
  return `<h2>${escaped(found.stage)} rows: <span class="${found.outcome === 'failed' ? 'bad' : found.outcome === 'held' ? 'warn' : 'good'}">${escaped(found.outcome)}</span></h2>
<p>Suite ${escaped(suite)}, attempt ${found.attempt}, ${escaped(found.validatedAt)} UTC: ${met} expectations are met.</p>
<table><thead><tr><th>expectation</th><th>good</th><th>seen</th><th>not met</th><th>last batches</th></tr></thead><tbody>
${found.result.results.map((it, index) => rowHtml(it, index, trend)).join('\n')}
</tbody></table>`;
};

const rowHtml = (it: ExpectationResult, index: number, trend: readonly Found[]): string => {
  const { type, meta } = it.expectation_config;
  const before = trend.flatMap(({ result }) => sameIn(result.results, it, index) ?? []);
  return `<tr><td><code>${escaped(type)}</code><span class="about">${escaped(aboutOf(it))}</span></td>
<td class="num">${bar(passRate(it), it.success)} ${percent(passRate(it))}</td>
<td class="seen">${escaped(seenOf(it))}</td>
<td class="${it.success ? 'good' : meta.severity === 'warn' ? 'warn' : 'bad'}">${it.success ? 'met' : escaped(meta.severity)}</td>
<td>${line(before)}</td></tr>`;
};

// The same expectation of an earlier suite: by its place if it is still the same, else by what it says.
const sameIn = (
  results: readonly ExpectationResult[],
  it: ExpectationResult,
  index: number,
): ExpectationResult | undefined => {
  const said = ({ expectation_config: { type, kwargs } }: ExpectationResult): string => JSON.stringify([type, kwargs]);
  return [results[index], ...results].find((other) => other && said(other) === said(it));
};

/** 99.96 is not 100: what is rounded never looks whole. */
const percent = (rate: number): string =>
  `${(rate === 100 ? 100 : Math.min(Math.floor(rate * 10) / 10, 99.9)).toFixed(rate === 100 ? 0 : 1)}%`;

const bar = (rate: number, isMet: boolean): string =>
  `<svg width="120" height="12" role="img" aria-label="${percent(rate)}"><rect width="120" height="12" rx="2" fill="var(--rail)"/><rect width="${((rate / 100) * 120).toFixed(1)}" height="12" rx="2" fill="var(--${isMet ? 'good' : 'bad'})"/></svg>`;

/** How it went, the oldest first: as high as the share of good rows, in red where that was not enough. */
const line = (before: readonly ExpectationResult[]): string => {
  const rates = before.map(passRate);
  const step = 110 / Math.max(rates.length - 1, 1);
  const points = rates.map((rate, index) => [5 + index * step, 21 - (rate / 100) * 18] as const);
  const path = points.map(([x, y]) => `${x.toFixed(1)},${y.toFixed(1)}`).join(' ');
  const dots = points.map(
    ([x, y], index) =>
      `<circle cx="${x.toFixed(1)}" cy="${y.toFixed(1)}" r="2.2" fill="var(--${before[index]!.success ? 'good' : 'bad'})"/>`,
  );
  return `<svg width="120" height="24" role="img" aria-label="${rates.map(percent).join(', ')}"><polyline points="${path}" fill="none" stroke="var(--dim)"/>${dots.join('')}</svg>`;
};

const ENTITIES: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};
const escaped = (text: string): string => text.replace(/[&<>"']/g, (it) => ENTITIES[it]!);
