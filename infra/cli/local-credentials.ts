/** What the laptop's AWS services take as credentials: they check none, but every SDK wants some. */
export const LOCAL_CREDENTIALS = { accessKeyId: 'local', secretAccessKey: 'local' } as const;
