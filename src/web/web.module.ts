import { type DynamicModule, Global, Module, type Provider, type Type } from '@nestjs/common';
import { Pages } from './pages.js';
import { ShellFigures } from './shell-figures.js';

/** Pages for every room. What the shell shows comes from `figures`, a room that knows them all. */
@Global()
@Module({})
export class WebModule {
  static with(figures: Type<ShellFigures>): DynamicModule {
    const shell: Provider = { provide: ShellFigures, useClass: figures };
    return { module: WebModule, providers: [Pages, shell], exports: [Pages] };
  }
}
