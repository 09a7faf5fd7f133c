import { describe } from '@jest/globals';
import { stackPromises } from '../../../shared/testing/stack-promises.ts';
import { Config } from '../config.ts';
import { TransformStack } from '../stack.ts';
import { topology } from '../topology.ts';

describe("transform's stack", () => {
  stackPromises(topology, (scope, stage) => new TransformStack(scope, stage), Config);
});
