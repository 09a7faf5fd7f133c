import type { Contract } from '../../events/contract.ts';
import type { SourceFile } from '../architecture/source-files.ts';

const PUBLISHED = /\bcontract: (\w+),\s*event\b/g;

/** Each contract that a file publishes, by its name in the code: `BatchLoaded` for `batch.loaded.v1`. */
export const publishedIn = ({ text }: SourceFile): readonly string[] =>
  [...text.matchAll(PUBLISHED)].map((it) => it[1]!);

/** The name that a contract has in the code. */
export const codeName = ({ type }: Pick<Contract, 'type'>): string =>
  type.replace(/\.v\d+$/, '').replace(/(?:^|\.)(\w)/g, (_, letter: string) => letter.toUpperCase());

/** Whose contracts a file may publish: its service's; a failure is any service's to say. */
const producerIn = (path: string): string | undefined =>
  /^services\/([a-z-]+)\//.exec(path)?.[1] ?? (path === 'shared/bus/failure.ts' ? 'service' : undefined);

/** Contracts published by others than their producer, and contracts of a service that it never publishes. */
export const producerFaults = (files: readonly SourceFile[], contracts: readonly Contract[]): readonly string[] => {
  const found = files.flatMap((file) => publishedIn(file).map((name) => ({ name, path: file.path })));
  const foreign = found.flatMap(({ name, path }) => {
    const contract = contracts.find((it) => codeName(it) === name);
    if (contract?.producer === producerIn(path)) return [];
    return [`${path} publishes ${contract?.type ?? name}, which is ${contract?.producer ?? 'nobody'}'s to say`];
  });
  const silent = contracts
    // What Snowflake says, and what operators ask for, is no service's code.
    .filter((it) => !['trigger', 'operator'].includes(it.producer) && !found.some(({ name }) => name === codeName(it)))
    .map((it) => `${it.producer} never publishes ${it.type}`);
  return [...foreign, ...silent];
};

/** Contracts that nobody hears, and types heard of which there is no contract. */
export const hearingFaults = (
  topologies: readonly { readonly service: string; readonly hears: readonly string[] }[],
  contracts: readonly Pick<Contract, 'type'>[],
): readonly string[] => [
  ...contracts
    .filter((it) => !topologies.some(({ hears }) => hears.includes(it.type)))
    .map((it) => `nobody hears ${it.type}`),
  ...topologies.flatMap(({ service, hears }) =>
    hears
      .filter((type) => !contracts.some((it) => it.type === type))
      .map((type) => `${service} hears ${type}, of which there is no contract`),
  ),
];
