import { open, rename } from 'node:fs/promises';

/** Writes a file that its owner alone may read, whole or not at all: a reader, or a process killed here, never leaves half of it. */
export const writeWhole = async (file: string, text: string): Promise<void> => {
  const draft = `${file}.${process.pid}.draft`;
  const handle = await open(draft, 'w', 0o600);
  try {
    await handle.writeFile(text);
    await handle.sync();
  } finally {
    await handle.close();
  }
  await rename(draft, file);
};
