import { topology as coordinator } from '../../services/coordinator/topology.ts';
import { topology as extract } from '../../services/extract/topology.ts';
import { topology as load } from '../../services/load/topology.ts';
import { topology as transform } from '../../services/transform/topology.ts';
import { topology as validate } from '../../services/validate/topology.ts';
import type { Topology } from '../../shared/topology.ts';

/** Every service that the laptop runs, in the order of the flow. */
export const TOPOLOGIES: readonly Topology[] = [coordinator, extract, validate, transform, load];
