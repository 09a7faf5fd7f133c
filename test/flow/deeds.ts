import type { Contract, EventOf } from '../../events/contract.ts';
import type { Deed } from '../../services/coordinator/backfill/decide.ts';
import type { Unkindness } from './platform.ts';

const step =
  (wanted: string) =>
  ({ data }: EventOf<Contract>): boolean =>
    (data as { readonly step?: string }).step === wanted;

/** By which event the bus hears of each deed; one that is added to the state machine must be added here. */
export const HEARD_BY: Readonly<Record<Deed, (event: EventOf<Contract>) => boolean>> = {
  hold: step('held'),
  drain: step('drained'),
  claim: step('claimed'),
  start: ({ type, batchId }) => type === 'batch.triggered.v1' && batchId.startsWith('BF'),
  compare: step('compared'),
  publish: step('published'),
  end: ({ type }) => type === 'backfill.ended.v1',
  forget: ({ type }) => type === 'backfill.ended.v1',
  refuse: step('refused'),
  restore: step('restored'),
};

/** Kills the coordinator right after the first time it has done each deed, and once more before the bus hears of it. */
export const afterEachDeed = () => {
  const left = new Set(Object.keys(HEARD_BY).flatMap((it) => [`before ${it}`, `after ${it}`]));
  const kills: NonNullable<Unkindness['kills']> = (service, event, moment) => {
    if (service !== 'coordinator') return false;
    const deed = Object.entries(HEARD_BY).find(([name, hears]) => hears(event) && left.has(`${moment} ${name}`));
    // What is forgotten says the end again: not before the end itself has been survived.
    if (deed?.[0] === 'forget' && (left.has('before end') || left.has('after end'))) return false;
    return deed !== undefined && left.delete(`${moment} ${deed[0]}`);
  };
  return { kills, survived: (): readonly string[] => [...left] };
};

/** Calls back right after the coordinator has done a deed for the first time. */
export const rightAfter = (deed: Deed, then: () => void): NonNullable<Unkindness['kills']> => {
  let isDone = false;
  return (service, event, moment) => {
    if (!isDone && service === 'coordinator' && moment === 'after' && HEARD_BY[deed](event)) {
      isDone = true;
      then();
    }
    return false;
  };
};
