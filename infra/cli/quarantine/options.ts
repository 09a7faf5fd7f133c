import { userInfo } from 'node:os';
import type { HeldDocuments } from '../../../events/contract.ts';
import { nextCommand, type Context } from '../context.ts';
import { flows, type Flow } from '../flow/flow-tables.ts';
import { flowNamed } from '../flow/find-batch.ts';
import type { State } from '../flow/states.ts';
import type { CommonOptions } from '../options.ts';
import { Refusal } from '../refusal.ts';

/** What can be said about documents in quarantine. */
export interface QuarantineOptions extends CommonOptions {
  readonly pipeline?: string;
  readonly state?: State | 'any';
  readonly rule?: string;
  readonly column?: string;
  readonly batch?: string;
  readonly since?: Date;
  readonly id?: readonly string[];
  readonly all?: true;
  readonly reason?: string;
  readonly by?: string;
  readonly document?: true;
  readonly most: number;
}

/** The pipelines that are meant: the one that is named, or all. */
export const meantFlows = (pipeline: string | undefined): readonly Flow[] =>
  pipeline === undefined ? flows() : [flowNamed(pipeline)];

const MOST_IDS = 100; // of one event

/** Which held documents a request is about; a Refusal that names the choice unless exactly one is said. */
export const heldDocuments = (context: Context, verb: string, options: QuarantineOptions): HeldDocuments => {
  const said = [options.all, options.rule, options.id].filter((it) => it !== undefined);
  const next = nextCommand(context, 'quarantine explain', options.data);
  if (said.length !== 1)
    throw new Refusal(`say which documents to ${verb}: one of --id ID..., --rule RULE (with --column NAME) and --all`, {
      next,
    });
  if (options.all) return { which: 'all' };
  if (options.rule !== undefined)
    return { which: 'rule', rule: options.rule, ...(options.column !== undefined && { column: options.column }) };
  const ids = options.id!.map((it) => it.toUpperCase());
  const wrong = ids.find((it) => !/^[0-9A-F]{12}$/.test(it));
  if (wrong !== undefined)
    throw new Refusal(`${wrong} is no id of a document: they are 12 digits of 0-9 and A-F`, { next });
  if (ids.length > MOST_IDS) throw new Refusal(`name ${MOST_IDS} documents at most; --rule takes any number`, { next });
  return { which: 'ids', ids };
};

/** Who asks, as it is kept with the documents. */
export const whoAsks = ({ by }: QuarantineOptions): string => (by ?? userInfo().username).slice(0, 200);
