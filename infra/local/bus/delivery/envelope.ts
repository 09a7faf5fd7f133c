import { parseJson } from '../json/parse.ts';
import { printJson } from '../json/print.ts';

/** What an event says beside its detail. */
export interface Envelope {
  readonly id: string;
  readonly detailType: string;
  readonly source: string;
  readonly account: string;
  /** Milliseconds since the epoch; events carry whole seconds. */
  readonly time: number;
  readonly region: string;
  readonly resources: readonly string[];
  /** JSON, taken over as it is: no digit is lost. */
  readonly detail: string;
}

/** The text of an event as its targets get it. */
export const envelope = (event: Envelope): string => {
  const head = {
    version: '0',
    id: event.id,
    'detail-type': event.detailType,
    source: event.source,
    account: event.account,
    time: `${new Date(event.time).toISOString().slice(0, 19)}Z`,
    region: event.region,
    resources: event.resources,
  };
  return `${JSON.stringify(head).slice(0, -1)},"detail":${event.detail}}`;
};

/** The same event, marked as replayed. */
export const replayed = (event: string, replayName: string): string => {
  const node = parseJson(event);
  if (node.kind !== 'object') return event;
  const at = node.members.findIndex(({ key }) => key === 'region') + 1;
  const mark = { key: 'replay-name', value: { kind: 'string' as const, value: replayName, start: 0, end: 0 } };
  return printJson({ ...node, members: node.members.toSpliced(at, 0, mark) });
};
