import { proveByKilling } from './killed-processes.ts';
import { proveOnRealData } from './real-data.ts';
import { proveBySeeds } from './seeds.ts';

const PARTS: Readonly<Record<string, (named: readonly string[]) => Promise<void>>> = {
  'real-data': proveOnRealData,
  killed: proveByKilling,
  seeds: proveBySeeds,
};

// `killed restore`: one part, and of its deeds one.
const [part, ...named] = process.argv.slice(2);
for (const [name, prove] of Object.entries(PARTS)) {
  if (part !== undefined && part !== name) continue;
  process.stdout.write(`\n${name}\n`);
  const started = Date.now();
  await prove(named);
  process.stdout.write(`  ${((Date.now() - started) / 1000).toFixed(0)} s\n`);
}
process.exit(0);
