import { bundle } from '../bundle/bundle.ts';

// `node infra/tools/bundle.ts transform out` puts what Lambda runs into out/transform: an image is built from it.
const [service, folder] = process.argv.slice(2);
if (service === undefined || folder === undefined) throw new Error('usage: bundle.ts SERVICE FOLDER');
process.stdout.write(`${await bundle(service, folder)}\n`);
