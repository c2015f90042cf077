import { DefaultNamingStrategy, type NamingStrategyInterface } from 'typeorm';

/** `dueOn` in the code is `due_on` in the database. */
export class SnakeNaming extends DefaultNamingStrategy implements NamingStrategyInterface {
  override columnName(propertyName: string, customName: string | undefined): string {
    return customName ?? propertyName.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);
  }
}
