import { importsOf, type Import } from './imports.ts';
import type { SourceFile } from './source-files.ts';

/** Who may import what; the first rule whose `of` matches a file's path decides. */
interface Rule {
  readonly of: RegExp;
  /** Paths of this repository; `@` stands for the service's own folder. */
  readonly inside: readonly string[];
  /** Packages and Node's modules. */
  readonly outside: RegExp;
}

const ANY = /./;
const NOTHING = /^$/;
const KERNEL = 'shared/(?!testing/|constructs/)';

const RULES: readonly Rule[] = [
  { of: /^events\//, inside: ['events/'], outside: /^zod$/ },
  { of: /^shared\/.*\.test\.ts$|^shared\/testing\//, inside: ['shared/', 'events/'], outside: ANY },
  {
    of: /^shared\/constructs\//,
    inside: ['shared/constructs/', 'shared/(names|topology).ts', 'events/'],
    outside: /^(aws-cdk-lib|constructs|cdk-nag)(\/|$)|^node:/,
  },
  { of: /^shared\//, inside: [KERNEL, 'events/'], outside: ANY },
  { of: /^services\/[^/]+\/test\//, inside: ['shared/', 'events/', '@'], outside: ANY },
  {
    of: /^services\/[^/]+\/sql\//,
    inside: ['shared/sql/', 'events/contract.ts', '@(sql|pipelines|suites)/', '@(tables|batch-event).ts'],
    outside: NOTHING,
  },
  { of: /^services\/[^/]+\/topology\.ts$/, inside: ['shared/topology.ts', 'events/'], outside: NOTHING },
  {
    of: /^services\/[^/]+\/stack\.ts$/,
    inside: ['shared/constructs/', 'shared/topology.ts', 'events/', '@(topology|config).ts'],
    outside: /^(aws-cdk-lib|constructs)(\/|$)|^zod$/,
  },
  { of: /^services\/[^/]+\/handler\.ts$/, inside: [KERNEL, 'events/', '@(?!stack)'], outside: NOTHING },
  { of: /^services\//, inside: [KERNEL, 'events/', '@(?!stack|handler|test/)'], outside: /^(zod|node:fs)$/ },
  { of: /^infra\/local\/warehouse\//, inside: ['infra/local/warehouse/'], outside: ANY },
  { of: /^infra\//, inside: ['infra/', 'services/', 'shared/', 'events/'], outside: ANY },
  { of: /^test\//, inside: [''], outside: ANY },
];

/** Packages that have one place each; everybody else uses what stands there. */
const PLACES: readonly { readonly what: RegExp; readonly only: RegExp }[] = [
  { what: /^@middy\//, only: /^shared\/lambda\// },
  { what: /^snowflake-sdk$/, only: /^(shared\/snowflake|infra|test)\// },
  { what: /^@aws-sdk\//, only: /^(shared\/bus|infra|test)\// },
  { what: /^aws-sdk-client-mock/, only: /^(shared\/bus|infra|test)\/.*\.test\.ts$/ },
  {
    what: /^(aws-cdk-lib|constructs)(\/|$)/,
    only: /^(shared\/(constructs|testing)|services\/[^/]+\/(stack\.ts|test)|infra|test)/,
  },
];

/** Every import that breaks a rule, as a sentence. */
export const importFaults = (files: readonly SourceFile[]): readonly string[] =>
  files.flatMap(importsOf).flatMap((it) => (isAllowed(it) ? [] : [`${it.from} may not import ${it.what}`]));

const isAllowed = ({ from, what, inside }: Import): boolean => {
  const rule = RULES.find((it) => it.of.test(from));
  if (!rule) return false;
  if (!inside) return rule.outside.test(what) && PLACES.every((it) => !it.what.test(what) || it.only.test(from));
  const own = /^services\/[^/]+\//.exec(from)?.[0] ?? '';
  return rule.inside.some((it) => new RegExp(`^${it.replace('@', own)}`).test(what));
};
