import { Socket } from 'node:net';

// The pipe that the sandbox opened beside the one for messages; nobody writes to it, and its other end dies with the stack.
const FD = 4;

/** Runs in a thread of a function's process, and ends the process when the stack is gone. */
new Socket({ fd: FD })
  .on('error', () => undefined)
  .on('close', () => process.kill(process.pid, 'SIGKILL'))
  .resume();
