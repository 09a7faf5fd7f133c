import type { Block, Statement } from './ast.ts';
import type { Evaluator } from './evaluator.ts';
import type { Result } from './host.ts';
import type { Jobs } from './jobs.ts';
import type { Scope } from './scope.ts';
import type { Specials } from './specials.ts';
import type { TypedValue } from './value.ts';

/** Why statements stopped before their end; undefined: they did not. */
export type Flow =
  | { readonly kind: 'break' | 'continue'; readonly label: string | undefined }
  | {
      readonly kind: 'return';
      readonly returned:
        | { readonly value: TypedValue; readonly plain?: boolean }
        | { readonly table: Result }
        | undefined;
    }
  | undefined;

/** What actions work with. */
export interface Runtime {
  readonly specials: Specials;
  readonly evaluator: Evaluator;
  readonly jobs: Jobs;
  block(block: Block, outer: Scope): Promise<Flow>;
  /** Runs statements in this very scope. */
  statements(list: readonly Statement[], scope: Scope): Promise<Flow>;
}
