import { describe } from '@jest/globals';
import { stackPromises } from '../../../shared/testing/stack-promises.ts';
import { Config } from '../config.ts';
import { CoordinatorStack } from '../stack.ts';
import { topology } from '../topology.ts';

describe("coordinator's stack", () => {
  stackPromises(topology, (scope, stage) => new CoordinatorStack(scope, stage), Config);
});
