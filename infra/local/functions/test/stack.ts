import { setStage } from './stage.ts';

/** A stack in a process of its own, for tests that kill it; its function calls the given port, and holds the line. */
const [dataDir, port, then] = process.argv.slice(2) as [string, string, string];
const stage = await setStage({}, { dataDir });
await stage.send({ do: 'call', port: Number(port), thenSpin: then === 'spin' });
process.on('disconnect', () => process.exit());
