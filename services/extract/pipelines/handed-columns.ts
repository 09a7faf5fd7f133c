import type { HandedColumns } from '../../../events/contract.ts';
import type { ExtractPipeline, Source } from './definition.ts';

const step = (key: string): string => (/^[A-Za-z_]\w*$/.test(key) ? key : JSON.stringify(key));

/** Where in a document a value stands, for people: `customer.country`, `products[].quantity`. */
export const pathText = (from: Source, explode: readonly string[] = []): string => {
  const keys = (path: readonly string[]): string => path.map(step).join('.');
  if ('document' in from) return keys(from.document);
  return 'element' in from ? `${keys(explode)}[].${keys(from.element)}` : `${keys(explode)}[]`;
};

/** What extract tells its listeners of the columns that it hands over. */
export const handedColumns = ({ columns, explode }: ExtractPipeline): HandedColumns =>
  columns.map(({ name, type, from }) => ({ name, type, path: pathText(from, explode).slice(0, 500) }));
