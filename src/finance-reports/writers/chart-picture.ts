import { Resvg } from '@resvg/resvg-js';
import { drawable, roboto } from './fonts.js';

/** Twice as many as a letter is wide, for screens that have two to the point. */
const PIXELS = 1_080;

/** A chart as a PNG on white, for where no SVG can be shown: in mails. The same chart gives the same bytes. */
export const chartPicture = (svg: string): Buffer =>
  new Resvg(drawable(svg), {
    fitTo: { mode: 'width', value: PIXELS },
    background: '#ffffff',
    font: {
      ...{ loadSystemFonts: false, fontFiles: [roboto.normal, roboto.bold] },
      ...{ defaultFontFamily: 'Roboto', sansSerifFamily: 'Roboto' },
    },
  })
    .render()
    .asPng();
