import { describe, expect, it } from '@jest/globals';
import {
  deadLettersName,
  eventPattern,
  faults,
  serviceName,
  visibilityTimeoutSeconds,
  type Topology,
} from './topology.ts';

const good: Topology = {
  service: 'extract',
  hears: ['batch.triggered.v1'],
  handler: 'services/extract/handler.ts',
  timeoutSeconds: 60,
  memoryMb: 512,
  batchSize: 1,
  maxReceives: 5,
  reservedConcurrency: 2,
};

describe('a topology', () => {
  it('names what follows from it by stage and service', () => {
    expect(serviceName('dev', good.service)).toBe('firn-dev-extract');
    expect(deadLettersName('dev', good.service)).toBe('firn-dev-extract-dead-letters');
  });

  it('hides messages for six time-outs and the batching window', () => {
    expect(visibilityTimeoutSeconds(good)).toBe(360);
    expect(visibilityTimeoutSeconds({ ...good, batchingWindowSeconds: 5 })).toBe(365);
  });

  it("hears its events from Firn's services alone", () => {
    expect(eventPattern(good)).toEqual({ source: [{ prefix: 'firn.' }], 'detail-type': ['batch.triggered.v1'] });
  });

  it('has no faults when AWS would take it', () => {
    expect(faults(good)).toEqual([]);
    expect(faults({ ...good, hears: [], schedules: [{ name: 'sweep', everyMinutes: 1 }] })).toEqual([]);
    expect(faults({ ...good, batchSize: 100, batchingWindowSeconds: 1 })).toEqual([]);
  });

  it.each<[Partial<Topology>, string]>([
    [{ service: 'Extract' }, 'service is "Extract", not kebab-case'],
    [{ handler: '/etc/handler.ts' }, 'handler is "/etc/handler.ts", not a path below the root'],
    [{ handler: 'services/../../x.ts' }, 'handler is "services/../../x.ts", not a path below the root'],
    [{ hears: [] }, 'it hears nothing'],
    [{ timeoutSeconds: 901 }, 'timeoutSeconds is 901, not between 1 and 900'],
    [{ timeoutSeconds: 0.5 }, 'timeoutSeconds is 0.5, not between 1 and 900'],
    [{ memoryMb: 64 }, 'memoryMb is 64, not between 128 and 10240'],
    [{ batchSize: 11 }, 'batchSize is 11, not between 1 and 10'],
    [{ maxReceives: 3 }, 'maxReceives is 3, not between 5 and 1000'],
    [{ reservedConcurrency: 0 }, 'reservedConcurrency is 0, not between 1 and 1000'],
    [{ schedules: [{ name: 'sweep', everyMinutes: 0 }] }, 'schedule sweep runs every 0 minutes'],
  ])('is refused with %j', (wrong, fault) => {
    expect(faults({ ...good, ...wrong })).toEqual([fault]);
  });
});
