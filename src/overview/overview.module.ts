import { Module } from '@nestjs/common';
import { OverviewController } from './overview.controller.js';
import { OverviewPages } from './overview.pages.js';

@Module({ controllers: [OverviewController, OverviewPages] })
export class OverviewModule {}
