/** How numbers and dates can be written: BCP 47. */
export const locales = [
  'en-GB',
  'en-IE',
  'en-US',
  'en-CA',
  'en-AU',
  'en-NZ',
  'en-ZA',
  'en-KE',
  'en-NG',
  'en-IN',
  'da-DK',
  'de-AT',
  'de-CH',
  'de-DE',
  'es-ES',
  'es-MX',
  'fi-FI',
  'fr-BE',
  'fr-CA',
  'fr-CH',
  'fr-FR',
  'it-IT',
  'nb-NO',
  'nl-BE',
  'nl-NL',
  'pl-PL',
  'pt-BR',
  'pt-PT',
  'ro-RO',
  'sv-SE',
] as const;

const names = new Intl.DisplayNames('en-GB', { type: 'language', languageDisplay: 'standard' });

/** "German (Switzerland), 1’234.50": a locale by name and by what it does to a figure. */
export function localeLabel(locale: string): string {
  const figure = new Intl.NumberFormat(locale, { minimumFractionDigits: 2 }).format(1234.5);
  return `${names.of(locale) ?? locale}: ${figure}`;
}
