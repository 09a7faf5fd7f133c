import { startQueues } from '../server.ts';

/** A server in a process of its own, for tests that kill it; says its endpoint to its parent, and ends with it. */
const queues = await startQueues({ dataDir: process.argv[2]! });
queues.createQueue('orders');
queues.createBucket('landing');
process.send!(queues.endpoint);
process.on('disconnect', () => process.exit());
