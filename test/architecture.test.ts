import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { describe, expect, it } from '@jest/globals';
import { TOPOLOGIES } from '../infra/local/topologies.ts';
import { faults } from '../shared/topology.ts';
import { importsOf, reachedFrom } from './architecture/imports.ts';
import { importFaults } from './architecture/import-rules.ts';
import { readmeFaults, shapeFaults } from './architecture/service-shape.ts';
import {
  consoleFaults,
  lengthFaults,
  linesOf,
  nameFaults,
  statementFaults,
  statementsIn,
} from './architecture/shape.ts';
import { sourceFiles } from './architecture/source-files.ts';

const root = new URL('../', import.meta.url);
const files = ['events', 'shared', 'services', 'infra', 'test'].flatMap(sourceFiles);
const services = readdirSync(new URL('services/', root)).sort();
const inService = (service: string, folder = ''): readonly string[] => {
  const url = new URL(`services/${service}/${folder}`, root);
  return existsSync(url) ? readdirSync(url) : [];
};
const planted = (path: string, text: string) => [{ path, text }];

describe('a part that is deployed alone', () => {
  const isOf = (folder: string) => (path: string) => path.startsWith(`${folder}/`);
  const others = (service: string): string[] => services.filter((it) => it !== service).map((it) => `services/${it}/`);
  const intrusions = (reached: ReadonlySet<string>, folders: readonly string[]): string[] =>
    [...reached].filter((it) => folders.some((folder) => it.startsWith(folder)));

  it.each(services)(
    '%s reaches none of its neighbours by its code, its stack and its tests, however far one looks',
    (service) => {
      const own = files.map((it) => it.path).filter(isOf(`services/${service}`));
      const reached = reachedFrom(own, files);

      expect(own.length).toBeGreaterThan(5);
      expect([...reached].some(isOf('shared'))).toBe(true);
      expect(intrusions(reached, others(service))).toEqual([]);
    },
  );

  it('reaches no service from the command line that deploys it, before it has looked at what neighbours agreed to', () => {
    const starts = ['infra/cli/firn.ts', 'infra/cli/commands/deploy.ts', 'infra/platform.ts'];
    const reached = reachedFrom(starts, files, true);

    expect(reached).toContain('infra/cli/verbs/deploy.ts');
    expect(intrusions(reached, ['services/'])).toEqual([]);
  });

  it('would be noticed two imports away', () => {
    const far = [
      { path: 'services/load/a.ts', text: "import { b } from '../../shared/b.ts';" },
      { path: 'shared/b.ts', text: "const it = await import('../services/extract/c.ts');" },
    ];

    expect(intrusions(reachedFrom(['services/load/a.ts'], far), others('load'))).toEqual(['services/extract/c.ts']);
  });
});

describe('who may import whom', () => {
  it('is kept by every file', () => {
    expect(importFaults(files)).toEqual([]);
  });

  it.each<[string, string]>([
    ['events/batch-loaded.v1.ts', '../shared/log.ts'],
    ['events/batch-loaded.v1.ts', '@aws-sdk/client-eventbridge'],
    ['shared/log.ts', '../services/load/tables.ts'],
    ['shared/log.ts', './testing/golden.ts'],
    ['shared/log.ts', './constructs/consumer.ts'],
    ['shared/log.ts', '@middy/core'],
    ['shared/bus/answer.ts', 'snowflake-sdk'],
    ['services/load/service.ts', '../extract/tables.ts'],
    ['services/load/service.ts', '../../shared/testing/golden.ts'],
    ['services/load/service.ts', '../../infra/platform.ts'],
    ['services/load/service.ts', '@aws-sdk/client-sqs'],
    ['services/load/service.ts', 'snowflake-sdk'],
    ['services/load/handler.ts', 'zod'],
    ['services/load/sql/read-manifest.ts', '../service.ts'],
    ['services/load/sql/read-manifest.ts', 'zod'],
    ['services/load/topology.ts', './config.ts'],
    ['services/load/stack.ts', './service.ts'],
    ['services/load/test/service.test.ts', '../../extract/service.ts'],
    ['infra/local/warehouse/server.ts', '../../../shared/log.ts'],
    ['infra/local/stack.ts', '../../test/setup.ts'],
    ['elsewhere/x.ts', '../shared/log.ts'],
  ])('would be noticed when %s imported %s', (path, specifier) => {
    const statement = `import {\n  type It,\n} from '${specifier}';\n`;

    expect(importFaults(planted(path, statement))).toHaveLength(1);
  });

  it.each<[string, string]>([
    ['services/load/service.ts', '../../shared/log.ts'],
    ['services/load/test/service.test.ts', '../../../shared/testing/golden.ts'],
    ['services/load/stack.ts', 'aws-cdk-lib'],
    ['shared/snowflake/session.ts', 'snowflake-sdk'],
    ['infra/cli/firn.ts', '../../services/load/tables.ts'],
  ])('allows that %s imports %s', (path, specifier) => {
    expect(importFaults(planted(path, `import { It } from '${specifier}';\n`))).toEqual([]);
  });

  it.each([
    "import { a } from './a.ts';",
    "import type { A } from './a.ts';",
    "import a, {\n  b,\n} from './a.ts';",
    "import * as a from './a.ts';",
    "export { a } from './a.ts';",
    "export * from './a.ts';",
    "import './a.ts';",
    "const a = await import('./a.ts');",
    "type A = import('./a.ts').A;",
  ])('sees the import in %j', (text) => {
    expect(importsOf({ path: 'shared/x.ts', text })).toEqual([
      { from: 'shared/x.ts', what: 'shared/a.ts', inside: true },
    ]);
  });
});

describe('a file', () => {
  it('has a kebab-case name that says what is in it', () => {
    expect(nameFaults(files.map((it) => it.path))).toEqual([]);
    expect(
      nameFaults(['shared/fooBar.ts', 'shared/Foo/x.ts', 'shared/utils.ts', 'a/helpers/x.ts', 'a/index.ts']),
    ).toEqual([
      'shared/fooBar.ts is not kebab-case',
      'shared/Foo/x.ts is not kebab-case',
      'shared/utils.ts is a drawer: name it by what is in it',
      'a/helpers/x.ts is a drawer: name it by what is in it',
      'a/index.ts is a barrel: import from where things are',
    ]);
  });

  it('is one idea long', () => {
    expect(lengthFaults(files)).toEqual([]);
    expect(lengthFaults(planted('shared/x.ts', 'x;\n'.repeat(201)))).toEqual([
      'shared/x.ts has 201 lines, more than 200',
    ]);
    expect(lengthFaults(planted('shared/x.test.ts', 'x;\n'.repeat(301)))).toHaveLength(1);
    expect(lengthFaults(planted('services/load/handler.ts', 'x;\n'.repeat(31)))).toHaveLength(1);
    expect(lengthFaults(planted('services/load/handler.ts', 'if (a) b();\n'))).toHaveLength(1);
  });

  it('stays below 150 lines nine times out of ten', () => {
    const long = files.filter((it) => linesOf(it) > 150).map((it) => it.path);

    expect(long.length / files.length).toBeLessThan(0.1);
  });

  it('writes nothing to the console', () => {
    expect(consoleFaults(files)).toEqual([]);
    expect(consoleFaults(planted('shared/x.ts', '\n  console.log(1);'))).toEqual(['shared/x.ts:2 uses the console']);
  });
});

describe('a service', () => {
  it('has the shape of all services', () => {
    const folders = Object.fromEntries(services.map((it) => [it, inService(it)]));
    const load = inService('load');

    expect(shapeFaults(folders)).toEqual([]);
    expect(shapeFaults({ load: load.filter((it) => it !== 'tables.ts') })).toEqual(['services/load has no tables.ts']);
    expect(shapeFaults({ load: [...load, 'db.ts'] })).toEqual(['services/load/db.ts is in no other service']);
    expect(shapeFaults({ load: [...load, 'suites'] })).toEqual(['services/load holds 2 parts of a pipeline']);
    expect(shapeFaults({ a: [...load, 'stack.ts'], b: load.filter((it) => it !== 'stack.ts') })).toEqual([
      'services/b has no stack.ts',
    ]);
  });

  it.each(services)('%s shows each of its statements in a golden file, under the name of its function', (service) => {
    const statements = statementsIn(files.filter((it) => new RegExp(`^services/${service}/(.*/)?sql/`).test(it.path)));

    expect(statements.length).toBeGreaterThan(0);
    expect(statementFaults(service, statements, inService(service, 'test/golden'))).toEqual([]);
  });

  it('would be noticed with a statement that nobody reads, or that has another name', () => {
    const text = "export const dropAll = (p: P) => sql('drop-everything')`drop`;\n";

    expect(statementFaults('load', statementsIn(planted('x.ts', text)), ['lost.variant.sql'])).toEqual([
      'load: dropAll makes a statement named drop-everything',
      'load: drop-everything has no golden file',
      'load: golden/lost.sql is of no statement',
    ]);
  });

  it.each(services)('%s has a README under the fixed headings', (service) => {
    const readme = readFileSync(new URL(`services/${service}/README.md`, root), 'utf8');

    expect(readmeFaults(service, readme)).toEqual([]);
    expect(readmeFaults(service, readme.replace('## Says', '## Tells'))).toHaveLength(1);
  });

  it('stands in surroundings that AWS would take, and runs on the laptop', () => {
    expect(TOPOLOGIES.flatMap(faults)).toEqual([]);
    expect(TOPOLOGIES.map((it) => it.service).sort()).toEqual(services);
    expect(TOPOLOGIES.map((it) => it.handler).sort()).toEqual(services.map((it) => `services/${it}/handler.ts`));
  });
});
