import { createWriteStream } from 'node:fs';
import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { once } from 'node:events';
import { createGzip } from 'node:zlib';

const WORDS = [
  'RED',
  'WHITE',
  'HEART',
  'LANTERN',
  'MUG',
  'BAG',
  'JUMBO',
  'VINTAGE',
  'PAPER',
  'SET OF 6',
  'CANDLE',
  'GLASS',
];

/** Numbers that look random and are the same at every run (mulberry32). */
const generator = (seed: number) => (): number => {
  seed = (seed + 0x6d2b79f5) | 0;
  let t = Math.imul(seed ^ (seed >>> 15), 1 | seed);
  t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
  return ((t ^ (t >>> 14)) >>> 0) / 4294967296;
};

/** Writes `orders` invented orders of about 21 lines each, as many as a busy year of a web shop, into gzipped monthly files. */
export const makeOrders = async (directory: string, orders: number, perFile = 2000): Promise<readonly string[]> => {
  await mkdir(directory, { recursive: true });
  const random = generator(42);
  const pick = (count: number): number => Math.floor(random() * count);
  const files: string[] = [];
  for (let first = 0; first < orders; first += perFile) {
    const file = join(directory, `orders-${String(files.length + 1).padStart(3, '0')}.ndjson.gz`);
    const gzip = createGzip({ level: 6 });
    const done = once(gzip.pipe(createWriteStream(file)), 'close');
    for (let order = first; order < Math.min(first + perFile, orders); order += 1) {
      const products = Array.from({ length: 1 + pick(41) }, () => ({
        sku: String(20_000 + pick(4000)) + (random() < 0.1 ? 'A' : ''),
        description: `${WORDS[pick(12)]} ${WORDS[pick(12)]} ${WORDS[pick(12)]}`,
        quantity: 1 + pick(48),
        unit_price: (1 + pick(1999)) / 100,
      }));
      const document = {
        order_number: String(500_000 + order),
        date: new Date(Date.UTC(2011, 0, 1) + order * 1_200_000).toISOString().slice(0, 19),
        customer: { id: String(12_000 + pick(6000)), country: 'United Kingdom' },
        products,
      };
      if (!gzip.write(`${JSON.stringify(document)}\n`)) await once(gzip, 'drain');
    }
    gzip.end();
    await done;
    files.push(file);
  }
  return files;
};
