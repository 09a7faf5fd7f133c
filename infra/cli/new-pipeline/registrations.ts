import { Refusal } from '../refusal.ts';
import { codeName, moduleName } from './parts.ts';
import type { Proposal } from './proposal.ts';

/** Files in which owners list their pipelines, and what each becomes once it lists this one, too. */
export const registrations = (p: Proposal, read: (path: string) => string): ReadonlyMap<string, string> => {
  const name = codeName(p.pipeline);
  const { keyPath, datePath } = p;
  const listed: readonly (readonly [path: string, entry: string, imports?: string])[] = [
    ['services/extract/pipelines/registry.ts', name, `import { ${name} } from './${moduleName(p.pipeline)}.ts';`],
    [
      'services/transform/pipelines/registry.ts',
      `{ pipeline: '${p.pipeline}', key: '${p.key}', rules: rulesOf('${p.pipeline}') }`,
    ],
    ['services/validate/suites/registry.ts', `'${p.pipeline}'`],
    ['services/load/pipelines/registry.ts', name, `import { ${name} } from './${moduleName(p.pipeline)}.ts';`],
    [
      'services/coordinator/pipelines/registry.ts',
      JSON.stringify({
        pipeline: p.pipeline,
        schema: p.schema,
        key: keyPath,
        date: { document: datePath, column: p.date },
      }),
    ],
  ];
  return new Map(listed.map(([path, entry, imports]) => [path, register(path, read(path), entry, imports)]));
};

const register = (path: string, text: string, entry: string, imports?: string): string => {
  const head = text.indexOf('export const PIPELINES');
  const open = text.indexOf('= [', head);
  const close = text.indexOf('];', open);
  if (head < 0 || open < 0 || close < 0)
    throw new Refusal(`${path} lists no PIPELINES where this command could add one: add ${entry} by hand`);
  const before = text.slice(0, close).trimEnd().replace(/,$/, '');
  const longer = `${before}${before.endsWith('[') ? '' : ', '}${entry}${text.slice(close)}`;
  if (imports === undefined) return longer;
  const lines = longer.split('\n');
  const last = lines.findLastIndex((it) => it.startsWith('import '));
  return lines.toSpliced(last + 1, 0, imports).join('\n');
};
