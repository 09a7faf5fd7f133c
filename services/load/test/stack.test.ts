import { describe } from '@jest/globals';
import { stackPromises } from '../../../shared/testing/stack-promises.ts';
import { Config } from '../config.ts';
import { LoadStack } from '../stack.ts';
import { topology } from '../topology.ts';

describe("load's stack", () => {
  stackPromises(topology, (scope, stage) => new LoadStack(scope, stage), Config);
});
