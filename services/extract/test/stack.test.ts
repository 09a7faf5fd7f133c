import { describe } from '@jest/globals';
import { stackPromises } from '../../../shared/testing/stack-promises.ts';
import { Config } from '../config.ts';
import { ExtractStack } from '../stack.ts';
import { topology } from '../topology.ts';

describe("extract's stack", () => {
  stackPromises(topology, (scope, stage) => new ExtractStack(scope, stage), Config);
});
