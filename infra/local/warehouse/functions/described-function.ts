import { shortType } from '../scripting/commands/create-procedure.ts';
import type { FunctionDetails, FunctionObject } from './function-object.ts';

/** What DESCRIBE tells of a function; of a secure one only its owner sees all. */
export const describedFunction = ({ details }: FunctionObject, isOwner: boolean): (readonly (string | null)[])[] => {
  const { parameters, secure, text, remote, language } = details;
  const signature = parameters.map(({ name, type }) => `${name} ${shortType(type)}`).join(', ');
  const rows: (readonly (string | null)[])[] = [
    ['signature', `(${signature})`],
    ['returns', returnsText(details)],
    ['language', remote === undefined ? (language ?? 'SQL') : 'EXTERNAL'],
  ];
  const hidden = secure && !isOwner;
  if (language !== undefined) rows.push(...behaviour(details));
  if (remote === undefined) return hidden ? rows : [...rows, ['body', text]];
  return [
    ...rows,
    ...behaviour(details),
    ...(hidden ? [] : [['body', remote.url] as const]),
    ...(hidden ? [] : [['headers', JSON.stringify(remote.headers)] as const]),
    ...(hidden ? [] : [['context_headers', JSON.stringify(remote.contextHeaders)] as const]),
    ['max_batch_rows', remote.maxBatchRows === undefined ? 'not set' : String(remote.maxBatchRows)],
    ['compression', remote.compression],
    ['api_integration', remote.integration],
  ];
};

const behaviour = ({ strict, immutable }: FunctionDetails): (readonly string[])[] => [
  ['null handling', strict ? 'RETURNS NULL ON NULL INPUT' : 'CALLED ON NULL INPUT'],
  ['volatility', immutable ? 'IMMUTABLE' : 'VOLATILE'],
];

/** A function's result, as SHOW and DESCRIBE write it. */
export const returnsText = ({ returns, table }: FunctionDetails): string =>
  table === undefined
    ? shortType(returns)
    : `TABLE (${table.map(({ name, ...type }) => `${name} ${shortType(type)}`).join(', ')})`;
