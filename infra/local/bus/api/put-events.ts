import type { Bus } from '../bus.ts';
import { archiveEvent } from '../delivery/archive.ts';
import { envelope } from '../delivery/envelope.ts';
import { route } from '../delivery/route.ts';
import { invalid } from '../errors.ts';
import { parseJson } from '../json/parse.ts';
import { printJson } from '../json/print.ts';
import { objects, optionalText, optionalTexts } from './input.ts';
import type { Input } from './input.ts';
import { busExists, busNameOf } from './names.ts';

const MAX_ENTRIES = 10;
const MAX_BYTES = 1024 * 1024;
const TIME_BYTES = 14;

type Outcome = { readonly EventId: string } | { readonly ErrorCode: string; readonly ErrorMessage: string };

type Entry = {
  readonly source: string | undefined;
  readonly detailType: string | undefined;
  readonly detail: string | undefined;
  readonly resources: readonly string[];
  readonly time: number | undefined;
  readonly bus: string;
};

const read = (input: Input): Entry => {
  const time = input['Time'] ?? undefined;
  if (time !== undefined && typeof time !== 'number') return invalid('Parameter Time is not valid.');
  return {
    source: optionalText(input, 'Source'),
    detailType: optionalText(input, 'DetailType'),
    detail: optionalText(input, 'Detail'),
    resources: optionalTexts(input, 'Resources') ?? [],
    time: time === undefined ? undefined : Math.round(time * 1000),
    bus: busNameOf(optionalText(input, 'EventBusName', { min: 1, max: 1600 }) ?? 'default'),
  };
};

const sizeOf = ({ source = '', detailType = '', detail = '', resources, time }: Entry): number =>
  [source, detailType, detail, ...resources].reduce(
    (sum, text) => sum + Buffer.byteLength(text),
    time === undefined ? 0 : TIME_BYTES,
  );

const missing = (name: string): Outcome => ({
  ErrorCode: 'InvalidArgument',
  ErrorMessage: `Parameter ${name} is not valid. Reason: ${name} is a required argument.`,
});

const MALFORMED: Outcome = { ErrorCode: 'MalformedDetail', ErrorMessage: 'Detail is malformed.' };
const FOREIGN: Outcome = {
  ErrorCode: 'NotAuthorizedForSourceException',
  ErrorMessage: 'Not authorized for the source.',
};

const compactObject = (text: string): string | undefined => {
  try {
    const node = parseJson(text);
    return node.kind === 'object' ? printJson(node) : undefined;
  } catch {
    return undefined;
  }
};

/** Answers once every event that it names by an id is on disk; its targets get it now, or as soon as they can. */
export const putEvents = async (bus: Bus, input: Input): Promise<object> => {
  const entries = objects(input, 'Entries', 1, MAX_ENTRIES).map(read);
  if (entries.reduce((sum, entry) => sum + sizeOf(entry), 0) > MAX_BYTES) {
    return invalid('Total size of the entries in the request is over the limit.');
  }
  const kept: number[] = [];

  const accept = (entry: Entry): Outcome => {
    const { source, detailType, detail, resources, time = bus.now(), bus: busName } = entry;
    if (!source) return missing('Source');
    if (!detailType) return missing('DetailType');
    if (!detail) return missing('Detail');
    if (source.startsWith('aws.')) return FOREIGN;
    const compact = compactObject(detail);
    if (compact === undefined) return MALFORMED;
    const { region, account } = bus;
    const id = bus.newId();
    if (busExists(bus, busName)) {
      const event = envelope({ id, detailType, source, account, time, region, resources, detail: compact });
      archiveEvent(bus, busName, event, time);
      kept.push(...route(bus, { busName, event }));
    } else {
      // EventBridge takes such an event, too, and tells no one.
      bus.log(`bus: dropped an event of ${source}: event bus ${busName} does not exist`);
    }
    return { EventId: id };
  };

  const outcomes = bus.store.transaction(() => entries.map(accept));
  await bus.dispatcher.send(kept);
  return { FailedEntryCount: outcomes.filter((outcome) => 'ErrorCode' in outcome).length, Entries: outcomes };
};
