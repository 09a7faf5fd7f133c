import { startBus } from '../server.ts';

// A bus in a process of its own whose deliveries never end; it prints its url and waits to be killed.
const [dataDir = '', sqsEndpoint = ''] = process.argv.slice(2);
const never = () => new Promise<void>(() => undefined);
const bus = await startBus({
  dataDir,
  sqsEndpoint,
  region: 'eu-west-1',
  account: '000000000000',
  deliver: () => never,
});
process.stdout.write(`${bus.url}\n`);
