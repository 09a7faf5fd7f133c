/** A form that texts are known to have. */
interface Form {
  readonly is: string;
  /** Whether one text has it; all of them are asked in the warehouse. */
  readonly fits: RegExp;
  readonly type: string;
  readonly kwargs: Readonly<Record<string, string>>;
  /** Says how long a text is, too. */
  readonly isBounded: boolean;
}

const regex = (is: string, pattern: string, isBounded = false): Form => ({
  is,
  fits: new RegExp(pattern),
  type: 'expect_column_values_to_match_regex',
  kwargs: { regex: pattern },
  isBounded,
});
const time = (format: string, fits: RegExp): Form => ({
  is: `dates like ${format}`,
  fits,
  type: 'expect_column_values_to_match_strftime_format',
  kwargs: { strftime_format: format },
  isBounded: true,
});

/** The strictest first. */
const FORMS: readonly Form[] = [
  regex('UUIDs', '^[0-9a-fA-F]{8}(-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}$', true),
  time('%Y-%m-%d', /^\d{4}-\d\d-\d\d$/),
  time('%d/%m/%Y', /^\d\d\/\d\d\/\d{4}$/),
  time('%m/%d/%Y', /^\d\d\/\d\d\/\d{4}$/),
  time('%d.%m.%Y', /^\d\d\.\d\d\.\d{4}$/),
  {
    is: 'times',
    fits: /^\d{4}-\d\d-\d\d[T ]\d\d:\d\d/,
    type: 'expect_column_values_to_be_dateutil_parseable',
    kwargs: {},
    isBounded: true,
  },
  regex('e-mail addresses', '^[^@ ]+@[^@ ]+[.][^@ ]+$'),
  regex('web addresses', '^https?://[^ ]+$'),
  regex('IP addresses', '^([0-9]{1,3}[.]){3}[0-9]{1,3}$', true),
  regex('two capitals', '^[A-Z]{2}$', true),
  regex('three capitals', '^[A-Z]{3}$', true),
  regex('phone numbers', '^[+][0-9]{7,15}$', true),
  regex('digits', '^[0-9]+$'),
  regex('numbers', '^-?[0-9]+([.][0-9]+)?$'),
  regex('hexadecimal', '^[0-9a-f]{16,}$'),
  regex('codes', '^[A-Z0-9]+([-_./][A-Z0-9]+)*$'),
  {
    is: 'JSON',
    fits: /^\s*[{[]/,
    type: 'expect_column_values_to_be_json_parseable',
    kwargs: {},
    isBounded: false,
  },
];

/**
 * The forms that all of these texts have, the strictest first.
 * @example formsOf(['NO', 'SE'])[0]?.is // 'two capitals'
 */
export const formsOf = (texts: readonly string[]): readonly Form[] =>
  texts.length === 0 ? [] : FORMS.filter((form) => texts.every((it) => form.fits.test(it)));
