import { unsupported } from '../failures.ts';
import { closing, isOperator, type Edits } from './edits.ts';

/** Spreads arrays of literals, `** [1, 2]`, into their items. */
export const rewriteSpreads = (edits: Edits): void => {
  edits.tokens.forEach((token, i) => {
    if (!isOperator(token, '**')) return;
    if (!isOperator(edits.tokens[i + 1], '[')) throw unsupported('** of anything but an array of literals');
    edits.replace(i, '', i + 1);
    edits.replace(closing(edits.tokens, i + 1), '');
  });
};
