/** What every service's folder holds. */
const ALWAYS = [
  'README.md',
  'config.ts',
  'expects',
  'handler.ts',
  'service.ts',
  'sql',
  'tables.ts',
  'test',
  'topology.ts',
];
/** Held by all services, or by none yet. */
const ALIKE = ['stack.ts'];
/** The owner's part of a pipeline, under the name that fits. */
const OWN = ['pipelines', 'suites'];
/** Decisions as pure functions, instead of a pipeline's part. */
const DECIDING = ['batch-event.ts', 'decide.ts', 'evolve.ts', 'routes.ts'];
/** What else a service may look after, a folder each. */
const MATTERS: Readonly<Record<string, readonly string[]>> = {
  coordinator: ['backfill', 'breaker', 'dead-letters', 'measure', 'replay', 'sweep', 'trigger-holds'],
  extract: ['drift'],
  validate: ['quarantine', 'results'],
};

/** Services whose folders differ from the common shape; `services` holds the names in each folder. */
export const shapeFaults = (services: Readonly<Record<string, readonly string[]>>): readonly string[] => {
  const alike = ALIKE.filter((it) => Object.values(services).some((names) => names.includes(it)));
  return Object.entries(services).flatMap(([service, names]) => {
    const decides = names.includes('decide.ts');
    const own = names.filter((it) => OWN.includes(it));
    const expected = [...ALWAYS, ...alike, ...(decides ? DECIDING : [])];
    return [
      ...expected.filter((it) => !names.includes(it)).map((it) => `services/${service} has no ${it}`),
      ...names
        .filter((it) => ![...expected, ...OWN, ...(MATTERS[service] ?? [])].includes(it))
        .map((it) => `services/${service}/${it} is in no other service`),
      ...(own.length === 1 ? [] : [`services/${service} holds ${own.length} parts of a pipeline`]),
    ];
  });
};

const HEADINGS = ['Hears', 'Says', 'Owns (tables)', 'When it fails', 'Deploy and roll back'];

/** Headings that a service's README lacks, has besides, or has in another order. */
export const readmeFaults = (service: string, text: string): readonly string[] => {
  const headings = [...text.matchAll(/^## (.+)$/gm)].map((it) => it[1]!);
  return headings.join() === HEADINGS.join()
    ? []
    : [`services/${service}/README.md has the headings ${headings.join(', ')}; it needs ${HEADINGS.join(', ')}`];
};
