/** Columns that no star and no NATURAL JOIN sees: by them, rows of a view are told apart. */
export const ROW_KEY = 'METADATA$$KEY';
export const ROW_IS_NEW = 'METADATA$$NEW';

/** Whether a column is one of them. */
export const isHidden = ({ name }: { readonly name: string }): boolean => name === ROW_KEY || name === ROW_IS_NEW;
