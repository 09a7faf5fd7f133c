import type { App } from './fauxqs.ts';

/** fauxqs reads no longer body; S3 itself takes 5 GiB in one piece. */
const LONGEST_BODY = 11 * 1024 * 1024;

const REFUSAL = `<?xml version="1.0" encoding="UTF-8"?>
<Error><Code>EntityTooLarge</Code><Message>This local S3 takes at most 11 MiB in one request: upload larger objects in parts.</Message></Error>`;

/** Refuses a longer body with S3's own error and a way out, where the parser would answer something that no SDK can read. */
export const refuseLongBodies = (app: App): void =>
  void app.addHook('onRequest', async (request, reply) => {
    if (Number(request.headers['content-length'] ?? 0) <= LONGEST_BODY) return;
    await reply.code(400).header('connection', 'close').type('application/xml').send(REFUSAL);
  });
