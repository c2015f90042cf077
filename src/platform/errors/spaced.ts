/** "written off" for `writtenOff`: the name of a state, inside a sentence. */
export const spaced = (name: string): string =>
  name.replace(/[A-Z]/g, (letter) => ` ${letter.toLowerCase()}`);
