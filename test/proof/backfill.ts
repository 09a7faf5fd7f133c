import { proveByKilling } from './killed-processes.ts';
import { proveOnRealData } from './real-data.ts';
import { proveBySeeds } from './seeds.ts';

const PARTS: Readonly<Record<string, () => Promise<void>>> = {
  'real-data': proveOnRealData,
  killed: proveByKilling,
  seeds: proveBySeeds,
};

const wanted = process.argv.slice(2);
for (const [name, prove] of Object.entries(PARTS)) {
  if (wanted.length > 0 && !wanted.includes(name)) continue;
  process.stdout.write(`\n${name}\n`);
  const started = Date.now();
  await prove();
  process.stdout.write(`  ${((Date.now() - started) / 1000).toFixed(0)} s\n`);
}
process.exit(0);
