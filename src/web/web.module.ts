import { type DynamicModule, Global, Module, type Type } from '@nestjs/common';
import { DiscoveryModule } from '@nestjs/core';
import { LaterCards } from './later-cards.js';
import { Pages } from './pages.js';
import { ShellFigures } from './shell-figures.js';
import { StyleGuidePages } from './style-guide.pages.js';

interface WebSettings {
  /** Where the shell's figures come from: a room that knows all others. */
  figures: Type<ShellFigures>;
  /** Whether the style guide is served. */
  styleGuide: boolean;
}

/** Pages for every room. */
@Global()
@Module({})
export class WebModule {
  static with({ figures, styleGuide }: WebSettings): DynamicModule {
    return {
      module: WebModule,
      imports: [DiscoveryModule],
      controllers: styleGuide ? [StyleGuidePages] : [],
      providers: [Pages, LaterCards, { provide: ShellFigures, useClass: figures }],
      exports: [Pages],
    };
  }
}
