import type { FlowState } from '../flow/flow-state.ts';

/** Something that shows a run while it goes on. */
export interface FlowView {
  readonly show: (state: FlowState) => void;
  /** Draws the last state and leaves the terminal as it was. */
  readonly end: () => Promise<void>;
}
