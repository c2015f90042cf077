export const reportLanguages = ['en', 'de', 'fr', 'es', 'pl'] as const;
/** The language of a report's headings. What partners have written stays in their words. */
export type ReportLanguage = (typeof reportLanguages)[number];

export interface ReportHeadings {
  /** The language's own name for itself. */
  language: string;
  title: string;
  fiscalYear: string;
  period: string;
  partner: string;
  grant: string;
  goal: string;
  spent: string;
  yourShare: string;
  total: string;
  rate: string;
  story: string;
  learning: string;
  attachments: string;
  readings: string;
  /** Under the figures: it is a share of money, and of nothing else. */
  note: string;
  nothing: string;
}

export const reportHeadings: Record<ReportLanguage, ReportHeadings> = {
  en: {
    language: 'English',
    title: 'How the money was used',
    fiscalYear: 'Fiscal year',
    period: 'Period',
    partner: 'Partner',
    grant: 'Grant',
    goal: 'Goal',
    spent: 'Spent',
    yourShare: 'Your share of the money',
    total: 'Total',
    rate: 'Rate',
    story: 'What the money made possible',
    learning: 'What was learnt',
    attachments: 'Attachments',
    readings: 'What was read',
    note: 'A share of the money that was spent. What was reached is everybody’s.',
    nothing: 'No accepted report ends in this year.',
  },
  de: {
    language: 'Deutsch',
    title: 'Verwendung der Mittel',
    fiscalYear: 'Geschäftsjahr',
    period: 'Zeitraum',
    partner: 'Partner',
    grant: 'Zuwendung',
    goal: 'Ziel',
    spent: 'Ausgegeben',
    yourShare: 'Ihr Anteil am Geld',
    total: 'Summe',
    rate: 'Kurs',
    story: 'Was das Geld ermöglicht hat',
    learning: 'Was gelernt wurde',
    attachments: 'Anlagen',
    readings: 'Was gemessen wurde',
    note: 'Ein Anteil am ausgegebenen Geld. Was erreicht wurde, gehört allen.',
    nothing: 'Kein angenommener Bericht endet in diesem Jahr.',
  },
  fr: {
    language: 'Français',
    title: 'Utilisation des fonds',
    fiscalYear: 'Exercice',
    period: 'Période',
    partner: 'Partenaire',
    grant: 'Subvention',
    goal: 'Objectif',
    spent: 'Dépensé',
    yourShare: 'Votre part des fonds',
    total: 'Total',
    rate: 'Taux',
    story: 'Ce que les fonds ont permis',
    learning: 'Ce qui a été appris',
    attachments: 'Pièces jointes',
    readings: 'Ce qui a été mesuré',
    note: 'Une part des fonds dépensés. Ce qui a été atteint appartient à tous.',
    nothing: 'Aucun rapport accepté ne se termine durant cet exercice.',
  },
  es: {
    language: 'Español',
    title: 'Uso de los fondos',
    fiscalYear: 'Ejercicio',
    period: 'Período',
    partner: 'Socio',
    grant: 'Subvención',
    goal: 'Objetivo',
    spent: 'Gastado',
    yourShare: 'Su parte de los fondos',
    total: 'Total',
    rate: 'Tipo de cambio',
    story: 'Lo que los fondos hicieron posible',
    learning: 'Lo que se aprendió',
    attachments: 'Archivos adjuntos',
    readings: 'Lo que se midió',
    note: 'Una parte de los fondos gastados. Lo alcanzado es de todos.',
    nothing: 'Ningún informe aceptado termina en este ejercicio.',
  },
  pl: {
    language: 'Polski',
    title: 'Wykorzystanie środków',
    fiscalYear: 'Rok obrotowy',
    period: 'Okres',
    partner: 'Partner',
    grant: 'Dotacja',
    goal: 'Cel',
    spent: 'Wydano',
    yourShare: 'Państwa udział w środkach',
    total: 'Razem',
    rate: 'Kurs',
    story: 'Co umożliwiły środki',
    learning: 'Czego się nauczono',
    attachments: 'Załączniki',
    readings: 'Co zmierzono',
    note: 'Udział w wydanych środkach. To, co osiągnięto, jest wspólne.',
    nothing: 'Żaden przyjęty raport nie kończy się w tym roku.',
  },
};
