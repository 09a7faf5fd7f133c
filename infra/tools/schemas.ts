import { writeFileSync } from 'node:fs';
import * as z from 'zod';
import { CONTRACTS } from '../../events/contracts.ts';

// Rewrites events/schema/*.json from the contracts. A difference is a change of contract: every listener's owner reads it.
for (const { type, detail } of CONTRACTS) {
  const file = new URL(`../../events/schema/${type.replace('.', '-')}.json`, import.meta.url);
  writeFileSync(file, `${JSON.stringify(z.toJSONSchema(detail), null, 2)}\n`);
}
