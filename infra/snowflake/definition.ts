import { PIPELINES as EXTRACTED } from '../../services/extract/pipelines/registry.ts';
import { PIPELINES as LOADED } from '../../services/load/pipelines/registry.ts';
import type { Statement } from '../../shared/sql/statement.ts';
import type { Deployment, PipelineParts } from './deployment.ts';
import { access, type Identities } from './objects/access.ts';
import { containers } from './objects/containers.ts';
import { evolving } from './objects/evolving.ts';
import { landing } from './objects/landing.ts';
import { ledger } from './objects/ledger.ts';
import { processed } from './objects/processed.ts';
import { owners } from './objects/owners.ts';
import { publishing } from './objects/publishing.ts';
import { trigger } from './objects/trigger.ts';

/** Every pipeline that both ends of the flow know. */
export const pipelineParts = (): readonly PipelineParts[] =>
  EXTRACTED.flatMap((extract) => {
    const load = LOADED.find((it) => it.pipeline === extract.pipeline);
    return load ? [{ extract, load }] : [];
  });

/** All DDL of one pipeline, in an order that works on an empty account and again on a live one. */
export const definition = (to: Deployment, parts: PipelineParts, identities: Identities): readonly Statement[] => [
  ...containers(to, parts),
  ...ledger(to),
  ...landing(to, parts),
  ...processed(to, parts),
  ...access(to, parts, identities),
  ...owners(to, parts),
  ...evolving(to, parts),
  ...publishing(to, parts),
  ...trigger(to, parts),
];
