import type { Terminal } from '../terminal.ts';

/** A terminal of this width that keeps what it was told. */
export const fakeTerminal = (width = 80) => {
  const said = { result: '', note: '' };
  const terminal: Terminal = {
    result: async (text) => void (said.result += text),
    note: (text) => void (said.note += text),
    paint: (_, text) => text,
    width,
    isLive: false,
  };
  return { terminal, said };
};
