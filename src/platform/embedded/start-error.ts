/** Why Tributary cannot start or go on, in a sentence for the person at the keyboard: shown without a stack. */
export class StartError extends Error {
  override readonly name = 'StartError';
}

/** The sentence for an error of the operating system that people can do something about; otherwise the error itself. */
export function explain(error: unknown, dataDir: string): unknown {
  if (error instanceof StartError) return error;
  const { code, path } = error as NodeJS.ErrnoException;
  if (code === 'ENOSPC' || code === 'EDQUOT') return diskFull(dataDir);
  if (code === 'EACCES' || code === 'EPERM' || code === 'EROFS') {
    return new StartError(
      `This user may not write ${path ?? dataDir}. Give the folder to the user who starts Tributary, or set DATA_DIR to another one.`,
    );
  }
  if (code === 'ENOTDIR' || code === 'EEXIST') {
    return new StartError(
      `${path ?? dataDir} is in the way: DATA_DIR must be a folder. Set DATA_DIR to another one.`,
    );
  }
  return error;
}

export function diskFull(dataDir: string): StartError {
  return new StartError(
    `The disk that holds ${dataDir} is full. Free some space, or set DATA_DIR to a folder on another disk.`,
  );
}
