import { Module } from '@nestjs/common';
import { OverviewController } from './overview.controller.js';
import { OverviewPages } from './overview.pages.js';
import { SearchController } from './search/search.controller.js';
import { SearchPages } from './search/search.pages.js';

@Module({ controllers: [OverviewController, OverviewPages, SearchController, SearchPages] })
export class OverviewModule {}
