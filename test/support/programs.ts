import { spawnSync } from 'node:child_process';

/** Is a program, which tests use where it is and do without where it is not, on this machine? */
export const hasProgram = (name: string): boolean => spawnSync(name, ['--version']).error === undefined;
